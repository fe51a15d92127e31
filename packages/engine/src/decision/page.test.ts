import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import { topOf } from "../matrix/top-k.ts";
import { compileRules, type MerchandisingRule } from "../merchandising/index.ts";
import { forbidden, type Recommender } from "../models/recommender.ts";
import { hashColumns } from "../random/hash.ts";
import { replay } from "./decide.ts";
import { traceOf } from "./full-trace.ts";
import { decidePage, replayPage, type PageRequest } from "./page.ts";
import type { DecisionState, Source } from "./state.ts";
import { companionsStrategy, defaultPlacements, type Strategy } from "./strategy.ts";

const count = 24;
const indices = Array.from({ length: count }, (_, index) => index);

const catalogue = createCatalogue({
  products: indices.map((index) => ({
    id: `p${index}`,
    title: `Product ${index}`,
    brand: `Brand ${index % 5}`,
    category: ["All", `Shelf ${index % 4}`],
    publishedAt: new Date(Date.UTC(2025, index % 12, 1)).toISOString(),
    variants: [{ id: `v${index}`, prices: { default: 500 + 137 * index }, cost: 300 + 61 * index, stock: 3 + index }],
  })),
});

/** Scores without a pattern: square roots are exact on every machine. */
function scattered(kind: string, step: number): Recommender {
  const scores = indices.map((index) => Math.sqrt(1 + ((index * step) % count)));
  return {
    kind,
    productCount: count,
    recommend(query, wanted) {
      const isForbidden = forbidden(query);
      return topOf(
        scores.map((score, index) => (isForbidden(index) ? Number.NaN : score)),
        wanted,
      );
    },
    explain: ({ history }) => Array.from(history, (product) => ({ product, share: 1 / history.length })),
    save: () => ({ kind, settings: {}, columns: {} }),
  };
}

const base: Strategy = {
  ...companionsStrategy,
  id: "top",
  limit: 4,
  temperature: 0.3,
  sources: [{ source: "popularity", from: "nothing", weight: 1 }],
};

const strategies: readonly Strategy[] = [
  base,
  {
    ...base,
    id: "deep",
    weights: { margin: 0.6, stockCover: 0.3, novelty: 0.4 },
    diversity: { lambda: 0.7, calibration: 0.3 },
    perBrand: 2,
    shadow: "top",
    campaigns: [{ name: "Shelf 2", factor: 1.3, categories: ["All / Shelf 2"] }],
  },
  {
    ...base,
    id: "evidence",
    whenShort: "evidence",
    sources: [{ source: "bought-together", from: "product", weight: 1 }],
  },
  { ...base, id: "none", whenShort: "evidence", sources: [{ source: "similar", from: "product", weight: 1 }] },
];

const sources: readonly Source[] = [
  { name: "popularity", model: scattered("popularity", 7) },
  {
    name: "bought-together",
    model: scattered("affinity", 11),
    evidence: () => ({ count: 42, expected: 12.34, lift: 3.403, liftLower: 2.1, qValue: 0.0004 }),
  },
];

const rules: readonly MerchandisingRule[] = [
  {
    id: "clear",
    name: "Clear the shelf",
    priority: 1,
    when: { field: "context.placement", operator: "is", value: "cart" },
    active: true,
    actions: [
      { type: "boost", products: { field: "product.brand", operator: "is", value: "Brand 3" }, factor: 1.5 },
      { type: "pin", product: "p20", position: 2 },
      { type: "attach-offer", offer: "Free wrapping" },
    ],
  },
];

