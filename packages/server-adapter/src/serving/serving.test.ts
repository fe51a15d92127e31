import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Product } from "@basketlift/engine/catalogue";
import { readShard, rerank, rerankVersion } from "@basketlift/engine/snapshot";
import { createDemoShop } from "@basketlift/engine/simulation";
import { eq, like, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestServices, testNow, type TestServices } from "../../test/services.ts";
import { requestFacts } from "../../test/shop.ts";
import {
  blobs,
  childDecisions,
  decisions,
  engines,
  events,
  markets,
  orders,
  products,
  runs,
  visitors,
} from "../database/schema.ts";
import { openDrizzle, openPool } from "../database/pool.ts";
import { pollVersions, type VersionPoller } from "../database/versions.ts";
import { createEventWriter, insertEvents } from "../ingest/event-writer.ts";
import { receiveEvents } from "../ingest/events.ts";
import { orderRows } from "../ingest/order-rows.ts";
import { importOrderRows } from "../ingest/order-store.ts";
import { upsertProductRows } from "../ingest/product-store.ts";
import { affinityHandlers } from "./affinity-handlers.ts";
import { createDecisionLog, type StoredDecisionLog } from "./decision-log.ts";
import { createEngineHolder, type EngineHolder } from "./engine-holder.ts";
import { saveHoldoutShare } from "./holdout-setting.ts";
import { snapshotApp } from "./public-snapshot.ts";
import { verifyDecision } from "./receipts.ts";
import { recommendationHandlers as handlers } from "./recommendation-handlers.ts";
import { writeBlobs } from "./blobs.ts";
import { enginePrefix, trainOnce, TrainingError } from "./training.ts";

const shop = createDemoShop({ scale: 0.2 });
const canary = 73_194_867;
/** Nothing ticks by itself: tests say when the versions are read. */
const still = { every: () => async () => {} };

let services: TestServices;
let versions: VersionPoller;
let holder: EngineHolder;
let log: StoredDecisionLog;
let directory: string;
const problems: unknown[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "basketlift-serving-"));
  services = await createTestServices((database) => {
    log = createDecisionLog(database.pool, { timer: still });
    return { decisions: log, engine: { current: () => holder.current(), at: (version) => holder.at(version) } };
  });
  versions = pollVersions(services.database.db, { timer: still });
  await fillShop();
  holder = await createEngineHolder({ ...holderOptions(), onProblem: (problem) => problems.push(problem) });
}, 60_000);
afterAll(async () => {
  await holder.close();
  await versions.close();
  await services.close().catch(() => {}); // The last test has closed the database.
  await rm(directory, { recursive: true });
});

function holderOptions() {
  const { database, now } = services;
  return { database, versions, now, directory: join(directory, "engine") };
}

async function fillShop() {
  const { db } = services.database;
  await db.insert(markets).values(shop.markets.map((market, rank) => ({ ...market, rank })));
  await upsertProductRows(db, shop.products.map(withCanary), testNow - 86_400_000);
  await importOrderRows(db, orderRows(shop.orders, "demo"), testNow);
  const seen = [...shop.interactions].filter(({ kind }) => kind === "view").slice(0, 15_000);
  await insertEvents(
    services.database.pool,
    seen.map(({ visitorId, productId, occurredAt }, index) => ({
      id: `event-${index}`,
      kind: "view",
      occurredAt: new Date(occurredAt),
      receivedAt: new Date(occurredAt),
      visitorId,
      productId,
      consentMeasurement: true,
      consentPersonalisation: true,
    })),
  );
}

const withCanary = (product: Product): Product => ({
  ...product,
  variants: product.variants.map((variant) => ({ ...variant, cost: canary })),
});

const originalOf = (id: string): Product => {
  const product = shop.products.find((each) => each.id === id);
  if (!product) throw new Error(`There is no product ${id}.`);
  return product;
};
const soldOut = (product: Product): Product => ({
  ...product,
  variants: product.variants.map((variant) => ({ ...variant, stock: 0 })),
});

