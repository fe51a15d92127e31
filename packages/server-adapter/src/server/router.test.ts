import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createTestApp, shopOrigin, type TestApp } from "../../test/test-app.ts";
import { problem as problemSchema } from "../contract/common.ts";
import { route } from "../contract/route.ts";
import { ProblemError } from "./problem.ts";
import { createRateLimiter } from "./rate-limiter.ts";
import { createRouter } from "./router.ts";

const anything = z.object({ said: z.string() });

/** A small shop's API: what the router does must not depend on the routes there are. */
const contract = {
  list: route({ method: "get", path: "/mugs", scope: "open", tag: "mugs", summary: "", answer: anything }),
  brew: route({
    method: "post",
    path: "/mugs/brew",
    scope: "storefront",
    tag: "mugs",
    summary: "",
    plainBody: true,
    withoutDatabase: true,
    bodyLimit: 1000,
    body: z.object({
      cups: z.array(z.object({ size: z.int().min(1) })).optional(),
      customerId: z.string().optional(),
    }),
    answer: anything,
  }),
  one: route({
    method: "get",
    path: "/mugs/:id",
    scope: "storefront",
    tag: "mugs",
    summary: "",
    params: z.object({ id: z.string().max(5) }),
    query: z.object({ limit: z.coerce.number().int().max(10).default(3) }),
    answer: anything,
  }),
  remove: route({
    method: "delete",
    path: "/mugs/:id",
    scope: "write",
    tag: "mugs",
    summary: "",
    params: z.object({ id: z.string() }),
    answer: anything,
  }),
  create: route({
    method: "post",
    path: "/mugs",
    scope: "write",
    tag: "mugs",
    summary: "",
    status: 201,
    idempotent: true,
    body: z.object({ name: z.string() }),
    answer: z.object({ said: z.string(), nested: z.array(z.object({ cost: z.int() })).optional() }),
  }),
  unbuilt: route({ method: "get", path: "/unbuilt", scope: "open", tag: "mugs", summary: "", answer: anything }),
};

const api = "/api/upsell-cross-sell";
let made = 0;
let next: (() => unknown) | undefined;
let test: TestApp;
let page: string;
let server: string;

beforeAll(async () => {
  test = await createTestApp({
    contract,
    handlers: {
      list: (_, __, { setHeader }) => {
        setHeader("ETag", '"v1"');
        return { said: "all" };
      },
      brew: ({ body }) => ({ said: JSON.stringify(body) }),
      one: (input) => ({ said: JSON.stringify(input) }),
      remove: () => ({ said: "gone" }),
      create: () => next?.() ?? { said: `mug ${++made}` },
    },
  });
  page = await test.key();
  server = await test.key({ kind: "secret", scopes: ["write"], origins: [] });
}, 120_000);
afterAll(() => test.close());
beforeEach(() => {
  next = undefined;
  test.failures.length = 0;
});

const asPage = (more: Record<string, string> = {}) => ({
  authorization: `Bearer ${page}`,
  origin: shopOrigin,
  "content-type": "application/json",
  ...more,
});
const asServer = (more: Record<string, string> = {}) => ({
  authorization: `Bearer ${server}`,
  "content-type": "application/json",
  ...more,
});
const create = async (name: string, headers: Record<string, string> = {}) =>
  test.app.request(`${api}/mugs`, { method: "POST", headers: asServer(headers), body: JSON.stringify({ name }) });
const brew = (body: string, headers: Record<string, string> = asPage()) =>
  test.app.request(`${api}/mugs/brew`, { method: "POST", headers, body });

async function problemOf(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  return problemSchema.parse(await response.json());
}

