/** Whatever strategies, rules, shops and requests are made of: what has to hold of every answer. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import { restrictionOf } from "../catalogue/restrictions.ts";
import { topOf } from "../matrix/top-k.ts";
import { compileRules, type MerchandisingRule } from "../merchandising/index.ts";
import { forbidden, type Recommender } from "../models/recommender.ts";
import { checkStrategies } from "./check-strategy.ts";
import { decide, replay } from "./decide.ts";
import { traceOf } from "./full-trace.ts";
import { decidePage, replayPage } from "./page.ts";
import { locations, type RecommendationRequest } from "./request.ts";
import { sourceNames, type DecisionState, type Source } from "./state.ts";
import { companionsStrategy, defaultPlacements, type Strategy } from "./strategy.ts";

const count = 16;
/** Ids and titles that break what is careless; none has a digit. */
const hostile = ["__proto__", "constructor", "🫖", "toString", "a".repeat(10_000), " ", "../..", "<b>"];
const ids = Array.from({ length: count }, (_, index) => hostile[index] ?? `p-${String.fromCodePoint(97 + index)}`);
/** Figures that may not reach a shopper. */
const canaries = { cost: 31_337, stock: 77_777 };

const catalogue = createCatalogue({
  markets: [
    { id: "default", currency: "EUR", locale: "en", timeZone: "UTC", country: "DE" },
    { id: "other", currency: "JPY", locale: "ja", timeZone: "Asia/Tokyo", country: "JP" },
  ],
  products: ids.map((id, index) => ({
    id,
    title: id.slice(0, 20),
    ...(index % 5 > 0 && { brand: `Brand ${"abcd"[index % 4]}` }),
    ...(index % 7 > 0 && { category: ["All", `Shelf ${"xyz"[index % 3]}`] }),
    ...(index % 2 > 0 && { publishedAt: new Date(Date.UTC(2025, index % 12, 1)).toISOString() }),
    ...(index === 3 && { restrictions: { minimumAge: 18 } }),
    ...(index === 4 && { restrictions: { countries: ["DE"] } }),
    ...(index === 5 && { active: false }),
    variants: [
      {
        id: `v${index}`,
        prices: { default: 50_000 + 1000 * index, ...(index % 4 > 0 && { other: 60_000 }) },
        ...(index % 6 > 0 && { cost: canaries.cost }),
        stock: index === 6 ? 0 : canaries.stock,
      },
      { id: `w${index}`, prices: { default: 70_000 }, stock: index === 6 ? 0 : 5 },
    ],
  })),
});

const indices = Array.from({ length: count }, (_, index) => index);

function scattered(kind: string, step: number): Recommender {
  const scores = indices.map((index) => Math.sqrt((index * step) % count));
  return {
    kind,
    productCount: count,
    recommend(query, wanted) {
      const isForbidden = forbidden(query);
      return topOf(
        scores.map((score, index) => (isForbidden(index) || score === 0 ? Number.NaN : score)),
        wanted,
      );
    },
    explain: ({ history }) => Array.from(history, (product) => ({ product, share: 1 / history.length })),
    save: () => ({ kind, settings: {}, columns: {} }),
  };
}

function refuse(): never {
  throw new Error("damaged");
}

const share = fc.constantFrom(0, 0.3, 0.7, 1);
const some = fc.uniqueArray(fc.constantFrom(...ids, "gone"), { maxLength: 4 });
const placement = fc.constantFrom(...locations);
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const sourceUse = fc.record({
  source: fc.constantFrom("popularity", "similar", "bought-together", "trending", "new-arrivals", "session"),
  from: fc.constantFrom("product" as const, "cart" as const, "session" as const, "purchases" as const),
  weight: fc.constantFrom(0.5, 1, 1000),
});
const sources = fc.uniqueArray(sourceUse, {
  minLength: 1,
  maxLength: 3,
  selector: (use) => `${use.source} ${use.from}`,
});

