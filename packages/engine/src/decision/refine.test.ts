import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import type { Product } from "../catalogue/product.ts";
import { topOf } from "../matrix/top-k.ts";
import { compileRules, type MerchandisingRule } from "../merchandising/index.ts";
import { forbidden, type Recommender } from "../models/recommender.ts";
import { decide, replay } from "./decide.ts";
import type { RecommendationRequest } from "./request.ts";
import { sourceNames, type DecisionState, type Source, type SourceName } from "./state.ts";
import { companionsStrategy, defaultPlacements, type Strategy } from "./strategy.ts";

const names = ["mug", "teapot", "tea", "tray", "kettle", "cup", "spoon", "sugar"];
const [mug, teapot, tea, tray, kettle, cup] = names.keys();

/** Two categories of four, two brands by turns; one price, one cost, stock for all. */
function product(id: string, index: number, changes: Partial<Product> = {}): Product {
  return {
    id,
    title: id,
    brand: index % 2 === 0 ? "Acme" : "Bolt",
    category: ["Kitchen", index < 4 ? "Table" : "Stove"],
    variants: [{ id: `${id}-1`, prices: { default: 1000 }, cost: 500, stock: 20 }],
    ...changes,
  };
}

const variant = (id: string, changes: object) => [
  { id: `${id}-1`, prices: { default: 1000 }, cost: 500, stock: 20, ...changes },
];

