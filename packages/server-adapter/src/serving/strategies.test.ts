import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDemoShop } from "@basketlift/engine/simulation";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../test/test-app.ts";
import { temporaryPath } from "../../test/temporary-file.ts";
import { openTestDatabase } from "../../test/test-database.ts";
import { testNow } from "../../test/services.ts";
import { createClient, type BasketliftContract, type Client } from "../client/index.ts";
import { restoreBackup, writeBackup } from "../database/backup/index.ts";
import { openDrizzle, openPool } from "../database/pool.ts";
import { decisions, engines, markets, placements, runs, states, strategies } from "../database/schema.ts";
import { pollVersions, type VersionPoller } from "../database/versions.ts";
import { orderRows } from "../ingest/order-rows.ts";
import { importOrderRows } from "../ingest/order-store.ts";
import { upsertProductRows } from "../ingest/product-store.ts";
import { createSignIn } from "../server/sign-in.ts";
import { createEngineHolder, type EngineHolder } from "./engine-holder.ts";
import { loadPolicy } from "./policy.ts";
import { placementHandlers } from "./placement-handlers.ts";
import { recommendationHandlers } from "./recommendation-handlers.ts";
import { strategyHandlers } from "./strategy-handlers.ts";
import { trainOnce } from "./training.ts";

const shop = createDemoShop({ scale: 0.2 });
/** Nothing ticks by itself: tests say when the versions are read. */
const still = { every: () => async () => {} };

let test: TestApp;
let api: Client<BasketliftContract>;
let viewer: Client<BasketliftContract>;
let versions: VersionPoller;
let holder: EngineHolder;
/** Another server on the same database. */
let other: EngineHolder;
let directory: string;
const problems: unknown[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "basketlift-strategies-"));
  test = await createTestApp({
    handlers: { ...placementHandlers, ...recommendationHandlers, ...strategyHandlers },
    services: { engine: { current: () => holder?.current(), at: (version) => holder.at(version) } },
  });
  const { database } = test.services;
  versions = pollVersions(database.db, { timer: still });
  await database.db.insert(markets).values(shop.markets.map((market, rank) => ({ ...market, rank })));
  await upsertProductRows(database.db, shop.products, testNow - 86_400_000);
  await importOrderRows(database.db, orderRows(shop.orders, "demo"), testNow);
  await database.db.insert(runs).values({ id: "run", status: "queued", createdAt: new Date(testNow), progress: 0 });
  await trainOnce(test.services, "run");
  holder = await createEngineHolder(holderOptions("engine"));
  other = await createEngineHolder(holderOptions("other"));
  api = clientWith(await test.key({ kind: "secret", scopes: ["write"], origins: [] }));
  viewer = clientWith(await test.key({ kind: "secret", scopes: ["read"], origins: [] }));
}, 120_000);
afterAll(async () => {
  await holder.close();
  await other.close();
  await versions.close();
  await test.close();
  await rm(directory, { recursive: true });
});
beforeEach(async () => {
  const { db } = test.services.database;
  for (const table of [strategies, placements, decisions]) await db.delete(table);
  await versions.poll();
});

function holderOptions(name: string) {
  const { database, now } = test.services;
  const onProblem = (problem: unknown) => void problems.push(problem);
  return { database, versions, now, onProblem, directory: join(directory, name) };
}

function clientWith(key: string): Client<BasketliftContract> {
  return createClient({
    key,
    fetch: async (address, init) => test.app.request(address instanceof Request ? address.url : address, init),
  });
}

const matching = (version: number) => ({ headers: { "if-match": `"${version}"` } });
type Definition = Parameters<typeof api.updateStrategy>[0]["body"];
const definition: Definition = {
  type: "cross-sell",
  sources: [
    { source: "popularity", from: "nothing", weight: 1 },
    { source: "bought-together", from: "cart", weight: 0.5 },
  ],
  owned: "allow",
  whenShort: "fill",
  limit: 3,
};
const create = (id: string, more: object = {}) => api.createStrategy({ body: { ...definition, ...more, id } });
const setLive = (id: string, strategy: string, version: number) =>
  api.updatePlacement({ params: { id }, body: { strategy } }, matching(version));
