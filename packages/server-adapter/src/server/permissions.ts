/** Who may call what. One rule a scope; a test walks every route with every kind of caller. */
import type { AnyRoute, RouteInput, Scope } from "../contract/route.ts";
import { ProblemError } from "./problem.ts";
import type { Caller } from "./services.ts";

export type Level = "read" | "write" | "admin";
export type Role = Extract<Caller, { kind: "person" }>["role"];

/** From least to most: each contains those before it. */
const levels: readonly Level[] = ["read", "write", "admin"];

const levelOfRole: Readonly<Record<Role, Level>> = { viewer: "read", editor: "write", admin: "admin", owner: "admin" };

/**
 * Whether a caller may call a route of this scope. Secret keys and signed-in people may also call what shoppers may: the
 * shop's own server renders pages, and the console shows previews.
 */
export function mayCall(scope: Scope, caller: Caller): boolean {
  switch (scope) {
    case "open":
      return true;
    case "storefront":
      return caller.kind !== "anonymous" && !hasOneTimePassword(caller);
    case "shopper":
      return caller.kind === "storefront" ? caller.customerId !== undefined : hasLevel(caller, "read");
    case "read":
    case "write":
    case "admin":
      return hasLevel(caller, scope);
    case "session":
      return caller.kind === "person";
  }
}

function hasLevel(caller: Caller, needed: Level): boolean {
  if (hasOneTimePassword(caller)) return false;
  const rank = levels.indexOf(needed);
  if (caller.kind === "person") return levels.indexOf(levelOfRole[caller.role]) >= rank;
  return caller.kind === "secret" && caller.scopes.some((scope) => levels.indexOf(scope) >= rank);
}

/** It was printed somewhere: whoever reads it there gets no further than to the choice of another one, which is noticed. */
function hasOneTimePassword(caller: Caller): boolean {
  return caller.kind === "person" && caller.mustChangePassword;
}

/** @throws ProblemError `unauthenticated` for strangers, `forbidden` for the known */
export function requirePermission(scope: Scope, caller: Caller): void {
  if (mayCall(scope, caller)) return;
  if (caller.kind === "anonymous") {
    throw new ProblemError("unauthenticated", `This needs ${neededFor[scope]}.`, {
      headers: { "www-authenticate": 'Bearer realm="basketlift"' },
    });
  }
  if (hasOneTimePassword(caller)) {
    throw new ProblemError(
      "forbidden",
      "The password is a one-time one; change it with POST /auth/password/change first.",
    );
  }
  throw new ProblemError("forbidden", `This needs ${neededFor[scope]}; the caller is ${wordsFor(caller)}.`);
}

const neededFor: Readonly<Record<Scope, string>> = {
  open: "nothing",
  storefront: "a key of the shop, as `Authorization: Bearer pk_...`",
  shopper: "a key of the shop and a shopper token signed for this customer",
  read: "a secret key with the scope `read`, or a sign-in",
  write: "a secret key with the scope `write`, or a sign-in as editor",
  admin: "a secret key with the scope `admin`, or a sign-in as admin",
  session: "a sign-in",
};

function wordsFor(caller: Caller): string {
  switch (caller.kind) {
    case "anonymous":
      return "not known";
    case "storefront":
      return "a publishable key";
    case "secret":
      return `a secret key with ${caller.scopes.join(", ") || "no scope"}`;
    case "person":
      return `signed in as ${caller.role}`;
  }
}

/**
 * A page may name only the customer that the shop vouched for: whoever holds a publishable key could name anybody.
 * @throws ProblemError `forbidden`
 */
export function requireOwnCustomer(caller: Caller, { params, query, body }: RouteInput<AnyRoute>): void {
  if (caller.kind !== "storefront") return;
  for (const part of [body, query, params]) {
    const named = customerNamedIn(part);
    if (named === undefined || named === caller.customerId) continue;
    throw new ProblemError(
      "forbidden",
      caller.customerId === undefined
        ? "A customerId needs a shopper token that the shop signed for this customer."
        : "The shopper token was signed for another customer.",
    );
  }
}

function customerNamedIn(part: unknown): unknown {
  return typeof part === "object" && part !== null && "customerId" in part ? part.customerId : undefined;
}
