import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../test/test-app.ts";
import { createSignInHandlers, type SignInHandlers } from "./sign-in-handlers.ts";
import { createSignIn } from "./sign-in.ts";

const api = "/api/upsell-cross-sell/auth";
let test: TestApp;
let peopleAtFirst: boolean;
let owner: { readonly email: string; readonly password: string };

beforeAll(async () => {
  const lazy: Partial<SignInHandlers> = {};
  test = await createTestApp({
    handlers: {
      signIn: (...request) => lazy.signIn?.(...request),
      signOut: (...request) => lazy.signOut?.(...request),
      whoAmI: (...request) => lazy.whoAmI?.(...request),
      changePassword: (...request) => lazy.changePassword?.(...request),
    },
  });
  Object.assign(lazy, createSignInHandlers(test.signIn));
  peopleAtFirst = await test.signIn.hasPeople();
  owner = await test.signIn.createOwner("owner@shop.example");
}, 120_000);
afterAll(() => test.close());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  test.app.request(`${api}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";

describe("signing in", () => {
  it("works with the one-time password of the first start, which has to be changed", async () => {
    expect(owner.password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    const response = await post("/sign-in", owner);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ email: owner.email, role: "owner", mustChangePassword: true });
    const [cookie] = response.headers.getSetCookie();
    for (const part of ["HttpOnly", "SameSite=Lax", "Path=/", `Max-Age=${7 * 24 * 3600}`]) {
      expect(cookie).toContain(part);
    }
    const session = await test.app.request(`${api}/session`, { headers: { cookie: cookieOf(response) } });
    expect(await session.json()).toMatchObject({ email: owner.email });
    expect([peopleAtFirst, await test.signIn.hasPeople()]).toEqual([false, true]);
  });

  it("ends with signing out, for good", async () => {
    const cookie = cookieOf(await post("/sign-in", owner));
    const response = await post("/sign-out", {}, { cookie, "x-requested-with": "test" });
    expect(await response.json()).toEqual({ signedOut: true });
    expect(response.headers.getSetCookie()[0]).toContain("Max-Age=0");
    expect((await test.app.request(`${api}/session`, { headers: { cookie } })).status).toBe(401);
  });

  it("tells nobody which of the two was wrong", async () => {
    const known = await post("/sign-in", { email: owner.email, password: "wrong" });
    const unknown = await post("/sign-in", { email: "nobody@shop.example", password: "wrong" });
    const [first, second] = [await known.json(), await unknown.json()] as { requestId: string }[];
    expect(known.status).toBe(401);
    expect({ ...first, requestId: "" }).toEqual({ ...second, requestId: "" });
    expect(first).toMatchObject({ code: "invalid-credentials" });
  });

  it("is closed after too many wrong passwords, even to the right one", async () => {
    const victim = await test.signIn.createOwner("victim@shop.example");
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 6; attempt++) {
      statuses.push((await post("/sign-in", { ...victim, password: "wrong" })).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const response = await post("/sign-in", victim);
    expect(await response.json()).toMatchObject({ code: "locked-out" });
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("cannot be had by a form on another site", async () => {
    const response = await test.app.request(`${api}/sign-in`, {
      method: "POST",
      headers: { "content-type": "text/plain" },
      body: JSON.stringify(owner),
    });
    expect(response.status).toBe(415);
  });

  it("keeps neither passwords nor what a cookie holds in clear", async () => {
    const { rows } = await test.services.database.pool.query('select "password" from credentials');
    expect(JSON.stringify(rows)).not.toContain(owner.password);
  });

  it("sends its cookie over https only where people reach the server that way", async () => {
    const secure = createSignIn({ ...test.services, publicUrl: "https://lift.shop.example" });
    const { cookie } = await secure.signIn(owner.email, owner.password, "10.1.1.1");
    expect(cookie).toContain("; Secure");
    expect(cookie).toMatch(/^__Secure-/);
  });
});

describe("changing one's password", () => {
  const better = "blue kettle, 4 cups";
  const signedIn = async ({ email, password }: { email: string; password: string }) => ({
    cookie: cookieOf(await post("/sign-in", { email, password })),
    "x-requested-with": "test",
  });
  const change = (headers: Record<string, string>, current: string, next = better) =>
    post("/password/change", { current, next }, headers);
  const statusOfSession = async (cookie: string) =>
    (await test.app.request(`${api}/session`, { headers: { cookie } })).status;

  it("takes the one-time password away, and ends all other sign-ins", async () => {
    const person = await test.signIn.createOwner("changing@shop.example");
    const [mine, lost] = [await signedIn(person), await signedIn(person)];
    const response = await change(mine, person.password);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ email: person.email, role: "owner", mustChangePassword: false });
    expect(await statusOfSession(cookieOf(response))).toBe(200);
    expect(await statusOfSession(lost.cookie)).toBe(401);
    expect(await statusOfSession(mine.cookie)).toBe(401);
    expect((await post("/sign-in", person)).status).toBe(401);
    const again = await post("/sign-in", { email: person.email, password: better });
    expect(await again.json()).toMatchObject({ mustChangePassword: false });
  });

  it("needs the current one, and is closed after too many wrong ones", async () => {
    const person = await test.signIn.createOwner("guessed@shop.example");
    const headers = await signedIn(person);
    const answers = [];
    for (let attempt = 0; attempt < 6; attempt++) answers.push(await change(headers, `wrong ${attempt}`));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429]);
    expect(await answers[0].json()).toMatchObject({
      code: "invalid-credentials",
      detail: "The current password is wrong.",
    });
    expect(await answers[5].json()).toMatchObject({ code: "locked-out" });
    expect((await change(headers, person.password)).status).toBe(429);
    expect((await post("/sign-in", person)).status).toBe(429);
    expect(await statusOfSession(headers.cookie)).toBe(200);
  });

  it("refuses a short or guessable one, which counts as no attempt", async () => {
    const person = await test.signIn.createOwner("hurried@shop.example");
    const headers = await signedIn(person);
    for (const next of ["short", "password12345678", "hurriedhurried1", person.password, "password12345678", "x"]) {
      const response = await change(headers, person.password, next);
      expect(await response.json()).toMatchObject({ code: "invalid-request", errors: [{ pointer: "/next" }] });
    }
    expect((await change(headers, person.password)).status).toBe(200);
  });

  it("cannot be had from another site, nor without a sign-in", async () => {
    const person = await test.signIn.createOwner("elsewhere@shop.example");
    const { cookie } = await signedIn(person);
    expect((await change({ cookie, origin: "https://evil.example" }, person.password)).status).toBe(403);
    expect((await change({ "x-requested-with": "test" }, person.password)).status).toBe(401);
  });
});

describe("who lost their password", () => {
  it("gets another one-time password, and every sign-in ends", async () => {
    const person = await test.signIn.createOwner("lost@shop.example");
    const cookie = cookieOf(await post("/sign-in", person));
    const replaced = await test.signIn.replacePassword("Lost@shop.example");
    expect(replaced.email).toBe(person.email);
    expect(replaced.password).not.toBe(person.password);
    expect((await test.app.request(`${api}/session`, { headers: { cookie } })).status).toBe(401);
    expect((await post("/sign-in", person)).status).toBe(401);
    expect(await (await post("/sign-in", replaced)).json()).toMatchObject({ mustChangePassword: true });
  });

  it("is told when there is nobody of that address, or several owners to choose from", async () => {
    await expect(test.signIn.replacePassword("nobody@shop.example")).rejects.toMatchObject({ code: "not-found" });
    await expect(test.signIn.replacePassword()).rejects.toThrow(/several owners: .*owner@shop\.example.*Name one/);
  });
});

describe("while the database is down", () => {
  it("a person who was seen shortly before stays known, and nobody else is", async () => {
    let minutes = 0;
    const pool = new Pool(test.services.database.connection);
    const signIn = createSignIn({ ...test.services, database: { pool }, now: () => minutes * 60_000 });
    const headers = new Headers({ cookie: (await signIn.signIn(owner.email, owner.password, "10.2.2.2")).cookie });
    const other = new Headers({ cookie: (await signIn.signIn(owner.email, owner.password, "10.2.2.2")).cookie });
    await signIn.findPerson(headers);
    await pool.end();
    expect(await signIn.findPerson(headers)).toMatchObject({ email: owner.email });
    await expect(signIn.findPerson(other)).rejects.toMatchObject({ code: "database-down" });
    minutes = 11;
    await expect(signIn.findPerson(headers)).rejects.toMatchObject({ code: "database-down" });
  });
});

describe("people", () => {
  it("are made once for an address", async () => {
    await expect(test.signIn.createOwner(owner.email)).rejects.toMatchObject({ code: "conflict" });
  });

  it("keep what they have when the tables are prepared again", async () => {
    await test.signIn.prepare();
    expect((await post("/sign-in", owner)).status).toBe(200);
  });
});
