import { createEngine, type Engine } from "@basketlift/engine";
import type { Product } from "@basketlift/engine/catalogue";
import { personalStrategy, type RecommendationRequest, type Strategy } from "@basketlift/engine/decision";
import type { MerchandisingRule } from "@basketlift/engine/merchandising";
import { createDemoShop } from "@basketlift/engine/simulation";
import { beforeAll, describe, expect, it } from "vitest";
import { testNow } from "../../test/services.ts";
import { liveEngine, type LiveEngine } from "./live-engine.ts";

const shop = createDemoShop({ scale: 0.1 });
const [market] = shop.markets;

/** Bestsellers, bent by all that a strategy can ask of the catalogue and of the shop's history. */
const refined: Strategy = {
  ...personalStrategy,
  id: "refined",
  sources: [{ source: "popularity", from: "nothing", weight: 1 }],
  weights: { margin: 0.5, stockCover: 0.5, novelty: 0.5 },
  minimumMargin: { rate: 0.01 },
  diversity: { lambda: 0.8 },
  perBrand: 3,
  shadow: "personal",
};

/** Nothing dearer than this is shown on the front page. */
const dearest = 3000;
const cheapOnly: MerchandisingRule = {
  id: "cheap-only",
  name: "Only what is cheap",
  priority: 0,
  when: { all: [] },
  active: true,
  actions: [
    {
      type: "filter",
      show: "only",
      products: { field: "product.price", operator: "lessThan", value: dearest, currency: market.currency },
    },
  ],
};

const frontPage: RecommendationRequest = { placement: "homepage", limit: 6 };
let trained: Engine;
let live: LiveEngine;
beforeAll(async () => {
  const policy = {
    strategies: [personalStrategy, refined],
    placements: {
      category: "refined",
      cart: "refined",
      pdp: "refined",
      checkout: "refined",
      homepage: "refined",
    },
    rules: [cheapOnly],
    economics: { taxRate: 0.19, returnCost: 300 },
  };
  trained = await createEngine(shop, { ...policy, now: () => testNow });
  live = liveEngine(trained, { now: () => testNow });
}, 60_000);

const productOf = ({ catalogue }: Engine, id: string): Product => {
  const index = catalogue.ids.indexOf(id);
  if (index === undefined) throw new Error(`There is no product ${id}.`);
  return catalogue.products[index];
};
const priced = (product: Product, price: number): Product => ({
  ...product,
  variants: product.variants.map((variant) => ({ ...variant, prices: { [market.id]: price } })),
});
const shownBy = ({ engine }: LiveEngine) => engine.recommend(frontPage).recommendedProducts;

describe("an engine over a catalogue that changes", () => {
  it("asks the merchant's rules about the prices of now", () => {
    const [first] = shownBy(live);
    const dear = live.withProducts([priced(productOf(trained, first), dearest + 1)]).live;
    expect(shownBy(dear)).not.toContain(first);
    expect(dear.engine.trace(frontPage).trace.refused).toContainEqual({ productId: first, why: "left-out-by-rule" });
    const cheapAgain = dear.withProducts([productOf(trained, first)]).live;
    expect(shownBy(cheapAgain)).toEqual(shownBy(live));
    expect(cheapAgain.engine.version).toBe(live.engine.version);
  });

  it("keeps rules, facts and economics under other settings, and with products that are new", () => {
    const fresh: Product = {
      id: "brand-new",
      title: "Brand new",
      publishedAt: new Date(testNow).toISOString(),
      variants: [{ id: "brand-new-1", prices: { [market.id]: 1000 }, cost: 100, stock: 50 }],
    };
    const grown = live.withProducts([fresh]).live.withSettings({ holdoutShare: 0 });
    const { state } = grown.engine;
    expect(state.facts).toBe(trained.state.facts);
    expect(state.economics).toBe(trained.state.economics);
    expect(state.rules?.rules).toEqual([cheapOnly]);
    const { trace } = grown.engine.trace({ ...frontPage, limit: 100 });
    expect(trace.refused.map(({ why }) => why)).toContain("left-out-by-rule");
    const scores = trace.pool.map(({ score }) => score);
    expect(scores.length).toBeGreaterThan(0);
    expect(scores.every(Number.isFinite)).toBe(true);
  });

  it("replays what it decided, rules and shadow included, on the same changes made once more", () => {
    const [first, second] = shownBy(live);
    const changes = [
      priced(productOf(trained, first), dearest + 1),
      { ...productOf(trained, second), restrictions: { minimumAge: 18 } },
    ];
    const { receipt } = live.withProducts(changes).live.engine.recommend({ ...frontPage, age: 30 });
    expect(receipt.rules).toEqual([{ rule: "cheap-only", did: ["filter"] }]);
    expect(receipt.shadow?.strategy.id).toBe("personal");
    const again = changes
      .toReversed()
      .reduce((engine, product) => engine.withProducts([product]).live, liveEngine(trained));
    expect(again.engine.replay(receipt).outcome).toBe("identical");
    expect(live.engine.replay(receipt).outcome).toBe("impossible");
  });

  it("hides what the shopper is too young for as soon as the shop says so", () => {
    const [first] = shownBy(live);
    const limited = live.withProducts([
      { ...productOf(trained, first), restrictions: { minimumAge: 18, countries: [market.country] } },
    ]).live;
    const { trace } = limited.engine.trace(frontPage);
    expect(trace.refused).toContainEqual({ productId: first, why: "age-limit" });
    const shown = (more: Partial<RecommendationRequest>) =>
      limited.engine.recommend({ ...frontPage, ...more }).recommendedProducts;
    expect(shown({ age: 18 })).toContain(first);
    expect(shown({ age: 17 })).not.toContain(first);
    expect(shown({ age: 18, country: "JP" })).not.toContain(first);
  });
});
