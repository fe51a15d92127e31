import { beforeAll, describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import type { RecommendationRequest } from "../decision/request.ts";
import { defaultStrategies, personalStrategy, type Strategy } from "../decision/strategy.ts";
import type { Interaction, Order } from "../history/order.ts";
import { createOrderHistoryBuilder } from "../history/order-history-builder.ts";
import { sessionize } from "../history/sessionizer.ts";
import type { Progress } from "../models/training.ts";
import { createRandom } from "../random/generator.ts";
import { createEngine, type ShopInput } from "./create-engine.ts";
import type { Engine } from "./engine.ts";
import { evaluateLastMonth } from "./last-month.ts";
import { loadEngine, saveEngine } from "./saved-engine.ts";
import type { ShopData } from "./train.ts";

const day = 86_400_000;
const began = Date.UTC(2026, 0, 1);
const products = 60;

/**
 * Customers who like one of six collections, buy it product by product from where they came in, and now and then what
 * is in demand; what is in demand moves on month by month.
 */
function collectors(customers: number): ShopInput {
  const random = createRandom("collectors");
  const orders: Order[] = [];
  const interactions: Interaction[] = [];
  for (let customer = 0; customer < customers; customer++) {
    const collection = random.integer(6);
    let place = random.integer(10);
    for (let visit = 0; visit < 5; visit++) {
      const at = began + Math.floor(day * (30 * visit + 30 * random.next()));
      const fashion = (visit * 11 + random.integer(4)) % products;
      const bought = new Set([collection * 10 + (place % 10), random.next() < 0.4 ? fashion : collection * 10]);
      const placedAt = new Date(at).toISOString();
      const lines = Array.from(bought, (product) => ({ productId: `p${product}`, quantity: 1, unitPrice: 1000 }));
      orders.push({ id: `o${customer}-${visit}`, placedAt, customerId: `c${customer}`, currency: "EUR", lines });
      for (let step = 0; step < 3; step++) {
        const productId = `p${collection * 10 + ((place + step) % 10)}`;
        const occurredAt = new Date(at - (4 - step) * 60_000).toISOString();
        interactions.push({ visitorId: `v${customer}-${visit}`, productId, kind: "view", occurredAt });
      }
      place += 1 + random.integer(2);
    }
  }
  return {
    products: Array.from({ length: products }, (_, product) => ({
      id: `p${product}`,
      title: `Product ${product}`,
      variants: [{ id: `p${product}-1`, prices: { default: 1000 }, stock: 10 }],
    })),
    orders: orders.toSorted((a, b) => a.placedAt.localeCompare(b.placedAt)),
    interactions,
  };
}

function columnsOf({ products: all, orders, interactions = [] }: ShopInput): ShopData {
  const catalogue = createCatalogue({ products: all });
  const builder = createOrderHistoryBuilder();
  for (const order of orders) builder.addOrder(order);
  const { sessions } = sessionize(interactions, catalogue.ids);
  return { catalogue, orders: builder.finish(catalogue.ids).history, sessions };
}

/** The default strategy as it is where no ranker speaks. */
const withoutRankers: Strategy = {
  ...personalStrategy,
  id: "without-rankers",
  sources: personalStrategy.sources
    .filter(({ source }) => !source.endsWith("-ranker"))
    .map(({ source, from, weight }) => ({ source, from, weight })),
};

const fixed = { now: () => Date.UTC(2026, 6, 1), createId: () => "decision-1" };
const policy = { ...fixed, strategies: [...defaultStrategies, withoutRankers] };
const atHome = { placement: "homepage", customerId: "c7", session: ["p21", "p22"] } as const;

describe("the rankers of an engine", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine(collectors(300), policy);
  });

  it("foresee the last month's first purchases better than the sources that they took over from", async () => {
    const report = await evaluateLastMonth(columnsOf(collectors(300)));
    const areaOf = (name: string): number =>
      report.rows.find((row) => row.name === name)?.areaUnderCurve.value ?? Number.NaN;
    expect(areaOf("personal strategy")).toBeGreaterThan(report.popularity.areaUnderCurve.value + 0.05);
    expect(areaOf("personal strategy")).toBeGreaterThan(areaOf("item-neighbours"));
    expect(areaOf("personal strategy")).toBeGreaterThan(areaOf("similar"));
  });

  it("say of each product what speaks for it, in shares that sum to 1", () => {
    const { items } = engine.recommend(atHome);
    expect(items.map(({ source }) => source)).toContain("personal-ranker");
    expect(items.map(({ source }) => source)).toContain("session-ranker");
    for (const { evidence, reason } of items) {
      const voices = evidence.voices ?? [];
      expect(sumOf(evidence.signals)).toBeCloseTo(1, 9);
      expect(sumOf(voices)).toBeCloseTo(1, 9);
      expect(voices.flatMap(({ signals }) => Object.values(signals)).every(Number.isFinite)).toBe(true);
      expect(reason).not.toBe("");
    }
  });

  it("name a purchase of the customer where one speaks loudest", () => {
    const { items } = engine.recommend({ placement: "homepage", customerId: "c7" });
    const owned = engine.trace(atHome).trace.context.startingPoints.purchases;
    for (const { evidence } of items) expect(owned).toContain(evidence.because);
  });

  it("score by odds, from 1 downwards, whatever the sign of what they add up", () => {
    const { trace } = engine.trace(atHome);
    for (const { source, products } of trace.candidates.filter(({ source }) => source.endsWith("-ranker"))) {
      const scores = products.map(({ score }) => score);
      expect(scores[0], source).toBe(1);
      expect(scores.every((score) => score > 0)).toBe(true);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    }
  });

  it("silence the sources that stand in for them, and leave strangers to those", () => {
    const sourcesOf = (request: RecommendationRequest): string[] =>
      engine.trace(request).trace.candidates.map(({ source }) => source);
    expect(sourcesOf(atHome).toSorted()).toEqual(["personal-ranker", "session-ranker"]);
    expect(sourcesOf({ placement: "homepage" })).toEqual(["popularity"]);
  });

  it("decide the same after they were trained again, and after they were saved and loaded", async () => {
    const { items, receipt } = engine.recommend(atHome);
    const again = await createEngine(collectors(300), policy);
    expect(again.recommend(atHome).items).toEqual(items);
    const loaded = await loadEngine(saveEngine(engine), policy);
    expect(loaded.recommend(atHome).items).toEqual(items);
    expect(loaded.replay(receipt).outcome).toBe("identical");
  });

  it("are not needed: an engine saved without them serves by the sources that stand in", async () => {
    const files = new Map([...saveEngine(engine)].filter(([name]) => !name.includes("-ranker")));
    const plain = await loadEngine(files, policy);
    const { items, status } = plain.recommend(atHome);
    expect(status).toBe("served");
    expect(items).toEqual(engine.recommend({ ...atHome, strategy: withoutRankers.id }).items);
  });

  it("stop their training when told to", async () => {
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    const onProgress = ({ step }: Progress): void => {
      if (step === "fitting the ranker") controller.abort(reason);
    };
    await expect(createEngine(collectors(300), { signal: controller.signal, onProgress })).rejects.toBe(reason);
  });
});

const sumOf = (shares: readonly { readonly share: number }[]): number =>
  shares.reduce((sum, { share }) => sum + share, 0);