const campaign = fc.record({ name: fc.constant("c"), factor: fc.constantFrom(1e-3, 2, 1000), products: some });
const fallback = fc.oneof(
  fc.record({ when: fc.constantFrom("failed" as const, "empty" as const, "short" as const), sources }),
  fc.record({
    when: fc.constantFrom("failed" as const, "empty" as const, "short" as const),
    strategy: fc.constant("b"),
  }),
);

const strategyOf = (id: string) =>
  fc
    .record({
      sources,
      owned: fc.constantFrom("exclude" as const, "allow" as const, "only" as const),
      whenShort: fc.constantFrom("fill" as const, "evidence" as const),
      candidates: fc.integer({ min: 1, max: 30 }),
      limit: fc.integer({ min: 1, max: 10 }),
      temperature: fc.constantFrom(0, 1e-6, 0.2, 5),
      marginWeight: share,
      perCategory: optional(fc.integer({ min: 1, max: 3 })),
      perBrand: optional(fc.integer({ min: 1, max: 3 })),
      weights: optional(
        fc.record({ relevance: share, margin: share, stockCover: share, novelty: share, campaign: share }),
      ),
      campaigns: optional(fc.array(campaign, { maxLength: 3 })),
      minimumMargin: optional(fc.record({ rate: share, amount: fc.constantFrom(0, 20_000) })),
      unknownAge: optional(fc.constantFrom("hide" as const, "show" as const)),
      diversity: optional(fc.record({ lambda: share, calibration: share })),
      fallbacks: optional(fc.array(fallback, { maxLength: 2 })),
      shadow: optional(fc.constant(id === "a" ? "b" : "a")),
    })
    .map((parts) => JSON.parse(JSON.stringify({ ...companionsStrategy, ...parts, id })) as Strategy);

