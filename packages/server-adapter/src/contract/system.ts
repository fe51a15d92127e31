/** The server itself: health, sign-in, and what a storefront must know before its first call. */
import { z } from "zod";
import { currency, time } from "./common.ts";
import { longestPassword, shortestPassword } from "./password-length.ts";
import { route } from "./route.ts";

export const person = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(["viewer", "editor", "admin", "owner"]),
  /** Still signs in with a one-time password. */
  mustChangePassword: z.boolean(),
});

export const systemRoutes = {
  health: route({
    method: "get",
    path: "/health",
    base: "root",
    scope: "open",
    tag: "system",
    withoutDatabase: true,
    uncounted: true,
    summary: "Whether the process lives.",
    answer: z.object({ status: z.literal("ok") }),
  }),
  ready: route({
    method: "get",
    path: "/ready",
    base: "root",
    scope: "open",
    tag: "system",
    withoutDatabase: true,
    uncounted: true,
    summary: "Whether it can do its work; 503 and the reasons when it cannot.",
    answer: z.object({ status: z.enum(["ready", "not-ready"]), reasons: z.array(z.string()) }),
  }),
  status: route({
    method: "get",
    path: "/status",
    base: "root",
    scope: "read",
    tag: "system",
    withoutDatabase: true,
    summary: "State of each part, in words.",
    answer: z.object({
      version: z.string(),
      uptimeSeconds: z.number(),
      database: z.object({
        state: z.enum(["up", "down"]),
        kind: z.enum(["embedded", "postgresql"]),
        detail: z.string().nullable(),
      }),
      engine: z.object({
        state: z.enum(["serving", "absent"]),
        version: z.string().nullable(),
        trainedAt: time.nullable(),
      }),
      events: z.object({ waiting: z.int() }),
    }),
  }),
  metrics: route({
    method: "get",
    path: "/metrics",
    base: "root",
    scope: "read",
    tag: "system",
    withoutDatabase: true,
    summary: "Prometheus metrics.",
    produces: "text/plain",
    answer: z.string(),
  }),
  storefrontConfig: route({
    method: "get",
    path: "/storefront/config",
    scope: "storefront",
    tag: "system",
    withoutDatabase: true,
    summary: "What a page needs before its first call: market, placements, versions.",
    answer: z.object({
      shopName: z.string(),
      market: z.object({ id: z.string(), currency, locale: z.string() }),
      placements: z.record(z.string(), z.string()),
      snapshotVersion: z.string().nullable(),
      holdoutShare: z.number(),
    }),
  }),
  signIn: route({
    method: "post",
    path: "/auth/sign-in",
    scope: "open",
    tag: "auth",
    summary: "Signs in to the console; sets a cookie.",
    body: z.object({ email: z.email().max(200), password: z.string().min(1).max(200) }),
    answer: person,
  }),
  signOut: route({
    method: "post",
    path: "/auth/sign-out",
    scope: "session",
    tag: "auth",
    summary: "Ends the sign-in.",
    answer: z.object({ signedOut: z.literal(true) }),
  }),
  whoAmI: route({
    method: "get",
    path: "/auth/session",
    scope: "session",
    tag: "auth",
    summary: "Who is signed in.",
    answer: person,
  }),
  changePassword: route({
    method: "post",
    path: "/auth/password/change",
    scope: "session",
    tag: "auth",
    summary: "Gives the signed-in person a new password; ends their other sign-ins and sets a new cookie.",
    body: z.object({
      current: z.string().min(1).max(longestPassword),
      /** Neither common nor made of the person's address. */
      next: z
        .string()
        .min(shortestPassword, `A password has at least ${shortestPassword} characters.`)
        .max(longestPassword, `A password has at most ${longestPassword} characters.`),
    }),
    answer: person,
  }),
};
