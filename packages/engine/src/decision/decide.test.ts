import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import type { Product } from "../catalogue/product.ts";
import { topOf } from "../matrix/top-k.ts";
import { forbidden, type Recommender } from "../models/recommender.ts";
import { decide, replay } from "./decide.ts";
import { signReceipt, verifyReceipt } from "./receipt.ts";
import type { RecommendationRequest } from "./request.ts";
import { sourceNames, type DecisionState, type Source, type SourceName } from "./state.ts";
import { checkStrategy } from "./check-strategy.ts";
import { defaultPlacements, defaultStrategies, type Strategy } from "./strategy.ts";

const names = ["mug", "teapot", "tea", "tray", "kettle", "cup", "spoon", "sugar"];

function product(id: string, index: number, changes: Partial<Product> = {}): Product {
  return {
    id,
    title: id,
    category: [index < 4 ? "Tableware" : "Kitchen"],
    variants: [{ id: `${id}-1`, prices: { default: 1000 + index * 100 }, cost: 500, stock: 20 }],
    ...changes,
  };
}

/** A recommender with fixed scores by product, for which the right answer can be seen. */
function fixed(kind: string, scores: readonly number[]): Recommender {
  return {
    kind,
    productCount: scores.length,
    recommend(query, count) {
      const isForbidden = forbidden(query);
      const ranked = topOf(
        scores.map((score, index) => (isForbidden(index) || score === 0 ? Number.NaN : score)),
        count,
      );
      return ranked;
    },
    explain: ({ history }) => Array.from(history, (index) => ({ product: index, share: 1 / history.length })),
    save: () => ({ kind, settings: {}, columns: {} }),
  };
}

const broken: Recommender = {
  ...fixed("broken", []),
  recommend() {
    throw new Error("file is damaged");
  },
};

interface Shop {
  readonly products?: readonly Product[];
  readonly models?: Partial<Record<SourceName, Recommender>>;
  readonly strategy?: Partial<Strategy>;
  readonly holdout?: number;
}

function shop({
  products = names.map((id, i) => product(id, i)),
  models,
  strategy = {},
  holdout = 0,
}: Shop = {}): DecisionState {
  const trained = models ?? {
    "bought-together": fixed("affinity", [0, 5, 4, 3, 0, 0, 0, 0]),
    popularity: fixed("popularity", [9, 8, 7, 6, 5, 4, 3, 2]),
  };
  const sources = new Map<string, Source>();
  for (const name of sourceNames) {
    const model = trained[name];
    if (model) sources.set(name, { name, model });
  }
  return {
    version: "v1",
    catalogue: createCatalogue({ products }),
    sources,
    strategies: new Map(defaultStrategies.map((own) => [own.id, { ...own, ...strategy }])),
    placements: defaultPlacements,
    holdout: { salt: "test", share: holdout },
    customers: { of: (id) => (id === "ann" ? [1] : []) },
  };
}

const occasion = { decisionId: "d1", now: Date.UTC(2026, 0, 1) };
const onMug: RecommendationRequest = { placement: "pdp", productId: "mug", limit: 3 };

function answer(request: RecommendationRequest, state: DecisionState): readonly string[] {
  return decide(request, state, occasion).recommendation.recommendedProducts;
}