const products = fc.constantFrom(
  { field: "product.brand", operator: "is", value: "Brand a" } as const,
  { field: "product.price", operator: "moreThan", value: 55_000, currency: "EUR" } as const,
  { all: [] } as const,
);
const action: fc.Arbitrary<MerchandisingRule["actions"][number]> = fc.oneof(
  fc.record({ type: fc.constant("boost" as const), products, factor: fc.constantFrom(1.5, 1000) }),
  fc.record({ type: fc.constant("bury" as const), products, factor: fc.constantFrom(0.5, 1e-3) }),
  fc.record({
    type: fc.constant("pin" as const),
    product: fc.constantFrom(...ids),
    position: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({
    type: fc.constant("filter" as const),
    products,
    show: fc.constantFrom("only" as const, "never" as const),
  }),
  fc.record({ type: fc.constant("cap" as const), products, most: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ type: fc.constant("replace-strategy" as const), strategy: fc.constantFrom("a", "b", "gone") }),
  fc.record({ type: fc.constant("attach-offer" as const), offer: fc.constant("o") }),
);
const rules = fc.array(fc.array(action, { minLength: 1, maxLength: 3 }), { maxLength: 4 }).map((all) =>
  all.map((actions, index): MerchandisingRule => ({
    id: `r${index}`,
    name: `Rule ${index}`,
    priority: index,
    when: { all: [] },
    active: true,
    actions,
  })),
);

const shop = fc.record({
  own: fc.tuple(strategyOf("a"), strategyOf("b")),
  rules,
  broken: fc.subarray([...sourceNames]),
  held: fc.constantFrom(0, 1),
});

function stateOf({
  own,
  rules: all,
  broken,
  held,
}: typeof shop extends fc.Arbitrary<infer Draft> ? Draft : never): DecisionState {
  checkStrategies(own, sourceNames);
  const known = new Map<string, Source>();
  for (const [step, name] of sourceNames.entries()) {
    const model = scattered(name, 2 * step + 1);
    known.set(name, {
      name,
      model: broken.includes(name) ? { ...model, recommend: refuse } : model,
      evidence: () => ({ count: 424_242, lift: 31.4159 }),
    });
  }
  const column = (value: number) => new Float64Array(count).fill(value);
  return {
    version: "v",
    catalogue,
    sources: known,
    strategies: new Map(own.map((each) => [each.id, each])),
    placements: { ...defaultPlacements, ...Object.fromEntries(locations.map((key) => [key, "a"])) },
    holdout: { salt: "s", share: held },
    customers: { of: () => [1, 2] },
    facts: { returnRate: column(0.123456), dailyDemand: column(987.654), exposures: column(5), shopReturnRate: 0 },
    rules: compileRules(all, catalogue),
  };
}

const request = fc
  .record({
    placement,
    limit: optional(fc.integer({ min: 0, max: 20 })),
    strategy: optional(fc.constantFrom("a", "b")),
    market: optional(fc.constantFrom("default", "other")),
    visitorId: optional(fc.constantFrom("v", "__proto__")),
    customerId: optional(fc.constantFrom("c", "constructor")),
    productId: optional(fc.constantFrom(...ids, "gone")),
    cart: optional(
      fc.array(fc.record({ productId: fc.constantFrom(...ids, "gone"), quantity: fc.constant(1) }), { maxLength: 3 }),
    ),
    session: optional(some),
    purchases: optional(some),
    exclude: optional(some),
    priceRange: optional(fc.record({ minimum: fc.constantFrom(0, 52_000), maximum: fc.constantFrom(58_000, 90_000) })),
    country: optional(fc.constantFrom("DE", "FR")),
    age: optional(fc.constantFrom(0, 17, 18)),
  })
  .map((parts) => JSON.parse(JSON.stringify(parts)) as RecommendationRequest);

const occasion = { decisionId: "d", now: Date.UTC(2026, 0, 1) };

describe("whatever is asked of whatever shop, a decision", () => {
  it("shows only what may be shown, once each, explained without the shop's figures, and replays", () => {
    fc.assert(
      fc.property(shop, request, (draft, asked) => {
        const state = stateOf(draft);
        const { recommendation, steps } = decide(asked, state, occasion);
        const { receipt, items, status } = recommendation;
        const slate = receipt.slate.map(({ productId }) => ids.indexOf(productId));
        expect(new Set(slate).size).toBe(slate.length);
        const limit = asked.limit ?? steps.strategy.limit;
        expect(slate.length).toBeLessThanOrEqual(limit);
        const owned = asked.purchases?.map((id) => ids.indexOf(id)) ?? (asked.customerId === undefined ? [] : [1, 2]);
        const { rate = -Infinity, amount = -Infinity } = steps.strategy.minimumMargin ?? {};
        const isAllowed = (index: number): boolean => {
          const product = catalogue.products[index];
          const price = product.variants[0].prices[asked.market ?? "default"];
          if (price === undefined || index === 5 || index === 6) return false;
          if (asked.exclude?.includes(product.id) || asked.productId === product.id) return false;
          if (asked.cart?.some(({ productId }) => productId === product.id)) return false;
          if (steps.strategy.owned === "exclude" && owned.includes(index)) return false;
          if (steps.strategy.owned === "only" && !owned.includes(index)) return false;
          const country = asked.country ?? steps.context.market.country;
          if (restrictionOf(product, { country, age: asked.age }, steps.strategy.unknownAge === "show")) return false;
          if (
            asked.priceRange &&
            (price < (asked.priceRange.minimum ?? 0) || price > (asked.priceRange.maximum ?? Infinity))
          )
            return false;
          if (steps.ruling?.directives?.refusalOf(index) !== undefined) return false;
          const { cost = Number.NaN } = product.variants[0];
          const home = product.variants[0].prices["default"];
          const margin = (home - cost) * (1 - 0.123456);
          return !steps.strategy.minimumMargin || (margin >= amount && margin / home >= rate);
        };
        for (const index of slate) expect(isAllowed(index)).toBe(true);
        for (const { score, propensity } of [...items, ...steps.picks]) {
          expect(Number.isFinite(score)).toBe(true);
          expect(propensity > 0 && propensity <= 1 + 1e-9).toBe(true);
        }
        if (steps.strategy.whenShort === "fill" && !steps.ruling?.caps.length)
          expect(slate.length).toBe(Math.min(limit, indices.filter(isAllowed).length));
        if (status === "holdout") expect(items).toEqual([]);
        else expect(items.map(({ productId }) => productId)).toEqual(receipt.slate.map(({ productId }) => productId));
        for (const { reason, source } of items) if (source !== "new-arrivals") expect(reason).not.toMatch(/\d/);
        expect(JSON.stringify(traceOf(steps, catalogue))).toContain("slate");
        const travelled = JSON.parse(JSON.stringify(receipt)) as typeof receipt;
        expect(replay(travelled, state).outcome).toBe("identical");
      }),
      { numRuns: 400 },
    );
  });

  it("keeps a page's products apart and its budget", () => {
    const attention = fc.record({
      items: optional(fc.integer({ min: 0, max: 12 })),
      rows: optional(fc.integer({ min: 0, max: 3 })),
    });
    fc.assert(
      fc.property(shop, fc.array(request, { maxLength: 4 }), attention, (draft, requests, { items, rows: most }) => {
        const state = stateOf(draft);
        const page = {
          rows: requests.map((each, index) => ({ id: `row-${index}`, request: each })),
          attention: { ...(items !== undefined && { items }), ...(most !== undefined && { rows: most }) },
        };
        const { rows, receipt } = decidePage(page, state, occasion);
        const shown = rows.map(({ recommendation }) => recommendation.receipt.slate.map(({ productId }) => productId));
        expect(new Set(shown.flat()).size).toBe(shown.flat().length);
        expect(shown.flat().length).toBeLessThanOrEqual(items ?? Infinity);
        expect(shown.filter(({ length }) => length > 0).length).toBeLessThanOrEqual(most ?? Infinity);
        for (const { recommendation } of rows)
          if (recommendation.items.length === 0) expect(recommendation.reasoning).not.toBe("");
        expect(replayPage(JSON.parse(JSON.stringify(receipt)) as typeof receipt, state).outcome).toBe("identical");
      }),
      { numRuns: 200 },
    );
  });
});

describe("a shop where something is broken", () => {
  const plain: Strategy = {
    ...companionsStrategy,
    id: "a",
    sources: [{ source: "new-arrivals", from: "nothing", weight: 1 }],
  };
  const { shadow: _, ...own } = plain;
  const state = stateOf({ own: [own, { ...own, id: "b" }], rules: [], broken: ["popularity"], held: 0 });

  it("fills up from the catalogue where the source of what is popular throws", () => {
    const asked = { placement: "homepage", limit: 12 } as const;
    expect(decide(asked, state, occasion).recommendation.items).toHaveLength(12);
  });

  it("says of a new product without a date only that it is new", () => {
    const reasons = decide({ placement: "homepage", limit: 12 }, state, occasion).recommendation.items.map(
      ({ reason }) => reason,
    );
    expect(reasons).toContain("New in the shop");
    expect(reasons.some((reason) => /since 1 \w+ 2025$/.test(reason))).toBe(true);
  });

  it("answers where a source cannot explain itself, or scores by what is no number", () => {
    const known = state.sources.get("new-arrivals");
    if (!known) throw new Error("there is one");
    const ranked = { products: Uint32Array.of(0, 1, 2), scores: Float64Array.of(Number.NaN, 2, Infinity) };
    const mute = { ...known.model, recommend: () => ranked, explain: refuse, account: refuse };
    const sources = new Map(state.sources).set("new-arrivals", { ...known, model: mute });
    const { items } = decide({ placement: "homepage" }, { ...state, sources }, occasion).recommendation;
    expect(items.length).toBeGreaterThan(0);
    for (const { score } of items) expect(Number.isFinite(score)).toBe(true);
  });

  it("says what is wrong with a clock that stands, with lists that are none, and with chances out of all proportion", () => {
    const at = (now: number) => () => decide({ placement: "homepage" }, state, { decisionId: "d", now });
    expect(at(Number.NaN)).toThrow("now must be");
    expect(at(1e20)).toThrow("now must be");
    const page = () => decidePage({ rows: [] }, state, { decisionId: "d", now: Number.NaN });
    expect(page).toThrow("now must be");
    for (const field of ["cart", "session", "purchases", "exclude"]) {
      const asked = JSON.parse(`{ "placement": "homepage", "${field}": "tea" }`) as RecommendationRequest;
      expect(() => decide(asked, state, occasion)).toThrow(`${field} must be a list`);
    }
    const empty = JSON.parse('{ "placement": "cart", "cart": [null] }') as RecommendationRequest;
    expect(() => decide(empty, state, occasion)).toThrow("cart[0].productId must be");
    const hot = (changes: Partial<Strategy>) => () => checkStrategies([{ ...own, ...changes }], sourceNames);
    expect(hot({ temperature: 1e-300 })).toThrow("strategies.a.temperature");
    expect(hot({ sources: [{ source: "trending", from: "nothing", weight: 1e300 }] })).toThrow("sources[0].weight");
  });

  it("replays from a clock with fractions, and from a store that sorts keys", () => {
    const strategies = new Map([["a", { ...own, weights: { novelty: 1 } }]]);
    const fine = { ...state, strategies };
    const { receipt } = decide({ placement: "homepage" }, fine, {
      ...occasion,
      now: occasion.now + 0.7,
    }).recommendation;
    expect(replay(receipt, fine).outcome).toBe("identical");
    const turned = JSON.parse(
      JSON.stringify(receipt, (_key, value: unknown) =>
        typeof value === "object" && value !== null && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).toReversed())
          : value,
      ),
    ) as typeof receipt;
    expect(replay(turned, fine).outcome).toBe("identical");
  });
});