function fixed(kind: string, scores: readonly number[]): Recommender {
  return {
    kind,
    productCount: scores.length,
    recommend(query, count) {
      const isForbidden = forbidden(query);
      return topOf(
        scores.map((score, index) => (isForbidden(index) || score === 0 ? Number.NaN : score)),
        count,
      );
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

/** From the page's product only, and nothing but evidence. */
const plain: Strategy = {
  ...companionsStrategy,
  id: "test",
  sources: [{ source: "bought-together", from: "product", weight: 1 }],
  whenShort: "evidence",
};

interface Shop extends Partial<Omit<DecisionState, "rules" | "strategies" | "catalogue">> {
  readonly changes?: Readonly<Record<string, Partial<Product>>>;
  readonly models?: Partial<Record<SourceName, Recommender>>;
  readonly strategy?: Partial<Strategy>;
  readonly others?: readonly Strategy[];
  readonly rules?: readonly Partial<MerchandisingRule>[];
}

const bought = fixed("affinity", [0, 8, 7, 6, 5, 4, 3, 2]);

function shop({ changes = {}, models, strategy = {}, others = [], rules, ...rest }: Shop = {}): DecisionState {
  const catalogue = createCatalogue({ products: names.map((id, index) => product(id, index, changes[id])) });
  const sources = new Map<string, Source>();
  for (const name of sourceNames) {
    const model = (models ?? { "bought-together": bought })[name];
    if (model) sources.set(name, { name, model });
  }
  const own = { ...plain, ...strategy };
  const whole = rules?.map((rule, index) => ({
    id: `r${index}`,
    name: `Rule ${index}`,
    priority: 0,
    when: { all: [] },
    active: true,
    actions: [],
    ...rule,
  }));
  return {
    version: "v1",
    catalogue,
    sources,
    strategies: new Map([own, ...others].map((each) => [each.id, each])),
    placements: { ...defaultPlacements, pdp: "test", cart: "test", homepage: "test" },
    holdout: { salt: "test", share: 0 },
    customers: { of: () => [] },
    ...(whole && { rules: compileRules(whole, catalogue) }),
    ...rest,
  };
}

const occasion = { decisionId: "d1", now: Date.UTC(2026, 0, 1) };
const onMug: RecommendationRequest = { placement: "pdp", productId: "mug", limit: 3 };

function answer(request: RecommendationRequest, state: DecisionState): readonly string[] {
  return decide(request, state, occasion).recommendation.recommendedProducts;
}

function refusals(request: RecommendationRequest, state: DecisionState): Readonly<Record<string, string>> {
  const { refused } = decide(request, state, occasion).steps.constrained;
  return Object.fromEntries(refused.map(({ product: index, why }) => [names[index], why]));
}

/** Columns of facts where all products are alike, but for those named. */
function facts(changes: Partial<Record<"returnRate" | "dailyDemand" | "exposures", Record<number, number>>>) {
  const column = (name: keyof typeof changes, usual: number): Float64Array =>
    Float64Array.from(names, (_, index) => changes[name]?.[index] ?? usual);
  return {
    returnRate: column("returnRate", 0),
    dailyDemand: column("dailyDemand", 1),
    exposures: column("exposures", 10),
    shopReturnRate: 0,
  };
}

describe("the score", () => {
  it("lets a margin that returns eat up count for less", () => {
    const strategy = { marginWeight: 1 };
    expect(answer(onMug, shop({ strategy }))).toEqual(["teapot", "tea", "tray"]);
    const returned = shop({ strategy, facts: facts({ returnRate: { [teapot]: 0.5 } }) });
    expect(answer(onMug, returned)).toEqual(["tea", "tray", "kettle"]);
  });

  it("takes tax off the price and the cost of returns off the margin", () => {
    const state = shop({
      strategy: { weights: { margin: 1 } },
      facts: facts({ returnRate: { [teapot]: 0.1 } }),
      economics: { taxRate: 0.25, returnCost: 200 },
    });
    const { scored } = decide(onMug, state, occasion).steps;
    // Net price 800, cost 500: 300 x 0.9 - 200 x 0.1 = 250 of 800; without returns 300 of 800.
    expect(Array.from(scored.factors?.margin ?? []).slice(0, 2)).toEqual([250 / 800, 300 / 800]);
    expect(Array.from(scored.scores).slice(0, 2)).toEqual([250 / 800, (7 / 8) * (300 / 800)]);
  });

  it("holds back what would sell out, where stock cover counts", () => {
    const changes = { teapot: { variants: variant("teapot", { stock: 2 }) } };
    const state = shop({ changes, strategy: { weights: { stockCover: 1 } }, facts: facts({}) });
    expect(answer(onMug, state)[0]).toBe("tea");
    // 2 units at one a day are 2 days of supply.
    expect(decide(onMug, state, occasion).steps.scored.factors?.stockCover?.[0]).toBe(2 / 32);
  });

  it("lifts what is new or what few have seen, where novelty counts", () => {
    const fresh = { cup: { publishedAt: "2025-12-31T00:00:00Z" } };
    const isNew = shop({ changes: fresh, strategy: { weights: { novelty: 1, relevance: 0 } }, facts: facts({}) });
    expect(answer(onMug, isNew)[0]).toBe("cup");
    const isUnseen = shop({
      strategy: { weights: { novelty: 1, relevance: 0 } },
      facts: facts({ exposures: { [kettle]: 0 } }),
    });
    expect(answer(onMug, isUnseen)[0]).toBe("kettle");
  });

  it("multiplies campaigns, and weighs them as the merchant says", () => {
    const campaigns = [{ name: "Stove week", factor: 2, categories: ["Kitchen / Stove"] }];
    expect(answer(onMug, shop({ strategy: { campaigns } }))).toEqual(["kettle", "teapot", "cup"]);
    const half = shop({ strategy: { campaigns, weights: { campaign: 0.5 } } });
    expect(answer(onMug, half)).toEqual(["teapot", "kettle", "tea"]);
  });

  it("treats a product of which nothing is known as an average one", () => {
    const { cost: _, ...uncosted } = variant("tea", {})[0];
    const state = shop({
      changes: { tea: { variants: [uncosted] } },
      strategy: { marginWeight: 1 },
    });
    expect(decide(onMug, state, occasion).steps.scored.factors?.margin?.[1]).toBe(0.5);
  });

  it("is relevance to the last bit where every weight is 0", () => {
    const weights = { margin: 0, stockCover: 0, novelty: 0 };
    const bare = decide(onMug, shop(), occasion).recommendation.receipt.poolHash;
    expect(decide(onMug, shop({ strategy: { weights } }), occasion).recommendation.receipt.poolHash).toBe(bare);
  });
});

describe("constraints", () => {
  it("keep to a minimum margin, as a rate or an amount, and leave out what nobody knows the cost of", () => {
    const changes = {
      teapot: { variants: variant("teapot", { cost: 900 }) },
      tea: { variants: [{ id: "tea-1", prices: { default: 1000 }, stock: 5 }] },
    };
    const byRate = shop({ changes, strategy: { minimumMargin: { rate: 0.4 } } });
    expect(answer(onMug, byRate)).toEqual(["tray", "kettle", "cup"]);
    expect(refusals(onMug, byRate)).toMatchObject({ teapot: "below-minimum-margin", tea: "margin-unknown" });
    expect(answer(onMug, shop({ changes, strategy: { minimumMargin: { amount: 100 } } }))[0]).toBe("teapot");
  });

  it("show nothing to those who are too young or in another country, whatever the strategy", () => {
    const changes = {
      teapot: { restrictions: { minimumAge: 18 } },
      tea: { restrictions: { excludedCountries: ["DE"] } },
    };
    const state = shop({ changes });
    expect(refusals(onMug, state)).toMatchObject({ teapot: "age-limit", tea: "country-limit" });
    expect(answer({ ...onMug, age: 18, country: "AT" }, state)).toEqual(["teapot", "tea", "tray"]);
    expect(answer(onMug, shop({ changes, strategy: { unknownAge: "show" } }))[0]).toBe("teapot");
    expect(() => answer({ ...onMug, country: "Austria" }, state)).toThrow("country");
  });

  it("show few products of one brand while others are there", () => {
    expect(answer(onMug, shop({ strategy: { perBrand: 1 } }))).toEqual(["teapot", "tea", "tray"]);
    const state = shop({ strategy: { perBrand: 1 }, changes: { tea: { brand: "Bolt" } } });
    expect(answer({ ...onMug, limit: 2 }, state)).toEqual(["teapot", "kettle"]);
  });
});

describe("fallbacks", () => {
  const popularity = fixed("popularity", [9, 1, 2, 3, 4, 5, 6, 7]);
  const nothing = fixed("affinity", [0, 0, 0, 0, 0, 0, 0, 0]);
  const asPopular = { sources: [{ source: "popularity", from: "nothing", weight: 1 }] } as const;

  it("are asked when the strategy's own sources bring too little, and stand below them", () => {
    const models = { "bought-together": fixed("affinity", [0, 5, 0, 0, 0, 0, 0, 0]), popularity };
    const state = shop({ models, strategy: { fallbacks: [{ when: "short", ...asPopular }] } });
    const { recommendation, steps } = decide(onMug, state, occasion);
    expect(recommendation.items.map(({ productId, source }) => [productId, source])).toEqual([
      ["teapot", "bought-together"],
      ["sugar", "popularity"],
      ["spoon", "popularity"],
    ]);
    expect(steps.fallbacks).toEqual([{ fallback: 0, why: "short", added: 6 }]);
    expect(recommendation.items[0].evidence.signals).toEqual([{ source: "bought-together", share: 1 }]);
  });

  it("follow one another, each only where it is meant to serve", () => {
    const models = { "bought-together": nothing, "item-neighbours": fixed("n", [0, 0, 5, 0, 0, 0, 0, 0]), popularity };
    const neighbours: Strategy = {
      ...plain,
      id: "neighbours",
      sources: [{ source: "item-neighbours", from: "product", weight: 1 }],
    };
    const fallbacks: Strategy["fallbacks"] = [
      { when: "empty", placements: ["cart"], ...asPopular },
      { when: "empty", strategy: "neighbours" },
      { when: "empty", ...asPopular },
    ];
    const state = shop({ models, strategy: { fallbacks }, others: [neighbours] });
    expect(answer(onMug, state)).toEqual(["tea"]);
    expect(answer({ ...onMug, placement: "cart" }, state)[0]).toBe("sugar");
  });

  it("stand in for a source that failed, and the answer still says that it did", () => {
    const state = shop({
      models: { "bought-together": broken, popularity },
      strategy: { fallbacks: [{ when: "failed", ...asPopular }] },
    });
    const { recommendation } = decide(onMug, state, occasion);
    expect(recommendation.status).toBe("degraded");
    expect(recommendation.recommendedProducts).toEqual(["sugar", "spoon", "cup"]);
  });

  it("bring nothing that the strategy would not show", () => {
    const state = shop({ models: { popularity }, strategy: { fallbacks: [{ when: "empty", ...asPopular }] } });
    expect(answer({ ...onMug, exclude: ["sugar"], cart: [{ productId: "spoon", quantity: 1 }] }, state)).toEqual([
      "cup",
      "kettle",
      "tray",
    ]);
  });
});

describe("rules", () => {
  const stove = { field: "product.category", operator: "is", value: ["Kitchen", "Stove"] } as const;
  const act = (...actions: MerchandisingRule["actions"]) => ({ actions });

  it("lift, sink and leave out products, and the receipt says which rule asked for what", () => {
    const rules = [
      act({ type: "boost", products: stove, factor: 3 }),
      act({ type: "filter", products: { field: "product.id", operator: "is", value: "kettle" }, show: "never" }),
    ];
    const { recommendation, steps } = decide(onMug, shop({ rules }), occasion);
    expect(recommendation.recommendedProducts).toEqual(["cup", "spoon", "teapot"]);
    expect(recommendation.receipt.rules).toEqual([
      { rule: "r0", did: ["boost"] },
      { rule: "r1", did: ["filter"] },
    ]);
    expect(steps.constrained.refused).toContainEqual({ product: kettle, why: "left-out-by-rule" });
    const buried = [
      act({ type: "bury", products: { field: "product.id", operator: "is", value: "teapot" }, factor: 0.1 }),
    ];
    expect(answer(onMug, shop({ rules: buried }))).toEqual(["tea", "tray", "kettle"]);
  });

  it("pin a product to its place, also one that nobody proposed, but never one that is out of stock", () => {
    const rules = [act({ type: "pin", product: "sugar", position: 2 })];
    const models = { "bought-together": fixed("affinity", [0, 8, 7, 6, 0, 0, 0, 0]) };
    const state = shop({ rules, models });
    const { receipt } = decide(onMug, state, occasion).recommendation;
    expect(receipt.slate.map(({ productId, propensity }) => [productId, propensity])).toEqual([
      ["teapot", 1],
      ["sugar", 1],
      ["tea", 1],
    ]);
    const changes = { sugar: { variants: variant("sugar", { stock: 0 }) } };
    expect(answer(onMug, shop({ rules, models, changes }))).toEqual(["teapot", "tea", "tray"]);
  });

  it("cap what they name, even where that leaves places empty", () => {
    const rules = [act({ type: "cap", products: stove, most: 1 }), act({ type: "cap", per: "brand", most: 2 })];
    expect(answer({ ...onMug, limit: 8 }, shop({ rules }))).toEqual(["teapot", "tea", "tray", "kettle"]);
  });

  it("put another strategy in place, where they match only", () => {
    const cheap: Strategy = {
      ...plain,
      id: "cheap",
      limit: 1,
      sources: [{ source: "popularity", from: "nothing", weight: 1 }],
    };
    const rules = [
      {
        ...act({ type: "replace-strategy", strategy: "cheap" }),
        when: { field: "cart.value", operator: "moreThan", value: 1500, currency: "EUR" },
      },
    ] as const;
    const models = { "bought-together": bought, popularity: fixed("popularity", [0, 0, 0, 0, 0, 0, 0, 9]) };
    const state = shop({ rules, models, others: [cheap] });
    const small: RecommendationRequest = {
      placement: "cart",
      productId: "mug",
      cart: [{ productId: "mug", quantity: 1 }],
    };
    expect(decide(small, state, occasion).recommendation.receipt.strategy.id).toBe("test");
    const large = decide({ ...small, cart: [{ productId: "mug", quantity: 2 }] }, state, occasion).recommendation;
    expect(large.receipt.strategy.id).toBe("cheap");
    expect(large.recommendedProducts).toEqual(["sugar"]);
  });
});

describe("a shadow strategy", () => {
  const reverse = fixed("popularity", [0, 1, 2, 3, 4, 5, 6, 7]);
  const shadow: Strategy = {
    ...plain,
    id: "shadow",
    version: 7,
    sources: [{ source: "popularity", from: "nothing", weight: 1 }],
    shadow: "test",
  };
  const state = shop({
    models: { "bought-together": bought, popularity: reverse },
    strategy: { shadow: "shadow", temperature: 0.3 },
    others: [shadow],
  });

  it("decides the same beside the one that is shown, and only the receipt knows", () => {
    const { recommendation } = decide({ ...onMug, limit: 5 }, state, occasion);
    const alone = decide({ ...onMug, limit: 5 }, shop({ strategy: { temperature: 0.3 } }), occasion).recommendation;
    expect(recommendation.items).toEqual(alone.items);
    expect(recommendation.receipt.shadow).toMatchObject({ strategy: { id: "shadow", version: 7 } });
    const own = new Set(recommendation.recommendedProducts);
    const other = recommendation.receipt.shadow?.slate.map(({ productId }) => productId) ?? [];
    expect(other).toEqual(["sugar", "spoon", "cup", "kettle", "tray"]);
    const shared = other.filter((id) => own.has(id)).length;
    expect(recommendation.receipt.shadow?.overlap).toMatchObject({ shared, either: 10 - shared });
  });

  it("replays with the receipt", () => {
    const { receipt } = decide(onMug, state, occasion).recommendation;
    expect(replay(JSON.parse(JSON.stringify(receipt)) as typeof receipt, state).outcome).toBe("identical");
    const altered = { ...receipt, shadow: { ...receipt.shadow, poolHash: "0" } } as typeof receipt;
    expect(replay(altered, state)).toMatchObject({ outcome: "different", fields: ["shadow"] });
  });
});

describe("diversity", () => {
  it("shows unlike things first, the more the less likeness may cost", () => {
    const strategy = { diversity: { lambda: 0.5 } };
    // Teapot is Bolt's on the table; the cup is Bolt's, the kettle Acme's, both of the stove.
    expect(answer(onMug, shop())).toEqual(["teapot", "tea", "tray"]);
    expect(answer(onMug, shop({ strategy }))).toEqual(["teapot", "kettle", "tea"]);
    expect(answer(onMug, shop({ strategy: { diversity: { lambda: 1 } } }))).toEqual(["teapot", "tea", "tray"]);
  });

  it("gives a shopper their categories in about their shares", () => {
    // Three products of the stove, and the mug of the page: three quarters and one.
    const strategy = { diversity: { calibration: 0.99 }, owned: "allow" } as const;
    const request = { ...onMug, limit: 4, purchases: ["kettle", "cup", "spoon"] };
    const shown = answer(request, shop({ strategy }));
    expect(shown.filter((id) => names.indexOf(id) >= kettle)).toHaveLength(3);
    expect(answer({ ...onMug, limit: 4 }, shop({ strategy }))).toEqual(["teapot", "tea", "tray", "kettle"]);
  });

  it("leaves the propensity of every slate equal to its frequency, with likeness, shares, caps and pins", () => {
    const state = shop({
      strategy: {
        temperature: 0.3,
        perBrand: 2,
        diversity: { lambda: 0.6, calibration: 0.4 },
      },
      rules: [{ actions: [{ type: "pin", product: "tray", position: 2 }] }],
    });
    const request: RecommendationRequest = { ...onMug, limit: 3, session: ["cup", "kettle", "tea"] };
    const rounds = 20_000;
    const seen = new Map<string, { count: number; probability: number }>();
    for (let i = 0; i < rounds; i++) {
      const { receipt } = decide(request, state, { ...occasion, decisionId: `d${i}` }).recommendation;
      const key = receipt.slate.map((item) => item.productId).join();
      const probability = receipt.slate.reduce((all, { propensity }) => all * propensity, 1);
      const known = seen.get(key);
      if (known) known.count++;
      else seen.set(key, { count: 1, probability });
      expect(seen.get(key)?.probability).toBeCloseTo(probability, 12);
    }
    let total = 0;
    for (const { count, probability } of seen.values()) {
      total += probability;
      const deviation = Math.sqrt((probability * (1 - probability)) / rounds);
      expect(Math.abs(count / rounds - probability)).toBeLessThan(4.5 * deviation);
    }
    expect(seen.size).toBeGreaterThan(10);
    expect(total).toBeGreaterThan(0.999);
    expect(total).toBeLessThan(1 + 1e-9);
  });
});

describe("a refined decision", () => {
  it("holds no product twice, none that may not be shown, fills up, and replays, whatever is asked", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const options = fc.record({
      temperature: fc.constantFrom(0, 0.2, 3),
      perBrand: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
      weights: fc.record({ relevance: share, margin: share, stockCover: share, novelty: share }),
      diversity: fc.record({ lambda: share, calibration: share }),
      shadow: fc.constant("shadow"),
    });
    const request = fc.record({
      placement: fc.constant("pdp" as const),
      productId: fc.constantFrom(...names),
      limit: fc.integer({ min: 0, max: 10 }),
      session: fc.array(fc.constantFrom(...names), { maxLength: 5 }),
      exclude: fc.array(fc.constantFrom(...names), { maxLength: 5 }),
    });
    const shadow = { ...plain, id: "shadow", diversity: { lambda: 0.2 } };
    fc.assert(
      fc.property(request, options, (asked, { perBrand, ...strategy }) => {
        const own = { ...strategy, whenShort: "fill", ...(perBrand !== undefined && { perBrand }) } as const;
        const state = shop({
          strategy: own,
          others: [shadow],
          facts: facts({ exposures: { [cup]: 3, [mug]: 50, [tea]: 0, [tray]: 1 } }),
        });
        const { recommendation } = decide(asked, state, occasion);
        const shown = recommendation.recommendedProducts;
        const eligible = names.filter((name) => name !== asked.productId && !asked.exclude.includes(name));
        expect(shown).toHaveLength(Math.min(asked.limit, eligible.length));
        expect(new Set(shown).size).toBe(shown.length);
        expect(shown.every((name) => eligible.includes(name))).toBe(true);
        expect(recommendation.receipt.slate.every(({ propensity }) => propensity > 0 && propensity <= 1)).toBe(true);
        expect(replay(recommendation.receipt, state).outcome).toBe("identical");
      }),
    );
  });
});