describe("paths and methods", () => {
  it("finds the exact path before the one with a parameter", async () => {
    const response = await test.app.request(`${api}/mugs/red`, { headers: asPage() });
    expect(await response.json()).toEqual({ said: '{"params":{"id":"red"},"query":{"limit":3}}' });
    expect((await brew("{}")).status).toBe(200);
  });

  it("says which methods a path knows, also where a path with a parameter would fit", async () => {
    const response = await test.app.request(`${api}/mugs/brew`, { headers: asPage() });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
    expect((await problemOf(response)).code).toBe("method-not-allowed");
    const patch = await test.app.request(`${api}/mugs/red`, { method: "PATCH" });
    expect(patch.headers.get("allow")).toBe("GET, DELETE, HEAD");
  });

  it("answers unknown and unbuilt paths with a problem", async () => {
    for (const path of ["/nowhere", `${api}/nowhere`, `${api}/unbuilt`, `${api}/mugs/a/b`]) {
      const response = await test.app.request(path);
      expect(response.status).toBe(404);
      expect((await problemOf(response)).code).toBe("not-found");
    }
  });

  it("answers HEAD as GET without a body", async () => {
    const response = await test.app.request(`${api}/mugs`, { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
  });
});

describe("every answer", () => {
  it("carries the caller's request id, or a new one where the caller's is not fit for a log", async () => {
    const given = await test.app.request(`${api}/mugs`, { headers: { "x-request-id": "order-17.retry:2" } });
    expect(given.headers.get("x-request-id")).toBe("order-17.retry:2");
    const unfit = await test.app.request("/nowhere", { headers: { "x-request-id": "a\tb".repeat(50) } });
    const { requestId } = await problemOf(unfit);
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(unfit.headers.get("x-request-id")).toBe(requestId);
  });

  it("may not be sniffed, framed or kept by caches", async () => {
    for (const path of [`${api}/mugs`, "/nowhere"]) {
      const { headers } = await test.app.request(path);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("cache-control")).toBe("no-store");
    }
  });

  it("is 304 for who has this version already", async () => {
    const known = await test.app.request(`${api}/mugs`, { headers: { "if-none-match": 'W/"v1"' } });
    expect(known.status).toBe(304);
    expect(known.headers.get("etag")).toBe('"v1"');
    const other = await test.app.request(`${api}/mugs`, { headers: { "if-none-match": '"v0"' } });
    expect(other.status).toBe(200);
  });
});

describe("input", () => {
  it("names every fault by a pointer", async () => {
    const { code, errors } = await problemOf(await brew('{"cups":[{"size":1},{"size":0},{}]}'));
    expect(code).toBe("invalid-request");
    expect(errors?.map(({ pointer }) => pointer)).toEqual(["/cups/1/size", "/cups/2/size"]);
    const inAddress = await test.app.request(`${api}/mugs/too-long?limit=11`, { headers: asPage() });
    expect((await problemOf(inAddress)).errors?.map(({ pointer }) => pointer)).toEqual(["/params/id", "/query/limit"]);
  });

  it.each([
    ["not JSON", "{", "invalid-json", 400],
    ["nothing", "", "invalid-json", 400],
    ["a list", "[]", "invalid-request", 400],
    ["null", "null", "invalid-request", 400],
    ["too much", JSON.stringify({ text: "x".repeat(1000) }), "body-too-large", 413],
  ])("refuses %s as a body", async (_, body, code, status) => {
    const response = await brew(body);
    expect(response.status).toBe(status);
    expect((await problemOf(response)).code).toBe(code);
  });

  it("takes the media types that a route knows", async () => {
    const form = await brew("a=1", asPage({ "content-type": "application/x-www-form-urlencoded" }));
    expect((await problemOf(form)).code).toBe("unsupported-media-type");
    expect((await brew("{}", asPage({ "content-type": "application/merge-patch+json; charset=utf-8" }))).status).toBe(
      200,
    );
    const plain = await test.app.request(`${api}/mugs`, {
      method: "POST",
      headers: asServer({ "content-type": "text/plain" }),
      body: '{"name":"a"}',
    });
    expect(plain.status).toBe(415);
  });
});

describe("failures", () => {
  it("hides what is inside, and hands it to the log with the request's id", async () => {
    next = () => {
      throw new Error("password of the database is swordfish");
    };
    const response = await create("a");
    expect(response.status).toBe(500);
    expect(JSON.stringify(await problemOf(response))).not.toContain("swordfish");
    expect(String(test.failures[0])).toContain("swordfish");
  });

  it("passes on a handler's problem with its headers", async () => {
    next = () => {
      throw new ProblemError("overloaded", "Later.", { headers: { "retry-after": "7" } });
    };
    const response = await create("a");
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "7"]);
    expect(await problemOf(response)).toMatchObject({ code: "overloaded", detail: "Later." });
    expect(test.failures).toEqual([]);
  });

  it("says that the database is down when a query could not reach it", async () => {
    next = () => {
      throw new Error("query failed", { cause: Object.assign(new Error("connect"), { code: "ECONNREFUSED" }) });
    };
    expect((await problemOf(await create("a"))).code).toBe("database-down");
  });

  it("refuses in development an answer with a field that the contract does not name", async () => {
    next = () => ({ said: "a", nested: [{ cost: 1 }, { cost: 2, margin: 7 }] });
    expect((await create("a")).status).toBe(500);
    expect(String(test.failures[0])).toContain("/nested/1/margin");
    next = () => ({ said: 7 });
    expect((await create("a")).status).toBe(500);
    expect(String(test.failures[1])).toContain("/said");
  });
});