describe("a decision", () => {
  it("shows what is bought together with the product of the page, best first", () => {
    expect(answer(onMug, shop())).toEqual(["teapot", "tea", "tray"]);
  });

  it("never shows a product that is out of stock, hidden, excluded, in the cart, owned or not sold in the market", () => {
    const products = names.map((id, i) => product(id, i));
    products[2] = product("tea", 2, { variants: [{ id: "tea-1", prices: { default: 300 }, stock: 0 }] });
    products[3] = product("tray", 3, { active: false });
    products[4] = product("kettle", 4, { variants: [{ id: "kettle-1", prices: {} }] });
    const request: RecommendationRequest = {
      placement: "cart",
      cart: [{ productId: "mug", quantity: 1 }],
      customerId: "ann",
      exclude: ["cup"],
      limit: 8,
    };
    const { recommendation, steps } = decide(request, shop({ products }), occasion);
    expect(recommendation.recommendedProducts).toEqual(["spoon", "sugar"]);
    expect(recommendation.status).toBe("served");
    const reasons = new Map(steps.constrained.refused.map(({ product: index, why }) => [names[index], why]));
    expect(reasons).toEqual(
      new Map([
        ["mug", "in-cart"],
        ["teapot", "owned"],
        ["tea", "out-of-stock"],
        ["tray", "inactive"],
        ["kettle", "not-sold-in-market"],
        ["cup", "excluded"],
      ]),
    );
  });

  it("fills up with popular products, and names them as such", () => {
    const models = {
      "bought-together": fixed("affinity", [0, 5, 0, 0, 0, 0, 0, 0]),
      popularity: fixed("popularity", [9, 8, 7, 6, 5, 4, 3, 2]),
    };
    const { items } = decide({ ...onMug, limit: 7 }, shop({ models }), occasion).recommendation;
    expect(items.map((item) => item.productId)).toEqual(["teapot", "tea", "tray", "kettle", "cup", "spoon", "sugar"]);
    expect(items.map((item) => item.source)).toEqual(["bought-together", ...Array<string>(6).fill("popularity")]);
  });

  it("fills up with products nobody ever bought when nothing else is left", () => {
    const models = { popularity: fixed("popularity", [9, 8, 0, 0, 0, 0, 0, 0]) };
    const { items } = decide({ ...onMug, limit: 3 }, shop({ models }), occasion).recommendation;
    expect(items.map((item) => item.source)).toEqual(["popularity", "catalogue", "catalogue"]);
  });

  it("would rather show nothing than guess, where the strategy says so", () => {
    const models = { popularity: fixed("popularity", [9, 8, 7, 6, 5, 4, 3, 2]) };
    const strategy = {
      whenShort: "evidence",
      sources: [{ source: "bought-together", from: "product", weight: 1 }],
    } as const;
    const { recommendation } = decide(onMug, shop({ models, strategy }), occasion);
    expect(recommendation).toMatchObject({ status: "nothing-worth-showing", items: [] });
  });

  it("is full while anything eligible exists, holds no duplicate and no forbidden product, whatever is asked", () => {
    const id = fc.constantFrom(...names, "unknown");
    const request = fc.record({
      placement: fc.constantFrom("pdp", "cart", "homepage"),
      limit: fc.integer({ min: 0, max: 12 }),
      session: fc.array(id, { maxLength: 5 }),
      purchases: fc.array(id, { maxLength: 5 }),
      exclude: fc.array(id, { maxLength: 6 }),
      cart: fc.array(fc.record({ productId: id, quantity: fc.integer({ min: 1, max: 9 }) }), { maxLength: 4 }),
    });
    const options = fc.record({ temperature: fc.constantFrom(0, 0.3, 5), perCategory: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(request, options, (asked, strategy) => {
        const products = answer(asked, shop({ strategy }));
        const never = new Set([...asked.exclude, ...asked.purchases, ...asked.cart.map((line) => line.productId)]);
        const eligible = names.filter((name) => !never.has(name));
        expect(products).toHaveLength(Math.min(asked.limit, eligible.length));
        expect(new Set(products).size).toBe(products.length);
        expect(products.filter((name) => !eligible.includes(name))).toEqual([]);
      }),
    );
  });

  it("keeps a shown price inside the corridor", () => {
    const { items } = decide(
      { ...onMug, limit: 8, priceRange: { minimum: 1100, maximum: 1300 } },
      shop(),
      occasion,
    ).recommendation;
    expect(items.map((item) => item.price)).toEqual([1100, 1200, 1300]);
  });

  it("shows few products of one category while others are there, and more when they are not", () => {
    const models = { "bought-together": fixed("affinity", [0, 9, 8, 7, 3, 2, 1, 0]) };
    const state = shop({
      models,
      strategy: {
        perCategory: 1,
        whenShort: "evidence",
        sources: [{ source: "bought-together", from: "product", weight: 1 }],
      },
    });
    expect(answer({ ...onMug, limit: 5 }, state)).toEqual(["teapot", "kettle", "tea", "cup", "tray"]);
  });

  it("prefers the better margin when the merchant asks for it", () => {
    const products = names.map((id, i) => product(id, i));
    products[2] = product("tea", 2, { variants: [{ id: "tea-1", prices: { default: 1200 }, cost: 60, stock: 9 }] });
    expect(answer({ ...onMug, limit: 1 }, shop({ products }))).toEqual(["teapot"]);
    expect(answer({ ...onMug, limit: 1 }, shop({ products, strategy: { marginWeight: 1 } }))).toEqual(["tea"]);
  });

  it("goes on without a source that fails, and says that it is degraded", () => {
    const models = { "bought-together": broken, popularity: fixed("popularity", [9, 8, 7, 6, 5, 4, 3, 2]) };
    const { recommendation, steps } = decide(onMug, shop({ models }), occasion);
    expect(recommendation.status).toBe("degraded");
    expect(recommendation.recommendedProducts).toEqual(["teapot", "tea", "tray"]);
    expect(steps.candidates.missing).toContainEqual({
      source: "bought-together",
      why: "failed",
      detail: "file is damaged",
    });
  });

  it("says in words why a product is there, without a figure, and keeps the figures for the merchant", () => {
    const [first] = decide(onMug, shop(), occasion).recommendation.items;
    expect(first.reason).toBe("Often bought together with mug");
    expect(first.reason).not.toMatch(/\d/);
    expect(first.evidence.because).toBe("mug");
    expect(first.evidence.signals.reduce((sum, signal) => sum + signal.share, 0)).toBeCloseTo(1, 12);
  });

  it.each([
    [{ placement: "moon" }, "placement"],
    [{ placement: "pdp", limit: 1.5 }, "limit"],
    [{ placement: "pdp", market: "mars" }, "market"],
    [{ placement: "pdp", strategy: "magic" }, "strategy"],
    [{ placement: "cart", cart: [{ productId: "mug", quantity: 0 }] }, "cart[0].quantity"],
  ])("refuses the request %j and names %s", (request, field) => {
    expect(() => decide(request as RecommendationRequest, shop(), occasion)).toThrow(
      expect.objectContaining({ path: field }),
    );
  });

  it("ignores products the catalogue does not know, and says so", () => {
    const { recommendation, steps } = decide({ ...onMug, session: ["gone"] }, shop(), occasion);
    expect(recommendation.status).toBe("served");
    expect(steps.context.unknownProducts).toEqual(["gone"]);
  });
});

describe("the holdout", () => {
  it("sees nothing, while what it would have seen is logged", () => {
    const { recommendation } = decide({ ...onMug, visitorId: "v" }, shop({ holdout: 1 }), occasion);
    expect(recommendation).toMatchObject({ status: "holdout", items: [], recommendedProducts: [] });
    expect(recommendation.receipt.slate.map((item) => item.productId)).toEqual(["teapot", "tea", "tray"]);
  });

  it("holds the same visitors whatever they ask and whoever they turn out to be", () => {
    const state = shop({ holdout: 0.5 });
    for (let i = 0; i < 50; i++) {
      const visitorId = `visitor-${i}`;
      const before = decide({ ...onMug, visitorId }, state, occasion).recommendation.receipt.arm;
      const after = decide({ placement: "cart", visitorId, customerId: "ann" }, state, occasion).recommendation.receipt
        .arm;
      expect(after).toBe(before);
    }
  });

  it("takes its share of visitors, and none without consent", () => {
    const state = shop({ holdout: 0.2 });
    let held = 0;
    for (let i = 0; i < 5000; i++) {
      if (decide({ ...onMug, visitorId: `visitor-${i}` }, state, occasion).recommendation.status === "holdout") held++;
    }
    // Three standard deviations of a binomial with n = 5000, p = .2.
    expect(Math.abs(held / 5000 - 0.2)).toBeLessThan(3 * Math.sqrt((0.2 * 0.8) / 5000));
    expect(decide(onMug, state, occasion).recommendation.receipt.arm).toBe("unassigned");
  });
});

describe("propensities", () => {
  const strategy: Partial<Strategy> = { temperature: 0.5, perCategory: 1 };

  it("equal the frequency of slates over many decisions", () => {
    const state = shop({ strategy });
    const request: RecommendationRequest = { placement: "pdp", productId: "mug", limit: 2 };
    const rounds = 20_000;
    const seen = new Map<string, { count: number; probability: number }>();
    for (let i = 0; i < rounds; i++) {
      const { receipt } = decide(request, state, { ...occasion, decisionId: `d${i}` }).recommendation;
      const key = receipt.slate.map((item) => item.productId).join();
      const probability = receipt.slate.reduce((product, item) => product * item.propensity, 1);
      const known = seen.get(key);
      if (known) {
        known.count++;
        expect(probability).toBeCloseTo(known.probability, 12);
      } else seen.set(key, { count: 1, probability });
    }
    let total = 0;
    for (const { count, probability } of seen.values()) {
      total += probability;
      // Four and a half standard deviations, over about 40 slates.
      expect(Math.abs(count / rounds - probability)).toBeLessThan(
        4.5 * Math.sqrt((probability * (1 - probability)) / rounds),
      );
    }
    expect(total).toBeGreaterThan(0.999);
    expect(total).toBeLessThan(1 + 1e-9);
  });

  it("are 1 where nothing is left to chance", () => {
    const { receipt } = decide(onMug, shop(), occasion).recommendation;
    expect(receipt.slate.map((item) => item.propensity)).toEqual([1, 1, 1]);
  });
});

describe("a source that stands in for another one", () => {
  const sources = [
    { source: "bought-together", from: "cart", weight: 1 },
    { source: "popularity", from: "nothing", weight: 1, insteadOf: "bought-together" },
  ] as const;
  const state = shop({ strategy: { sources, whenShort: "evidence" } });
  const cart = [{ productId: "mug", quantity: 1 }];

  it("is silent where that one speaks", () => {
    const { items } = decide({ placement: "cart", cart }, state, occasion).recommendation;
    expect(items.map(({ source }) => source)).toEqual(Array(3).fill("bought-together"));
  });

  it("speaks where that one has nothing to start from, was never trained, or fails", () => {
    const popularity = fixed("popularity", [9, 8, 7, 6, 5, 4, 3, 2]);
    const untrained = shop({ strategy: { sources }, models: { popularity } });
    const failing = shop({ strategy: { sources }, models: { popularity, "bought-together": broken } });
    const sourcesFor = (asked: RecommendationRequest, of: DecisionState): string[] =>
      decide(asked, of, occasion).recommendation.items.map(({ source }) => source);
    expect(new Set(sourcesFor({ placement: "cart" }, state))).toEqual(new Set(["popularity"]));
    expect(new Set(sourcesFor({ placement: "cart", cart }, untrained))).toEqual(new Set(["popularity"]));
    expect(new Set(sourcesFor({ placement: "cart", cart }, failing))).toEqual(new Set(["popularity"]));
  });

  it("must be listed after it", () => {
    const wrongWay = { ...defaultStrategies[0], sources: sources.toReversed() };
    expect(() => checkStrategy(wrongWay, sourceNames)).toThrow("sources[0].insteadOf");
  });
});

describe("a receipt", () => {
  const state = shop({ strategy: { temperature: 0.7 } });
  const { receipt } = decide({ ...onMug, visitorId: "v", session: ["cup"] }, state, occasion).recommendation;

  it("replays bit for bit, also after it travelled as JSON", () => {
    const travelled = JSON.parse(JSON.stringify(receipt)) as typeof receipt;
    expect(replay(travelled, state).outcome).toBe("identical");
  });

  it("shows what differs when it was altered", () => {
    const altered = { ...receipt, slate: receipt.slate.toReversed() };
    expect(replay(altered, state)).toMatchObject({ outcome: "different", fields: ["slate"] });
  });

  it("says which state it needs when that is not the one at hand", () => {
    expect(replay(receipt, { ...state, version: "v2" })).toMatchObject({
      outcome: "impossible",
      why: expect.stringContaining("v1"),
    });
  });

  it("carries a signature that fits it alone", async () => {
    const secret = new TextEncoder().encode("a secret of 16 bytes or more");
    const signature = await signReceipt(receipt, secret);
    expect(await verifyReceipt(JSON.parse(JSON.stringify(receipt)) as typeof receipt, signature, secret)).toBe(true);
    expect(await verifyReceipt({ ...receipt, decisionId: "d2" }, signature, secret)).toBe(false);
    expect(await verifyReceipt(receipt, "not a signature", secret)).toBe(false);
    await expect(signReceipt(receipt, new Uint8Array(3))).rejects.toThrow("at least 16 bytes");
  });
});