const state: DecisionState = {
  version: "v1",
  catalogue,
  sources: new Map(sources.map((source) => [source.name, source])),
  strategies: new Map(strategies.map((strategy) => [strategy.id, strategy])),
  placements: { ...defaultPlacements, homepage: "top", pdp: "evidence", cart: "deep" },
  holdout: { salt: "test", share: 0 },
  customers: { of: () => [] },
  facts: {
    returnRate: Float64Array.from(indices, (index) => (index % 6) / 20),
    dailyDemand: Float64Array.from(indices, (index) => 1 / (1 + (index % 7))),
    exposures: Float64Array.from(indices, (index) => (index * 5) % 17),
    shopReturnRate: 0.1,
  },
  economics: { taxRate: 0.19, returnCost: 150 },
  rules: compileRules(rules, catalogue),
};

const occasion = { decisionId: "page", now: Date.UTC(2026, 0, 1) };

/** From the top down. */
const page: PageRequest = {
  rows: [
    { id: "popular", request: { placement: "homepage" } },
    { id: "companions", request: { placement: "pdp", productId: "p1", session: ["p3", "p7", "p11"] } },
    {
      id: "cart",
      request: { placement: "cart", cart: [{ productId: "p2", quantity: 1 }], session: ["p3", "p7", "p11"] },
    },
    { id: "alike", request: { placement: "pdp", productId: "p1", strategy: "none" } },
  ],
};

const shownOn = (asked: PageRequest, of = state): string[][] =>
  decidePage(asked, of, occasion).rows.map(({ recommendation }) => [...recommendation.recommendedProducts]);