describe("pages of the shop", () => {
  it("may call without a preflight: text, with the key inside", async () => {
    const response = await brew(JSON.stringify({ key: page, cups: [{ size: 1 }] }), {
      "content-type": "text/plain;charset=UTF-8",
      origin: shopOrigin,
    });
    expect(await response.json()).toEqual({ said: '{"cups":[{"size":1}]}' });
    expect(response.headers.get("access-control-allow-origin")).toBe(shopOrigin);
    expect(response.headers.get("vary")).toBe("origin");
    const read = await test.app.request(`${api}/mugs/red?key=${page}`, { headers: { origin: shopOrigin } });
    expect(await read.json()).toEqual({ said: '{"params":{"id":"red"},"query":{"limit":3}}' });
  });

  it("are told by a preflight what they may send", async () => {
    const headers = { origin: shopOrigin, "access-control-request-method": "POST" };
    const allowed = await test.app.request(`${api}/mugs/brew`, { method: "OPTIONS", headers });
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get("access-control-allow-origin")).toBe(shopOrigin);
    expect(allowed.headers.get("access-control-allow-methods")).toBe("POST");
    expect(allowed.headers.get("access-control-allow-headers")).toContain("x-shopper-token");
    expect(allowed.headers.get("access-control-allow-headers")).not.toContain("x-requested-with");
    expect(allowed.headers.has("access-control-allow-credentials")).toBe(false);
  });

  it("get nothing from routes that are not for pages, nor from another origin", async () => {
    for (const [path, origin] of [
      [`${api}/mugs`, shopOrigin],
      [`${api}/mugs/brew`, "https://other.example"],
    ]) {
      const response = await test.app.request(path, { method: "OPTIONS", headers: { origin } });
      expect(response.headers.has("access-control-allow-origin")).toBe(false);
    }
    const deleted = await test.app.request(`${api}/mugs/red`, { method: "DELETE", headers: { origin: shopOrigin } });
    expect(deleted.headers.has("access-control-allow-origin")).toBe(false);
  });

  it("can read the problems they cause", async () => {
    const response = await brew("{", { "content-type": "text/plain", origin: shopOrigin });
    expect(response.headers.get("access-control-allow-origin")).toBe(shopOrigin);
  });
});

describe("Idempotency-Key", () => {
  it("gives the first answer again and works once", async () => {
    const first = await create("blue", { "idempotency-key": "key-1" });
    const second = await create("blue", { "idempotency-key": "key-1" });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(await second.json()).toEqual(await first.json());
    expect(await (await create("blue")).json()).not.toEqual({ said: "mug 1" });
  });

  it("refuses the key for another request", async () => {
    await create("blue", { "idempotency-key": "key-2" });
    const response = await create("green", { "idempotency-key": "key-2" });
    expect(response.status).toBe(409);
    expect((await problemOf(response)).code).toBe("idempotency-mismatch");
  });

  it("keeps callers apart", async () => {
    const other = await test.key({ kind: "secret", scopes: ["write"], origins: [] });
    const mine = await create("blue", { "idempotency-key": "key-3" });
    const theirs = await create("blue", { "idempotency-key": "key-3", authorization: `Bearer ${other}` });
    expect(await theirs.json()).not.toEqual(await mine.json());
  });

  it("lets a failed request be tried again", async () => {
    next = () => {
      throw new ProblemError("overloaded", "Later.");
    };
    expect((await create("blue", { "idempotency-key": "key-4" })).status).toBe(503);
    next = undefined;
    expect((await create("blue", { "idempotency-key": "key-4" })).status).toBe(201);
  });

  it("does the work of requests that come at the same time once", async () => {
    const before = made;
    const attempts = Array.from({ length: 8 }, () => create("blue", { "idempotency-key": "key-5" }));
    const answers = await Promise.all(attempts);
    expect(made).toBe(before + 1);
    for (const { status } of answers) expect([201, 409]).toContain(status);
  });
});

describe("while the database is down", () => {
  it("answers at once that it is, and goes on where it is not needed", async () => {
    const database = { ...test.services.database, problem: () => "stopped" };
    const app = createRouter({
      contract,
      services: { ...test.services, database },
      authenticate: () => ({ kind: "storefront", keyId: "k" }),
      allowsOrigin: () => false,
      handlers: { brew: () => ({ said: "served" }), one: () => ({ said: "never" }) },
    });
    const needed = await app.request(`${api}/mugs/red`);
    expect([needed.status, needed.headers.get("retry-after")]).toEqual([503, "2"]);
    expect((await problemOf(needed)).code).toBe("database-down");
    const headers = { "content-type": "application/json" };
    const free = await app.request(`${api}/mugs/brew`, { method: "POST", headers, body: "{}" });
    expect(await free.json()).toEqual({ said: "served" });
  });
});

describe("rate limits", () => {
  it("tell how much is left, refuse beyond, and count each caller apart", async () => {
    const policy = { perSecond: 0.5, burst: 2 };
    const policies = { anonymous: policy, storefront: policy, secret: policy, person: policy };
    const app = createRouter({
      contract,
      services: test.services,
      authenticate: ({ headers }) =>
        headers.has("authorization") ? { kind: "secret", keyId: "k", scopes: ["write"] } : { kind: "anonymous" },
      allowsOrigin: () => false,
      rateLimiter: createRateLimiter(() => 0, policies),
      handlers: { list: () => ({ said: "all" }), remove: () => ({ said: "gone" }) },
    });
    const ask = () => app.request(`${api}/mugs`);
    const first = await ask();
    expect(first.headers.get("ratelimit-policy")).toBe('"anonymous";q=2;w=4');
    expect(first.headers.get("ratelimit")).toBe('"anonymous";r=1;t=2');
    await ask();
    const third = await ask();
    expect([third.status, third.headers.get("retry-after")]).toEqual([429, "2"]);
    expect((await problemOf(third)).code).toBe("too-many-requests");
    const headers = { authorization: "Bearer x" };
    expect((await app.request(`${api}/mugs/a`, { method: "DELETE", headers })).status).toBe(200);
  });
});
