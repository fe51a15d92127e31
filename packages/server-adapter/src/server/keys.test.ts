import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestServices, type TestServices } from "../../test/services.ts";
import { pollVersions } from "../database/versions.ts";
import { createKeys, type Keys } from "./keys.ts";

let services: TestServices;
let keys: Keys;
beforeAll(async () => {
  services = await createTestServices();
  keys = createKeys(services.database.db, services.now);
}, 120_000);
afterAll(() => services.close());

const secret = { kind: "secret", name: "Server", scopes: ["read"] } as const;

describe("API keys", () => {
  it("are random, and kept as a hash and a prefix only", async () => {
    const made = await Promise.all([keys.create(secret), keys.create(secret)]);
    for (const { key } of made) expect(key).toMatch(/^sk_[0-9A-Za-z]{43}$/);
    expect(made[0].key).not.toBe(made[1].key);
    const { rows } = await services.database.pool.query("select * from api_keys");
    for (const { key } of made) expect(JSON.stringify(rows)).not.toContain(key.slice(12));
    expect(rows.map(({ prefix }) => prefix)).toContain(made[0].key.slice(0, 9));
  });

  it("are known by what they may do and where", async () => {
    const { id, key } = await keys.create({ kind: "publishable", name: "Shop", origins: ["https://a.example"] });
    expect(keys.find(key)).toMatchObject({ id, kind: "publishable", scopes: [], origins: ["https://a.example"] });
    expect(keys.allowsOrigin("https://a.example")).toBe(true);
    expect(keys.allowsOrigin("https://b.example")).toBe(false);
    expect(keys.find(key.slice(0, -1))).toBeUndefined();
  });

  it("end at once where they are revoked, and with the next reading of the versions elsewhere", async () => {
    const { id, key } = await keys.create(secret);
    const elsewhere = createKeys(services.database.db, services.now);
    const versions = pollVersions(services.database.db, { interval: 3_600_000 });
    versions.onChange("keys", elsewhere.refresh);
    await versions.poll();
    expect(elsewhere.find(key)?.id).toBe(id);
    expect(await keys.revoke(id)).toBe(true);
    expect(keys.find(key)).toBeUndefined();
    await versions.poll();
    expect(elsewhere.find(key)).toBeUndefined();
    expect(await keys.revoke(id)).toBe(false);
    await versions.close();
  });

  it("are checked without the database", async () => {
    const { key } = await keys.create(secret);
    const apart = createKeys(services.database.db, services.now);
    expect(apart.find(key)).toBeUndefined();
    await apart.refresh();
    expect(apart.find(key)).toMatchObject({ name: "Server", scopes: ["read"] });
  });

  it("that nobody could use are not made", async () => {
    await expect(keys.create({ kind: "secret", name: "x" })).rejects.toThrow("needs a scope");
    await expect(keys.create({ kind: "publishable", name: "x" })).rejects.toThrow("needs an origin");
    await expect(keys.create({ kind: "publishable", name: "x", origins: ["https://a.example/path"] })).rejects.toThrow(
      "a scheme and a host",
    );
  });

  it("remember when they were last used", async () => {
    const { id, key } = await keys.create(secret);
    keys.find(key);
    await expect
      .poll(async () => (await keys.list()).some((each) => each.id === id && each.lastUsedAt !== null))
      .toBe(true);
  });
});