describe("propensities with everything on", () => {
  it("are how often each pair of places is drawn", () => {
    const all: Strategy = {
      ...companionsStrategy,
      id: "a",
      temperature: 0.3,
      sources: [{ source: "trending", from: "nothing", weight: 1 }],
      weights: { margin: 0.4, stockCover: 0.3, novelty: 0.3, relevance: 0.8 },
      campaigns: [{ name: "c", factor: 2, products: ["🫖"] }],
      diversity: { lambda: 0.6, calibration: 0.3 },
      perBrand: 1,
      perCategory: 2,
      shadow: "b",
    };
    const actions = [
      { type: "boost", products: { field: "product.brand", operator: "is", value: "Brand a" }, factor: 1.5 },
    ] as const;
    const boosted = [{ id: "r", name: "R", priority: 0, when: { all: [] }, active: true, actions }];
    const state = stateOf({ own: [all, { ...all, id: "b", shadow: "a" }], rules: boosted, broken: [], held: 0 });
    const runs = 4000;
    const drawn = new Map<string, { count: number; propensity: number }>();
    for (let run = 0; run < runs; run++) {
      const asked = { placement: "homepage", limit: 2, session: ["p-i"] } as const;
      const { slate } = decide(asked, state, { ...occasion, decisionId: `d${run}` }).recommendation.receipt;
      const [first, second] = slate;
      const pair = `${first.productId} ${second.productId}`;
      const seen = drawn.get(pair) ?? { count: 0, propensity: first.propensity * second.propensity };
      drawn.set(pair, { ...seen, count: seen.count + 1 });
    }
    for (const { count: times, propensity } of drawn.values()) {
      const deviation = Math.sqrt(propensity * (1 - propensity) * runs);
      expect(Math.abs(times - propensity * runs)).toBeLessThan(5 * deviation + 2);
    }
  });
});