async function train(): Promise<string> {
  const id = `run-${await services.database.db.$count(runs)}`;
  await services.database.db.insert(runs).values({ id, status: "queued", createdAt: new Date(testNow), progress: 0 });
  await trainOnce(services, id);
  return id;
}

async function change(id: string, edit: (product: Product) => Product) {
  const { db } = services.database;
  const [row] = await db.select().from(products).where(eq(products.id, id));
  await upsertProductRows(db, [edit(row.body)], testNow);
  await versions.poll();
}

type Body = Parameters<typeof handlers.generateRecommendations>[0]["body"];
const generate = (body: Body) =>
  handlers.generateRecommendations({ params: undefined, query: undefined, body }, services);
const byId = (id: string) => ({ params: { id }, query: undefined, body: undefined });
const replay = (id: string) => handlers.replayDecision(byId(id), services);
const input = <Query>(query: Query) => ({ params: undefined, query, body: undefined });
const logged = async () => {
  // The log lingers for company.
  await expect.poll(() => log.waiting(), { timeout: 10_000 }).toBe(0);
};

/** Has companions by evidence. */
let teapot: string;

it("before the first training there is no engine, and the answer says what to do", () => {
  expect(() => generate({ placement: "homepage" })).toThrow("No engine is trained yet");
});