describe("a page", () => {
  it("shows no product twice, and each row goes on without what stands above it", () => {
    const shown = shownOn(page).flat();
    expect(shown).toHaveLength(12);
    expect(new Set(shown).size).toBe(12);
  });

  it("keeps to its attention budget, and gives room to the rows that are worth most", () => {
    const free = decidePage({ ...page, attention: {} }, state, occasion).rows;
    const values = free.map(({ value = 0 }) => value);
    const byValue = [...free.keys()].toSorted((a, b) => values[b] - values[a]);
    const { rows } = decidePage({ ...page, attention: { items: 6 } }, state, occasion);
    const lengths = rows.map(({ recommendation }) => recommendation.items.length);
    expect(lengths[byValue[0]]).toBe(4);
    expect(lengths[byValue[1]]).toBe(2);
    expect(lengths[byValue[2]]).toBe(0);
    const poorest = rows[byValue[2]].recommendation;
    expect(poorest).toMatchObject({
      status: "nothing-worth-showing",
      reasoning: "Other places of the page have more to show",
    });
    const oneRow = decidePage({ ...page, attention: { rows: 1 } }, state, occasion).rows;
    expect(oneRow.map(({ recommendation }) => recommendation.items.length > 0)).toEqual(
      free.map((_, place) => place === byValue[0]),
    );
  });

  it("may show nothing at all, and a row without evidence says so itself", () => {
    const { rows } = decidePage({ ...page, attention: { minimumValue: 1e9 } }, state, occasion);
    expect(rows.flatMap(({ recommendation }) => recommendation.items)).toEqual([]);
    expect(rows[3].recommendation.reasoning).toBe("Nothing here is backed by evidence");
  });

  it("replays as a whole, and each of its receipts by itself, after they travelled", () => {
    const { receipt } = decidePage({ ...page, attention: { items: 7, rows: 2 } }, state, occasion);
    const travelled = JSON.parse(JSON.stringify(receipt)) as typeof receipt;
    expect(replayPage(travelled, state).outcome).toBe("identical");
    for (const row of travelled.rows) expect(replay(row, state).outcome).toBe("identical");
    const altered = {
      ...travelled,
      rows: travelled.rows.map((row, place) => (place === 1 ? { ...row, poolHash: "0" } : row)),
    };
    expect(replayPage(altered, state)).toMatchObject({ outcome: "different", rows: ["companions"] });
    expect(replayPage(travelled, { ...state, version: "v2" })).toMatchObject({
      outcome: "impossible",
      why: expect.stringContaining("v1"),
    });
  });

  it("holds whatever is asked: no product twice, no more than the budget, and it replays", () => {
    const row = fc.record({
      placement: fc.constantFrom("homepage" as const, "pdp" as const, "cart" as const),
      productId: fc.constantFrom("p0", "p5", "gone"),
      limit: fc.integer({ min: 0, max: 12 }),
    });
    const attention = fc.record({ items: fc.integer({ min: 0, max: 20 }), rows: fc.integer({ min: 0, max: 5 }) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), attention, fc.string(), (requests, budget, decisionId) => {
        const asked = { rows: requests.map((request, place) => ({ id: `r${place}`, request })), attention: budget };
        const { rows, receipt } = decidePage(asked, state, { ...occasion, decisionId });
        const shown = rows.map(({ recommendation }) => recommendation.recommendedProducts);
        expect(new Set(shown.flat()).size).toBe(shown.flat().length);
        expect(shown.flat().length).toBeLessThanOrEqual(budget.items);
        expect(shown.filter((ids) => ids.length > 0).length).toBeLessThanOrEqual(budget.rows);
        expect(replayPage(receipt, state).outcome).toBe("identical");
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    [{ rows: [page.rows[0], page.rows[0]] }, "rows[1].id"],
    [{ rows: [], attention: { items: -1 } }, "attention.items"],
  ])("refuses %j", (asked, field) => {
    expect(() => decidePage(asked, state, occasion)).toThrow(field);
  });
});

describe("receipts", () => {
  // The same in Node and in Chromium, which run this file alike: 64-bit hashes over the JSON of the receipts.
  it.each([
    ["plain", { rows: [page.rows[0]] }, "80b853163b531d9f"],
    ["from evidence", { rows: [page.rows[1]] }, "b0b797692e19ee4e"],
    ["with factors, diversity, rules and a shadow", { rows: [page.rows[2]] }, "c2987a1925ce54cf"],
    ["of a page with a budget", { ...page, attention: { items: 7, rows: 2 } }, "97eedda2b372510f"],
  ])("%s are the same bits on every machine", (_, asked: PageRequest, golden) => {
    const { receipt } = decidePage(asked, state, occasion);
    expect(hashColumns([new TextEncoder().encode(JSON.stringify(receipt))])).toBe(golden);
  });
});

describe("the trace", () => {
  it("says to the merchant, with figures, what the shopper is told without one", () => {
    const { rows } = decidePage(page, state, occasion);
    const [item] = traceOf(rows[1].steps, catalogue).slate;
    expect(item.reason).toBe("Often bought together with Product 1");
    expect(item.reason.replace("Product 1", "")).not.toMatch(/\d/);
    expect(item.inFigures.slice(0, 5)).toEqual([
      "Here because of bought together, with Product 1",
      "Together in 42 baskets, where chance alone would bring 12.3",
      "3.4 times as often as by chance, and at least 2.1 times with 95 % confidence",
      "Of pairs with evidence this strong, at most 0.1 % are coincidence (q-value 0.0004)",
      "Score: 100 % bought together",
    ]);
  });

  it("says which rule did what, and what bent the score", () => {
    const { steps, recommendation } = decidePage(page, state, occasion).rows[2];
    const trace = traceOf(steps, catalogue);
    expect(trace.rules).toEqual([
      { rule: "clear", action: "boost", detail: 1.5, products: expect.arrayContaining(["p3"]) },
      { rule: "clear", action: "pin", detail: 2, products: ["p20"] },
    ]);
    expect(recommendation.offers).toEqual([{ offer: "Free wrapping" }]);
    expect(trace.offers).toEqual([{ rule: "clear", offer: "Free wrapping" }]);
    expect(trace.pool[0].factors).toMatchObject({ margin: expect.any(Number), rules: expect.any(Number) });
    expect(trace.shadow?.strategy.id).toBe("top");
    expect(trace.slate[0].inFigures.join("\n")).toMatch(/Expected margin after returns: \d+ % of the net price/);
  });
});
