import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createTestApp, shopOrigin, type TestApp } from "../../test/test-app.ts";
import { contract } from "../contract/index.ts";
import { route, type Scope } from "../contract/route.ts";
import { fullPath } from "./paths.ts";
import type { HandlerTable } from "./router.ts";
import { signShopperToken } from "./shopper-token.ts";

const callers = [
  "anonymous",
  "one-time password",
  "pk",
  "pk + token",
  "sk read",
  "sk write",
  "sk admin",
  "viewer",
  "editor",
  "admin",
  "owner",
] as const;
type CallerName = (typeof callers)[number];

const everybody = callers;
const known = callers.filter((caller) => caller !== "anonymous" && caller !== "one-time password");
const staff = ["sk read", "sk write", "sk admin", "viewer", "editor", "admin", "owner"] as const;

/** The table of the design, in full: who may call a route of each scope. */
const mayCall: Readonly<Record<Scope, readonly CallerName[]>> = {
  open: everybody,
  storefront: known,
  shopper: known.filter((caller) => caller !== "pk"),
  read: staff,
  write: ["sk write", "sk admin", "editor", "admin", "owner"],
  admin: ["sk admin", "admin", "owner"],
  session: ["one-time password", "viewer", "editor", "admin", "owner"],
};

/** Scopes that no route has yet. */
const unused = (scope: Scope) =>
  route({ method: "get", path: `/${scope}`, scope, tag: "test", summary: "", answer: z.string() });
const routes = { ...contract, ofShopper: unused("shopper"), ofAdmin: unused("admin") };
type RouteName = keyof typeof routes;
const handlers: HandlerTable = Object.fromEntries(Object.keys(routes).map((name) => [name, () => "admitted"]));

let test: TestApp;
const headersOf = new Map<CallerName, Record<string, string>>();

beforeAll(async () => {
  test = await createTestApp({ contract: routes, handlers, checkAnswers: false });
  const page = { authorization: `Bearer ${await test.key()}`, origin: shopOrigin };
  headersOf.set("anonymous", {});
  headersOf.set("pk", page);
  headersOf.set("pk + token", { ...page, "x-shopper-token": token("customer-1") });
  for (const scope of ["read", "write", "admin"] as const) {
    const key = await test.key({ kind: "secret", scopes: [scope], origins: [] });
    headersOf.set(`sk ${scope}`, { authorization: `Bearer ${key}` });
  }
  for (const role of ["viewer", "editor", "admin", "owner"] as const) headersOf.set(role, await signedIn(role));
  headersOf.set("one-time password", await signedInOnce("new-owner@shop.example"));
}, 120_000);
afterAll(() => test.close());

const token = (customerId: string) =>
  signShopperToken(customerId, test.services.secrets.shopperKey, { now: test.services.now() });

async function signedIn(role: string) {
  const { email, password } = await test.signIn.createOwner(`${role}@shop.example`);
  await test.services.database.pool.query("update people set role = $1 where email = $2", [role, email]);
  const { cookie: first } = await test.signIn.signIn(email, password, "127.0.0.1");
  const headers = new Headers({ cookie: first.split(";", 1)[0] });
  const change = { headers, current: password, next: "blue kettle, 4 cups", address: "127.0.0.1" };
  return byCookie((await test.signIn.changePassword(change)).cookie);
}

async function signedInOnce(email: string) {
  const { password } = await test.signIn.createOwner(email);
  return byCookie((await test.signIn.signIn(email, password, "127.0.0.1")).cookie);
}

const byCookie = (cookie: string) => ({ cookie: cookie.split(";", 1)[0], "x-requested-with": "test" });

const ask = async (name: RouteName, caller: CallerName, body: unknown = {}) => {
  const { method, ...place } = routes[name];
  const writes = method !== "get";
  return test.app.request(fullPath(place).replace(/:\w+/g, "some-id"), {
    method: method.toUpperCase(),
    headers: { ...headersOf.get(caller), ...(writes && { "content-type": "application/json" }) },
    ...(writes && { body: JSON.stringify(body) }),
  });
};

describe("every route and every kind of caller", () => {
  it.each(Object.keys(routes) as RouteName[])("%s lets in whom its scope names, and nobody else", async (name) => {
    const { scope } = routes[name];
    for (const caller of callers) {
      const response = await ask(name, caller);
      const refused = response.status === 401 || response.status === 403;
      expect([caller, !refused]).toEqual([caller, mayCall[scope].includes(caller)]);
      if (!refused) continue;
      const { code } = (await response.json()) as { code: string };
      expect([caller, response.status, code]).toEqual(
        caller === "anonymous" ? [caller, 401, "unauthenticated"] : [caller, 403, "forbidden"],
      );
    }
  });
});