describe("a trained server", () => {
  let firstRun: string;
  beforeAll(async () => {
    firstRun = await train();
    await versions.poll();
    [{ productA: teapot }] = affinityHandlers.listAffinityRules(input({ limit: 1 }), services).data;
  }, 60_000);

  it("recommends what was trained on the shop's data", async () => {
    expect(problems).toEqual([]);
    const { items, status, model } = generate({ placement: "pdp", productId: teapot, limit: 4 });
    expect(status).toBe("served");
    expect(items).toHaveLength(4);
    expect(model).toBe("bought-together");
    expect(items[0].reason).toContain("Often bought together with");
    const [run] = await services.database.db.select().from(runs).where(eq(runs.id, firstRun));
    expect(run).toMatchObject({ status: "done", progress: 1, error: null });
    expect(run.facts).toMatchObject({ orders: shop.orders.length, products: shop.products.length });
  });

  it("shows a page no figure, no evidence, no cost and no exact stock", () => {
    const text = JSON.stringify(generate({ placement: "pdp", productId: teapot, visitorId: "visitor-12345" }));
    for (const word of ["propensity", "evidence", "share", "cost", 'stock":', "lift", String(canary)]) {
      expect(text).not.toContain(word);
    }
  });

  it("signs the decision for its visitor, and for nobody else", () => {
    const { receipt } = generate({ placement: "pdp", productId: teapot, visitorId: "visitor-12345" });
    const { receiptKey } = services.secrets;
    expect(verifyDecision(receipt.decisionId, "visitor-12345", receipt.signature, receiptKey)).toBe(true);
    expect(verifyDecision(receipt.decisionId, "visitor-54321", receipt.signature, receiptKey)).toBe(false);
    expect(verifyDecision("another", "visitor-12345", receipt.signature, receiptKey)).toBe(false);
  });

  it("says what is wrong with a request, and where", () => {
    expect(() => generate({ placement: "pdp", strategy: "magic" })).toThrow(
      expect.objectContaining({ code: "invalid-request", errors: [expect.objectContaining({ pointer: "/strategy" })] }),
    );
    expect(() => generate({ placement: "pdp", market: "mars" })).toThrow("market");
  });

  it("never shows a product twice on a page", () => {
    const page = (attention?: { items: number }) =>
      handlers.generatePage(
        {
          params: undefined,
          query: undefined,
          body: {
            placements: [
              { id: "top", placement: "pdp", limit: 6 },
              { id: "middle", placement: "homepage", limit: 6 },
              { id: "bottom", placement: "homepage", strategy: "bestsellers", limit: 6 },
            ],
            productId: teapot,
            ...(attention && { attention }),
          },
        },
        services,
      );
    const shown = page().placements.flatMap(({ recommendation }) => recommendation.recommendedProducts);
    expect(shown).toHaveLength(18);
    expect(new Set(shown).size).toBe(18);
    const short = page({ items: 8 }).placements;
    expect(short.flatMap(({ recommendation }) => recommendation.recommendedProducts)).toHaveLength(8);
    expect(short.map(({ recommendation }) => recommendation.status)).toContain("nothing-worth-showing");
  });

  it("answers each thin route from its own source", () => {
    const list = input({ limit: 5 });
    const about = { params: { productId: teapot }, query: { limit: 5 }, body: undefined };
    const body = { params: undefined, query: undefined, body: { productId: teapot, session: [teapot], limit: 5 } };
    expect(handlers.bestsellers(list, services).model).toBe("popularity");
    expect(handlers.trendingProducts(list, services).model).toBe("trending");
    expect(handlers.similarProducts(about, services).model).toBe("similar");
    expect(handlers.alsoBought(about, services).model).toBe("bought-together");
    expect(handlers.sessionBased(body, services).model).toBe("session");
    expect(handlers.contentBased(body, services).model).toBe("similar");
    expect(handlers.collaborativeFilter({ ...body, body: { ...body.body, variant: "item" } }, services).model).toBe(
      "item-neighbours",
    );
    const news = handlers.newArrivals(list, services);
    expect(news.model).toBe("new-arrivals");
    expect(news.reasoning).toMatch(/^New in the shop since \d+ \w+ \d{4}$/);
    const published = news.items.map(({ productId }) => shop.products.find(({ id }) => id === productId)?.publishedAt);
    const newest = published.map((time) => Date.parse(time ?? "")).toSorted((a, b) => b - a);
    expect(published.map((time) => Date.parse(time ?? ""))).toEqual(newest);
  });

  it("explains to the merchant with the trace of every step, and logs nothing", async () => {
    await logged();
    const before = await services.database.db.$count(decisions);
    const body: Body = { placement: "pdp", productId: teapot };
    const { trace } = await handlers.explainRecommendation({ params: undefined, query: undefined, body }, services);
    expect(trace).toMatchObject({ candidates: expect.arrayContaining([expect.anything()]) });
    await logged();
    expect(await services.database.db.$count(decisions)).toBe(before);
  });

  it("logs each decision, with its visitor's side of the experiment", async () => {
    const { receipt } = generate({ placement: "cart", visitorId: "visitor-logged", sessionId: "session-logged" });
    await logged();
    const { db } = services.database;
    const query = { limit: 10, sessionId: "session-logged" };
    const { data } = await handlers.listDecisions(input(query), services);
    expect(data).toMatchObject([{ id: receipt.decisionId, visitorId: "visitor-logged", placement: "cart" }]);
    const [visitor] = await db.select().from(visitors).where(eq(visitors.id, "visitor-logged"));
    expect(visitor.arm).toBe(data[0].arm);
  });

  it("tells what came of a decision: impressions, clicks and the visitor's order of what was shown", async () => {
    const { receipt, items } = generate({ placement: "pdp", productId: teapot, visitorId: "visitor-buys" });
    await logged();
    const { db } = services.database;
    const at = new Date(testNow + 60_000);
    const event = {
      occurredAt: at,
      receivedAt: at,
      visitorId: "visitor-buys",
      decisionId: receipt.decisionId,
      consentMeasurement: true,
      consentPersonalisation: true,
    };
    await db.insert(events).values([
      { ...event, id: "buys-impression", kind: "impression" },
      { ...event, id: "buys-click", kind: "click", productId: items[0].productId },
      { ...event, id: "buys-foreign", kind: "click", productId: items[0].productId, flaw: "foreign-decision" },
    ]);
    const line = { productId: items[0].productId, quantity: 1, unitPrice: 100, net: 100 };
    const order = { placedAt: at, currency: "EUR", version: 1, net: 100, updatedAt: at, visitorId: "visitor-buys" };
    await db.insert(orders).values([
      { ...order, id: "buys-1", lines: [line] },
      { ...order, id: "buys-2", lines: [{ ...line, productId: teapot }] },
      { ...order, id: "buys-3", lines: [{ ...line, cancelled: true }] },
    ]);
    const decision = await handlers.getDecision(
      { params: { id: receipt.decisionId }, query: undefined, body: undefined },
      services,
    );
    expect(decision.outcomes).toEqual({ impressions: 1, clicks: 1, addToCarts: 0, purchases: 1 });
  });

  it("replays a decision bit for bit, also when prices and stock have changed since", async () => {
    const { id, items } = generate({ placement: "pdp", productId: teapot, session: [teapot] });
    await logged();
    expect(await replay(id)).toMatchObject({ outcome: "identical" });
    const before = holder.current()?.engine.version;
    await change(items[0].productId, soldOut);
    await change(items[1].productId, (product) => ({ ...product, title: "Another name" }));
    expect(holder.current()?.engine.version).not.toBe(before);
    const later = generate({ placement: "pdp", productId: teapot, session: [teapot] });
    expect(later.recommendedProducts).not.toEqual(items.map(({ productId }) => productId));
    await logged();
    await change(items[1].productId, ({ id }) => withCanary(originalOf(id)));
    expect(await replay(id)).toMatchObject({ outcome: "identical" });
    expect(await replay(later.id)).toMatchObject({ outcome: "identical" });
    await change(items[0].productId, ({ id }) => withCanary(originalOf(id)));
    expect(await replay(later.id)).toMatchObject({ outcome: "identical" });
  });

  it("says which state is gone and how long they are kept, when a decision cannot be replayed", async () => {
    const { id } = generate({ placement: "pdp", productId: teapot });
    await logged();
    const { db } = services.database;
    const receipt = sql`jsonb_set(receipt, '{stateVersion}', '"of-last-year"')`;
    await db.update(decisions).set({ receipt }).where(eq(decisions.id, id));
    const { outcome, why } = await replay(id);
    expect(outcome).toBe("impossible");
    expect(why).toMatch(/^State of-last-year, .* is gone\. States are kept for 7 days/);
  });

  it("lets the shop set the share of visitors who see nothing, and replays what was decided before", async () => {
    const side = () => generate({ placement: "homepage", visitorId: "visitor-of-the-holdout" });
    const before = side();
    expect(before.status).toBe("served");
    const share = holder.current()?.engine.state.holdout.share;
    await saveHoldoutShare(services.database.db, 1);
    await versions.poll();
    const held = side();
    expect(held.status).toBe("holdout");
    await logged();
    expect(await replay(before.id)).toMatchObject({ outcome: "identical" });
    expect(await replay(held.id)).toMatchObject({ outcome: "identical" });
    await saveHoldoutShare(services.database.db, share ?? 0);
    await versions.poll();
    expect(side().status).toBe("served");
  });

  describe("when a device re-ranked a decision", () => {
    /** What a page would tell of it. */
    async function rerankedOnDevice(parent: ReturnType<typeof generate>, session: readonly string[]) {
      const { version: snapshotVersion, shards } = handlers.publicSnapshot(input(undefined), services, requestFacts());
      const app = snapshotApp(services);
      const loaded = await Promise.all(shards.map(async ({ url }) => readShard(await (await app.request(url)).json())));
      const { items } = parent;
      return rerank({ parentId: parent.id, snapshotVersion, shards: loaded, session, slate: items });
    }
    async function placeChild(session: readonly string[]) {
      const parent = generate({ placement: "pdp", productId: teapot, limit: 6 });
      await logged();
      const child = await rerankedOnDevice(parent, session);
      const told = {
        id: child.decisionId,
        snapshotVersion: child.snapshotVersion,
        rerankVersion,
        session: [...session],
        products: child.items.map(({ productId }) => productId),
      };
      const click = {
        id: `click-of-${child.decisionId}`,
        kind: "click",
        occurredAt: new Date(testNow).toISOString(),
        productId: told.products[0],
        position: 0,
        decisionId: parent.id,
        childDecision: told,
      };
      const reception = {
        receivedAt: testNow,
        consent: { measurement: true, personalisation: true },
        userAgent: undefined,
      };
      const writer = createEventWriter(services.database.pool);
      expect(await receiveEvents([click], reception, { ...services, events: writer })).toMatchObject({ refused: [] });
      return { parent, child, told };
    }

    it("shows the child beside its parent: what was shown in which order, and that the order took no chance", async () => {
      const { parent, child, told } = await placeChild([teapot]);
      const decision = await handlers.getDecision(byId(parent.id), services);
      const [shown] = decision.children;
      expect(shown).toMatchObject({
        id: child.decisionId,
        parentId: parent.id,
        session: [teapot],
        outcomes: { impressions: 0, clicks: 1, addToCarts: 0 },
        propensities: { own: "none" },
      });
      expect(shown.slate.map(({ productId }) => productId)).toEqual(told.products);
      expect(shown.slate.map(({ decidedPosition }) => parent.items[decidedPosition].productId)).toEqual(told.products);
      expect(decision.outcomes.clicks).toBe(1);
      expect(await handlers.getDecision(byId(child.decisionId), services)).toEqual(decision);
    });

    it("re-ranks again to the same order, and explains the child and where its products came from", async () => {
      const { child, told } = await placeChild([teapot]);
      const replayed = await replay(child.decisionId);
      expect(replayed).toMatchObject({ outcome: "identical", trace: { candidates: expect.any(Array) } });
      expect(replayed.reranked?.map(({ productId }) => productId)).toEqual(told.products);
      const body = { decisionId: child.decisionId };
      const why = await handlers.explainRecommendation({ params: undefined, query: undefined, body }, services);
      expect(why).toMatchObject({ trace: { candidates: expect.any(Array) }, replay: { outcome: "identical" } });
      expect(child.items.some(({ because }) => because === teapot)).toBe(true);
    });

    it("notices an order that the device cannot have made", async () => {
      const { child } = await placeChild([teapot]);
      const products = child.items.map(({ productId }) => productId).toReversed();
      await services.database.db
        .update(childDecisions)
        .set({ products })
        .where(eq(childDecisions.id, child.decisionId));
      expect(await replay(child.decisionId)).toMatchObject({ outcome: "different", fields: ["slate"] });
    });

    it("says so when the snapshot it ranked with is gone", async () => {
      const { child } = await placeChild([teapot]);
      await services.database.db
        .update(childDecisions)
        .set({ snapshotVersion: "forgotten" })
        .where(eq(childDecisions.id, child.decisionId));
      const { outcome, why } = await replay(child.decisionId);
      expect(outcome).toBe("impossible");
      expect(why).toContain("Snapshot forgotten");
    });
  });

  it("believes and doubts pairs with the same figures behind both", async () => {
    const { data } = affinityHandlers.listAffinityRules(input({ limit: 3 }), services);
    expect(data).toHaveLength(3);
    const pair = (productA: string, productB: string) =>
      affinityHandlers.affinityPair({ params: undefined, query: undefined, body: { productA, productB } }, services);
    const believed = await pair(data[0].productA, data[0].productB);
    expect(believed).toMatchObject({ believed: true, count: data[0].count, expected: data[0].expected });
    const others = shop.products.filter(({ id }) => id !== teapot).slice(0, 20);
    const doubted = (await Promise.all(others.map(({ id }) => pair(teapot, id)))).find(
      (one) => !one.believed && one.count > 0,
    );
    expect(doubted).toMatchObject({ qValue: null });
    expect(doubted?.count).toBe(
      shop.orders.filter(({ lines }) => {
        const held = lines.filter(({ cancelled }) => !cancelled).map(({ productId }) => productId);
        return held.includes(doubted?.productA ?? "") && held.includes(doubted?.productB ?? "");
      }).length,
    );
    expect(doubted?.expected).toBeGreaterThan(0);
  });

  it("pages through all affinities once", () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = affinityHandlers.listAffinityRules(input({ limit: 7, cursor }), services);
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen.length).toBe(holder.current()?.engine.affinities.count.length);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("offers browsers a snapshot of shards that anybody may keep, without a cost in them", async () => {
    const headers = new Map<string, string>();
    const facts = { ...requestFacts(), setHeader: (name: string, value: string) => void headers.set(name, value) };
    const manifest = handlers.publicSnapshot(input(undefined), services, facts);
    expect(manifest.shards.length).toBeGreaterThan(0);
    expect(headers.get("etag")).toContain(manifest.version);
    const app = snapshotApp(services);
    let rows = 0;
    for (const { url, bytes } of manifest.shards) {
      const response = await app.request(url);
      expect(response.headers.get("cache-control")).toContain("immutable");
      const text = await response.text();
      expect(text).not.toContain(String(canary));
      expect(text.length).toBe(bytes);
      rows += readShard(JSON.parse(text)).rows.length;
    }
    expect(rows).toBeGreaterThan(10);
    expect((await app.request("/api/upsell-cross-sell/storefront/snapshot/0000")).status).toBe(404);
  });

  describe("while the shop changes", () => {
    it("shows new prices and hides what is sold out or taken off, without training", async () => {
      const first = generate({ placement: "pdp", productId: teapot, limit: 3 }).items;
      const [cheaper, soldOut, retired] = first.map(({ productId }) => productId);
      await change(cheaper, (product) => ({
        ...product,
        variants: product.variants.map((variant) => ({ ...variant, prices: { ...variant.prices, eu: 77 } })),
      }));
      await change(soldOut, (product) => ({
        ...product,
        variants: product.variants.map((variant) => ({ ...variant, stock: 0 })),
      }));
      await change(retired, (product) => ({ ...product, active: false }));
      const { items } = generate({ placement: "pdp", productId: teapot, limit: 3 });
      const ids = items.map(({ productId }) => productId);
      expect(ids).toContain(cheaper);
      expect(ids).not.toContain(soldOut);
      expect(ids).not.toContain(retired);
    });

    it("shows what is not for everybody to who may buy it only, and replays what it showed", async () => {
      const [first, second] = generate({ placement: "pdp", productId: teapot }).recommendedProducts;
      await change(first, (product) => ({ ...product, restrictions: { minimumAge: 18 } }));
      await change(second, (product) => ({ ...product, restrictions: { excludedCountries: ["AT"] } }));
      const shown = (more: Partial<Body>) => generate({ placement: "pdp", productId: teapot, ...more });
      expect(shown({}).recommendedProducts).not.toContain(first);
      expect(shown({ age: 17 }).recommendedProducts).not.toContain(first);
      expect(shown({ age: 18 }).recommendedProducts).toContain(first);
      expect(shown({}).recommendedProducts).toContain(second);
      const abroad = shown({ age: 18, country: "AT" });
      expect(abroad.recommendedProducts).not.toContain(second);
      const bestsellers = handlers.bestsellers(input({ limit: 100, country: "AT" }), services);
      expect(bestsellers.recommendedProducts).not.toContain(second);
      await logged();
      for (const id of [first, second]) await change(id, () => withCanary(originalOf(id)));
      expect(await replay(abroad.id)).toMatchObject({ outcome: "identical" });
    });

    it("takes up a product that the models have never seen", async () => {
      const fresh: Product = {
        ...withCanary(shop.products[0]),
        id: "brand-new",
        title: "Brand new",
        publishedAt: "2030-01-01T00:00:00Z",
        variants: [{ id: "brand-new-1", prices: shop.products[0].variants[0].prices, stock: 9 }],
      };
      await upsertProductRows(services.database.db, [fresh], testNow);
      await versions.poll();
      const news = handlers.newArrivals(input({ limit: 3 }), services);
      expect(news.recommendedProducts[0]).toBe("brand-new");
      expect(generate({ placement: "pdp", productId: "brand-new", limit: 5 }).items).toHaveLength(5);
      expect(generate({ placement: "pdp", productId: teapot }).model).toBe("bought-together");
    });
  });

  describe("when it trains again", () => {
    it("goes on with the old engine when the training fails, and says why", async () => {
      const { db } = services.database;
      const serving = holder.current()?.runId;
      await db.insert(runs).values({ id: "cancelled", status: "queued", createdAt: new Date(testNow), progress: 0 });
      const cancel = new AbortController();
      const training = trainOnce(services, "cancelled", {
        signal: cancel.signal,
        onProgress: () => cancel.abort(new TrainingError("The merchant changed their mind.")),
      });
      await expect(training).rejects.toThrow("changed their mind");
      await versions.poll();
      expect(holder.current()?.runId).toBe(serving);
      const run = await affinityHandlers.getAffinityRun(
        { params: { id: "cancelled" }, query: undefined, body: undefined },
        services,
      );
      expect(run).toMatchObject({ status: "failed", error: "The merchant changed their mind." });
    });

    it("waits for the next try when the server stops meanwhile", async () => {
      const { db } = services.database;
      await db.insert(runs).values({ id: "cut-off", status: "queued", createdAt: new Date(testNow), progress: 0 });
      const stop = new AbortController();
      stop.abort(new Error("The server stops."));
      await expect(trainOnce(services, "cut-off", { signal: stop.signal })).rejects.toThrow("stops");
      expect(await db.select().from(runs).where(eq(runs.id, "cut-off"))).toMatchObject([
        { status: "queued", error: null },
      ]);
    });

    it("swaps to the new one, keeps three and those of the last days, and replays on them", async () => {
      const before = holder.current();
      const { id, receipt } = generate({ placement: "pdp", productId: teapot });
      await logged();
      const { db } = services.database;
      for (const [age, runId] of ["recent", "old", "older", "oldest"].entries()) {
        await db.insert(engines).values({
          runId,
          stateVersion: runId,
          snapshotVersion: runId,
          trainedAt: new Date(testNow - [1, 2, 9, 10][age] * 86_400_000),
          files: await writeBlobs(db, enginePrefix(runId), new Map([["shop.json", new Uint8Array(3)]])),
          serving: false,
        });
      }
      await train();
      await versions.poll();
      const after = holder.current();
      expect(after?.runId).not.toBe(before?.runId);
      expect(generate({ placement: "pdp", productId: teapot }).items.length).toBeGreaterThan(0);
      const kept = (await db.select().from(engines)).map(({ runId }) => runId);
      expect(new Set(kept)).toEqual(new Set([after?.runId, before?.runId, "recent", "old", "older"]));
      expect(await replay(id)).toMatchObject({ outcome: "identical" });
      expect(receipt.decisionId).toBe(id);
      expect(await db.$count(engines, eq(engines.serving, true))).toBe(1);
      const names = await db.selectDistinct({ name: blobs.name }).from(blobs).where(like(blobs.name, "engine/%"));
      expect(new Set(names.map(({ name }) => name.split("/")[1])).size).toBe(5);
    });

    it("asks for a training by queueing a run", async () => {
      const answer = await affinityHandlers.updateAffinities(input(undefined), services);
      expect(services.startedJobs.at(-1)).toMatchObject({ id: answer.jobId, kind: "train" });
      const { data } = await affinityHandlers.listAffinityRuns(input({ limit: 50 }), services);
      expect(data.some(({ status }) => status === "queued")).toBe(true);
    });
  });

  it("starts from its own copy while the database is down", async () => {
    const nowhere = openPool({ host: join(directory, "nowhere"), user: "nobody" });
    const noted: unknown[] = [];
    const again = await createEngineHolder({
      ...holderOptions(),
      database: { db: openDrizzle(nowhere) },
      versions: { onChange: () => () => {} },
      onProblem: (problem) => noted.push(problem),
    });
    expect(again.current()?.runId).toBe(holder.current()?.runId);
    expect(again.current()?.engine.recommend({ placement: "homepage" }).items.length).toBeGreaterThan(0);
    expect(noted).toHaveLength(1);
    await again.close();
    await nowhere.end();
  });

  it("goes on recommending when the database stops, keeps what it decided, and sells at the last known prices", async () => {
    const before = generate({ placement: "pdp", productId: teapot });
    await expect.poll(() => log.waiting(), { timeout: 10_000 }).toBe(0);
    await services.database.close();
    const after = generate({ placement: "pdp", productId: teapot });
    expect(after.status).toBe("served");
    expect(after.items).toEqual(before.items);
    expect(affinityHandlers.listAffinityRules(input({ limit: 3 }), services).data.length).toBe(3);
    expect(log.waiting()).toBe(1);
    expect(log.dropped()).toBe(0);
  });
});