const homepage = () => viewer.generateRecommendations({ body: { placement: "homepage", visitorId: "visitor-12345" } });
const refusal = (code: string, pointer?: string) =>
  expect.objectContaining({
    code,
    ...(pointer !== undefined && {
      problem: expect.objectContaining({ errors: [expect.objectContaining({ pointer })] }),
    }),
  });

describe("a strategy of the shop", () => {
  it("is made, read, changed as a new version and archived", async () => {
    const made = await create("evening-picks", { perCategory: 2 });
    expect(made).toMatchObject({ id: "evening-picks", version: 1, origin: "own", perCategory: 2, candidates: 100 });
    expect(await viewer.getStrategy({ params: { id: "evening-picks" } })).toEqual(made);
    const params = { id: "evening-picks" };
    const changed = await api.updateStrategy({ params, body: { ...definition, limit: 5 } }, matching(1));
    expect(changed).toMatchObject({ version: 2, limit: 5 });
    expect(changed).not.toHaveProperty("perCategory");
    const listed = await viewer.listStrategies();
    expect(listed.data.find(({ id }) => id === "evening-picks")).toEqual(changed);
    expect(listed.sources).toContainEqual({ name: "bought-together", trained: true, needsProducts: true });
    await api.archiveStrategy({ params }, matching(2));
    await expect(viewer.getStrategy({ params })).rejects.toEqual(refusal("not-found"));
    await expect(create("evening-picks")).rejects.toEqual(refusal("conflict", "/id"));
  });

  it("may weigh, cap, diversify, fall back and have a shadow, and is refused where it makes no sense", async () => {
    const refined = {
      perBrand: 2,
      weights: { margin: 0.5, novelty: 0.2 },
      campaigns: [{ name: "Summer", factor: 1.5, brands: ["Acme"] }],
      minimumMargin: { rate: 0.1, amount: 50 },
      unknownAge: "show",
      diversity: { lambda: 0.7, calibration: 0.2 },
      fallbacks: [{ when: "empty", placements: ["cart"], sources: [definition.sources[0]] }],
      shadow: "personal",
    };
    const made = await create("evening-picks", refined);
    expect(made).toMatchObject(refined);
    expect(await viewer.getStrategy({ params: { id: "evening-picks" } })).toEqual(made);
    await versions.poll();
    await setLive("homepage", "evening-picks", 1);
    await versions.poll();
    const answer = await homepage();
    expect(answer.items.length).toBeGreaterThan(0);
    // Margins bend the score: the public one does not tell them.
    expect(answer.score).toBe(0);
    await expect(create("b", { diversity: { lambda: 2 } })).rejects.toEqual(
      refusal("invalid-request", "/diversity/lambda"),
    );
    await expect(create("c", { campaigns: [{ name: "All", factor: 2 }] })).rejects.toEqual(
      refusal("unprocessable", "/campaigns/0"),
    );
    await expect(create("d", { fallbacks: [{ when: "empty" }] })).rejects.toEqual(
      refusal("unprocessable", "/fallbacks/0"),
    );
  });

  it("names only strategies that are there as shadow or fallback, and those stay", async () => {
    await expect(create("a", { shadow: "gone" })).rejects.toEqual(refusal("unprocessable", "/shadow"));
    const fallbacks = [
      { when: "empty", strategy: "personal" },
      { when: "short", strategy: "gone" },
    ];
    await expect(create("b", { fallbacks })).rejects.toEqual(refusal("unprocessable", "/fallbacks/1/strategy"));
    await create("beside");
    await create("shown", { shadow: "beside" });
    const archive = (id: string) => api.archiveStrategy({ params: { id } }, matching(1));
    await expect(archive("beside")).rejects.toEqual(refusal("conflict"));
    await archive("shown");
    await archive("beside");
  });

  it("tells its version as an ETag, and answers 304 to who knows it", async () => {
    await create("evening-picks");
    const key = await test.key({ kind: "secret", scopes: ["read"], origins: [] });
    const path = "/api/upsell-cross-sell/recommendations/strategies/evening-picks";
    const headers = { authorization: `Bearer ${key}` };
    const first = await test.app.request(path, { headers });
    expect(first.headers.get("etag")).toBe('"1"');
    const again = await test.app.request(path, { headers: { ...headers, "if-none-match": '"1"' } });
    expect(again.status).toBe(304);
  });

  it("may be called in any script, but not like another one", async () => {
    await expect(create("вечер-2")).resolves.toMatchObject({ id: "вечер-2" });
    await expect(create("вечер-2")).rejects.toEqual(refusal("conflict", "/id"));
    await expect(create("companions")).rejects.toEqual(refusal("conflict", "/id"));
    for (const id of ["", "Evening", "a b", "a--b", "-a", "a/b", "x".repeat(61)]) {
      await expect(create(id)).rejects.toEqual(refusal("invalid-request", "/id"));
    }
  });

  it("is changed only by who has seen its newest version", async () => {
    await create("evening-picks");
    const change = { params: { id: "evening-picks" }, body: definition };
    await expect(api.updateStrategy(change)).rejects.toMatchObject({ status: 428 });
    await expect(api.updateStrategy(change, matching(7))).rejects.toMatchObject({ status: 412 });
    const both = await Promise.allSettled([
      api.updateStrategy(change, matching(1)),
      api.updateStrategy(change, matching(1)),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(api.archiveStrategy({ params: change.params })).rejects.toMatchObject({ status: 428 });
  });

  it("that came with the engine can be neither changed nor archived", async () => {
    const params = { id: "companions" };
    await expect(api.updateStrategy({ params, body: definition }, matching(1))).rejects.toEqual(refusal("conflict"));
    await expect(api.archiveStrategy({ params }, matching(1))).rejects.toEqual(refusal("conflict"));
    expect(await viewer.getStrategy({ params })).toMatchObject({ origin: "built-in", updatedAt: null });
  });

  it.each([
    [400, "/limit", { limit: 0 }],
    [400, "/limit", { limit: 2.5 }],
    [400, "/marginWeight", { marginWeight: 1.5 }],
    [400, "/temperature", { temperature: -1 }],
    [400, "/temperature", { temperature: 1e-9 }],
    [400, "/perCategory", { perCategory: 0 }],
    [400, "/owned", { owned: "sometimes" }],
    [400, "/sources", { sources: [] }],
    [400, "/sources/0/source", { sources: [{ source: "magic", from: "cart", weight: 1 }] }],
    [400, "/sources/0/from", { sources: [{ source: "similar", from: "moon", weight: 1 }] }],
    [400, "/sources/0/weight", { sources: [{ source: "similar", from: "cart", weight: -1 }] }],
    [422, "/sources/0/from", { sources: [{ source: "similar", from: "nothing", weight: 1 }] }],
    [422, "/sources", { sources: [{ source: "similar", from: "cart", weight: 0 }] }],
    [422, "/sources/1", { sources: [definition.sources[0], definition.sources[0]] }],
  ])("that the engine cannot use is refused with %i at %s", async (status, pointer, more) => {
    const problem = expect.objectContaining({
      status,
      problem: expect.objectContaining({ errors: [expect.objectContaining({ pointer })] }),
    });
    await expect(create("broken", more)).rejects.toEqual(problem);
    await create("whole");
    const body = { ...definition, ...more };
    const change = { params: { id: "whole" }, body };
    await expect(api.updateStrategy(change as Parameters<typeof api.updateStrategy>[0], matching(1))).rejects.toEqual(
      problem,
    );
  });

  it("is made by those who may write, and by nobody else", async () => {
    await expect(viewer.createStrategy({ body: { ...definition, id: "mine" } })).rejects.toMatchObject({ status: 403 });
  });
});

describe("setting a strategy live", () => {
  it("serves it on every server without a restart, and names it with its version in receipts that replay", async () => {
    const before = await homepage();
    await create("evening-picks");
    expect(await setLive("homepage", "evening-picks", 1)).toMatchObject({ strategy: "evening-picks", version: 2 });
    await versions.poll();
    const first = await homepage();
    expect(first.items).toHaveLength(3);
    await api.updateStrategy({ params: { id: "evening-picks" }, body: { ...definition, limit: 5 } }, matching(1));
    await versions.poll();
    const second = await homepage();
    expect(second.items).toHaveLength(5);
    expect(other.current()?.engine.version).toBe(holder.current()?.engine.version);
    expect(other.current()?.engine.recommend({ placement: "homepage" }).items).toHaveLength(5);

    await test.services.decisions.close();
    const versionOf = async (id: string) => (await viewer.getDecision({ params: { id } })).strategy;
    expect(await versionOf(before.id)).toEqual({ id: "personal", version: 1 });
    expect(await versionOf(first.id)).toEqual({ id: "evening-picks", version: 1 });
    expect(await versionOf(second.id)).toEqual({ id: "evening-picks", version: 2 });
    for (const { id } of [before, first, second]) {
      expect(await viewer.replayDecision({ params: { id } })).toMatchObject({ outcome: "identical" });
    }
    expect(problems).toEqual([]);
  });

  it("is undone by setting the one before live again", async () => {
    await setLive("cart", "similar", 1);
    await versions.poll();
    expect(holder.current()?.engine.state.placements.cart).toBe("similar");
    expect((await viewer.listPlacements()).data.find(({ id }) => id === "cart")).toMatchObject({ version: 2 });
    await setLive("cart", "companions", 2);
    await versions.poll();
    expect(holder.current()?.engine.state.placements.cart).toBe("companions");
  });

  it("needs a placement and a strategy that are there, and the version that was seen", async () => {
    await expect(setLive("moon", "similar", 1)).rejects.toEqual(refusal("not-found"));
    await expect(setLive("cart", "magic", 1)).rejects.toEqual(refusal("unprocessable", "/strategy"));
    await expect(setLive("cart", "similar", 4)).rejects.toEqual(refusal("precondition-failed"));
    await expect(api.updatePlacement({ params: { id: "cart" }, body: { strategy: "similar" } })).rejects.toEqual(
      refusal("precondition-required"),
    );
    await create("gone");
    await api.archiveStrategy({ params: { id: "gone" } }, matching(1));
    await expect(setLive("cart", "gone", 1)).rejects.toEqual(refusal("unprocessable", "/strategy"));
  });

  it("keeps a strategy from being archived, also when both are asked for at once", async () => {
    await create("evening-picks");
    const params = { id: "evening-picks" };
    const outcomes = await Promise.allSettled([
      setLive("homepage", "evening-picks", 1),
      api.archiveStrategy({ params }, matching(1)),
    ]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await create("others");
    await setLive("cart", "others", 1);
    const attempt = api.archiveStrategy({ params: { id: "others" } }, matching(1));
    await expect(attempt).rejects.toThrow("Strategy others serves cart.");
  });

  it("survives a restart, also one without a database", async () => {
    await create("evening-picks");
    await setLive("homepage", "evening-picks", 1);
    await versions.poll();
    const again = await createEngineHolder({ ...holderOptions("again"), versions: { onChange: () => () => {} } });
    expect(again.current()?.engine.version).toBe(holder.current()?.engine.version);
    await again.close();
    const nowhere = openPool({ host: join(directory, "nowhere"), user: "nobody" });
    const alone = await createEngineHolder({
      ...holderOptions("engine"),
      database: { db: openDrizzle(nowhere) },
      versions: { onChange: () => () => {} },
      onProblem: () => {},
    });
    expect(alone.current()?.engine.version).toBe(holder.current()?.engine.version);
    expect(alone.current()?.engine.recommend({ placement: "homepage" }).items).toHaveLength(3);
    await alone.close();
    await nowhere.end();
  });

  it("is in a backup, with the states that replay", async () => {
    await create("evening-picks");
    await setLive("homepage", "evening-picks", 1);
    await versions.poll();
    const served = holder.current()?.engine;
    const file = await temporaryPath("shop.backup");
    await writeBackup(test.services.database.pool, file, testNow);
    const copy = await openTestDatabase();
    await createSignIn({ ...test.services, database: copy }).prepare();
    await restoreBackup(copy.pool, file);
    const restored = await createEngineHolder({ database: copy, versions: { onChange: () => () => {} } });
    expect(restored.current()?.engine.version).toBe(served?.version);
    expect((await restored.at(served?.version ?? ""))?.state.strategies.has("evening-picks")).toBe(true);
    await restored.close();
    await copy.close();
  });

  it("leaves out what this program cannot use, says so, and serves the rest", async () => {
    await create("evening-picks");
    const { db } = test.services.database;
    const at = new Date(testNow);
    const [row] = await db.select().from(strategies);
    const body = { ...row.body, sources: [{ source: "telepathy", from: "cart", weight: 1 }] } as typeof row.body;
    await db.insert(strategies).values({ ...row, id: "of-the-future", body });
    await db.insert(placements).values({ id: "cart", strategyId: "of-the-future", version: 2, updatedAt: at });
    const { policy, refused } = await loadPolicy(db);
    expect(policy?.strategies.map(({ id }) => id)).toEqual(["evening-picks"]);
    expect(refused).toHaveLength(2);
    expect(refused[0]).toContain("of-the-future");
  });
});

describe("comparing strategies", () => {
  const compare = (asked: Parameters<typeof viewer.compareStrategies>[0]["body"]["strategies"], more: object = {}) =>
    viewer.compareStrategies({ body: { placement: "homepage", strategies: asked, limit: 6, ...more } });
  const productsOf = (recommendation: unknown) =>
    (recommendation as { recommendedProducts: readonly string[] }).recommendedProducts;

  it("shows the one that serves, a saved one and a draft side by side, with what they share", async () => {
    await create("evening-picks");
    const { results, overlap } = await compare([{}, { id: "evening-picks" }, { draft: { ...definition } }]);
    expect(results.map(({ strategy }) => strategy)).toEqual([
      { id: "personal", version: 1 },
      { id: "evening-picks", version: 1 },
      null,
    ]);
    expect(productsOf(results[1].recommendation)).toEqual(productsOf(results[2].recommendation));
    expect(overlap).toContainEqual({ a: 1, b: 2, shared: 6, either: 6 });
    const [a, b] = results.map(({ recommendation }) => productsOf(recommendation));
    const shared = a.filter((id) => b.includes(id)).length;
    expect(overlap).toContainEqual({ a: 0, b: 1, shared, either: 12 - shared });
  });

  it("knows a strategy as soon as it is saved, and logs nothing", async () => {
    const { db } = test.services.database;
    const before = [await db.$count(decisions), await db.$count(states), await db.$count(engines)];
    await create("fresh");
    await expect(compare([{ id: "fresh" }])).resolves.toMatchObject({ results: [{ strategy: { id: "fresh" } }] });
    expect([await db.$count(decisions), await db.$count(states), await db.$count(engines)]).toEqual(before);
  });

  it("takes the same chance for both", async () => {
    const draft = { ...definition, temperature: 2 };
    const { results } = await compare([{ draft }, { draft }]);
    expect(productsOf(results[0].recommendation)).toEqual(productsOf(results[1].recommendation));
  });

  it("says which strategy or field it cannot use", async () => {
    await expect(compare([{ id: "magic" }])).rejects.toEqual(refusal("unprocessable", "/strategies/0/id"));
    await expect(compare([{}, { id: "similar", draft: { ...definition } }])).rejects.toEqual(
      refusal("unprocessable", "/strategies/1/id"),
    );
    const draft = { ...definition, sources: [{ source: "similar", from: "nothing", weight: 1 } as const] };
    await expect(compare([{ draft }])).rejects.toEqual(refusal("unprocessable", "/strategies/0/draft/sources/0/from"));
    await expect(compare([])).rejects.toEqual(refusal("invalid-request", "/strategies"));
    await expect(compare([{}], { market: "mars" })).rejects.toEqual(refusal("invalid-request", "/market"));
  });
});