describe("scopes of the routes that are built", () => {
  it("are those that were agreed", () => {
    const scopes = Object.values(contract).map(({ method, scope, ...place }) => [
      `${method.toUpperCase()} ${fullPath(place).replace("/api/upsell-cross-sell", "")}`,
      scope,
    ]);
    expect(Object.fromEntries(scopes)).toEqual({
      "POST /recommendations/generate": "storefront",
      "POST /placements/page": "storefront",
      "POST /recommendations/session-based": "storefront",
      "POST /recommendations/content-based": "storefront",
      "POST /recommendations/collaborative-filter": "storefront",
      "GET /recommendations/similar/:productId": "storefront",
      "GET /recommendations/also-bought/:productId": "storefront",
      "GET /recommendations/trending": "storefront",
      "GET /recommendations/bestsellers": "storefront",
      "GET /recommendations/new-arrivals": "storefront",
      "GET /recommendations/snapshot": "storefront",
      "POST /recommendations/explain": "read",
      "GET /recommendations/strategies": "read",
      "POST /recommendations/strategies": "write",
      "GET /recommendations/strategies/:id": "read",
      "PUT /recommendations/strategies/:id": "write",
      "DELETE /recommendations/strategies/:id": "write",
      "POST /recommendations/compare": "read",
      "GET /placements": "read",
      "PUT /placements/:id": "write",
      "GET /recommendations": "read",
      "GET /recommendations/:id": "read",
      "GET /recommendations/:id/replay": "read",
      "POST /affinity/frequently-bought-together": "storefront",
      "POST /affinity/pair": "read",
      "GET /affinity/rules": "read",
      "POST /affinity/update": "write",
      "GET /affinity/runs": "read",
      "GET /affinity/runs/:id": "read",
      "PUT /catalog/products": "write",
      "GET /catalog/products": "read",
      "GET /catalog/products/:id": "storefront",
      "POST /orders": "write",
      "GET /orders": "read",
      "POST /events": "storefront",
      "POST /orders/import": "write",
      "POST /orders/import/preview": "write",
      "POST /catalog/import": "write",
      "POST /catalog/import/preview": "write",
      "GET /imports": "read",
      "GET /imports/:id": "read",
      "POST /imports/:id/undo": "write",
      "GET /analytics/overview": "read",
      "GET /analytics/incrementality": "read",
      "GET /analytics/ctr": "read",
      "GET /analytics/strategy-comparison": "read",
      "GET /health": "open",
      "GET /ready": "open",
      "GET /status": "read",
      "GET /metrics": "read",
      "GET /storefront/config": "storefront",
      "POST /auth/sign-in": "open",
      "POST /auth/password/change": "session",
      "POST /auth/sign-out": "session",
      "GET /auth/session": "session",
    });
  });
});

describe("a publishable key", () => {
  const generate = (caller: CallerName, customerId: string) =>
    ask("generateRecommendations", caller, { placement: "cart", customerId });

  it("may name the customer that the shop vouched for, and nobody else", async () => {
    expect((await generate("pk + token", "customer-1")).status).toBe(200);
    expect((await generate("pk + token", "customer-2")).status).toBe(403);
    expect((await generate("pk", "customer-1")).status).toBe(403);
    expect((await generate("sk read", "customer-2")).status).toBe(200);
  });

  it("is of no use with a token that is forged or has expired", async () => {
    const page = headersOf.get("pk") ?? {};
    const forged = signShopperToken("customer-1", new Uint8Array(32).fill(9), { now: test.services.now() });
    const expired = signShopperToken("customer-1", test.services.secrets.shopperKey, { now: 0 });
    for (const bad of [forged, expired, "", "a.b.c"]) {
      const response = await test.app.request("/api/upsell-cross-sell/recommendations/trending", {
        headers: { ...page, "x-shopper-token": bad },
      });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ code: "invalid-shopper-token" });
    }
  });

  it("works on the pages it was made for", async () => {
    const path = "/api/upsell-cross-sell/recommendations/trending";
    const { authorization } = headersOf.get("pk") ?? {};
    const from = async (headers: Record<string, string>) =>
      (await test.app.request(path, { headers: { authorization, ...headers } })).status;
    expect(await from({ origin: shopOrigin })).toBe(200);
    expect(await from({ origin: "https://other.example" })).toBe(403);
    expect(await from({ origin: "null" })).toBe(403);
    expect(await from({})).toBe(403);
    expect(await from({ "sec-fetch-site": "same-origin", host: "shop.example" })).toBe(200);
    expect(await from({ "sec-fetch-site": "same-origin", host: "other.example" })).toBe(403);
  });
});

describe("a secret key", () => {
  it("is refused in addresses and in bodies that pages send", async () => {
    const key = await test.key({ kind: "secret", scopes: ["admin"], origins: [] });
    const inAddress = await test.app.request(`/api/upsell-cross-sell/recommendations/trending?key=${key}`);
    expect(inAddress.status).toBe(401);
    const inBody = await test.app.request("/api/upsell-cross-sell/events", {
      method: "POST",
      headers: { "content-type": "text/plain" },
      body: JSON.stringify({ key, events: [{}], consent: { measurement: true, personalisation: true } }),
    });
    expect(inBody.status).toBe(401);
  });

  it("that nobody made is unknown", async () => {
    for (const key of [`sk_${"a".repeat(43)}`, "sk_short", "pk_"]) {
      const response = await test.app.request("/status", { headers: { authorization: `Bearer ${key}` } });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ code: "invalid-key" });
    }
  });
});

describe("a cookie", () => {
  const signOut = async (more: Record<string, string>) => {
    const { cookie } = headersOf.get("owner") ?? {};
    const path = "http://console.example/api/upsell-cross-sell/auth/sign-out";
    const headers = { cookie, host: "console.example", ...more };
    return (await test.app.request(path, { method: "POST", headers })).status;
  };

  it("changes nothing for a page of another site", async () => {
    expect(await signOut({})).toBe(403);
    expect(await signOut({ origin: "https://evil.example" })).toBe(403);
    expect(await signOut({ origin: "null" })).toBe(403);
  });

  it("works for the console's own pages", async () => {
    expect(await signOut({ origin: "http://console.example" })).toBe(200);
    expect(await signOut({ "x-requested-with": "console" })).toBe(200);
  });

  it("that means nothing is a stranger's", async () => {
    const headers = { cookie: "basketlift.session_token=forged.signature" };
    expect((await test.app.request("/status", { headers })).status).toBe(401);
  });
});
