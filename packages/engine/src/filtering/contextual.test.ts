import { describe, expect, it } from "vitest";
import { InvalidFile, InvalidInput, InvalidOption } from "../errors.ts";
import { incidence } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import { createRandom } from "../random/generator.ts";
import { createContextClock, type Context } from "./context.ts";
import { fitContextLifts, liftIn, liftsIn, type ContextualBaskets } from "./context-lifts.ts";
import { createContextual, loadContextual, trainContextPopularity } from "./contextual.ts";
import { loadItemNeighbours, trainItemNeighbours } from "./item-neighbours.ts";
import { createLeaderboard } from "./leaderboard.ts";

const clock = createContextClock();

describeModel(
  "bestsellers by circumstances",
  (view, controls) =>
    trainContextPopularity({ ...view, contextOf: (basket) => clock(view.basketAt[basket]) }, controls),
  loadContextual,
  { hasCheckerboard: false },
);
describeModel(
  "a model re-ranked by circumstances",
  async (view, controls) => {
    const contextOf = (basket: number) => ({ country: basket % 2 ? "FR" : "DE" });
    const lifts = await fitContextLifts({ ...view, contextOf }, controls);
    return createContextual(await trainItemNeighbours(view.baskets, { weighting: "none" }), lifts, { pool: 6 });
  },
  (file) => loadContextual(file, { "item-neighbours": loadItemNeighbours }),
);

const day = 86_400_000;

/** Baskets of one product each, with their labels. */
function shopOf(productCount: number, baskets: readonly (readonly [product: number, context: Context])[]) {
  const data: ContextualBaskets = {
    baskets: incidence({
      rows: baskets.length,
      columns: productCount,
      row: [...baskets.keys()],
      column: baskets.map(([product]) => product),
    }),
    basketAt: Float64Array.from(baskets.keys()),
    until: baskets.length,
    contextOf: (basket) => baskets[basket][1],
  };
  return data;
}

function times<Value>(count: number, value: Value): Value[] {
  return Array.from({ length: count }, () => value);
}

const rain: Context = { weather: "rain" };
const sun: Context = { weather: "sun" };
/** Product 0 sells always, 1 in the rain, 2 in the sun, 3 was sold twice, in the rain. */
const weathered = shopOf(5, [
  ...times(100, [0, rain] as const),
  ...times(300, [0, sun] as const),
  ...times(60, [1, rain] as const),
  ...times(20, [1, sun] as const),
  ...times(5, [2, rain] as const),
  ...times(85, [2, sun] as const),
  ...times(2, [3, rain] as const),
]);

describe("what circumstances do to a product", () => {
  it("is its share there over its share of all, shrunk, by hand", async () => {
    const lifts = await fitContextLifts(weathered, { confidence: 0.5 });
    const expected = (167 * 80) / 572;
    expect(liftIn(lifts, rain, 1)).toBeCloseTo((10 + 60) / (10 + expected), 5);
    expect(liftIn(lifts, sun, 1)).toBeLessThan(1);
  });

  it("is nothing where two sales are all the evidence, and less than it seems where there is more", async () => {
    const mean = await fitContextLifts(weathered, { confidence: 0.5 });
    const sure = await fitContextLifts(weathered, { confidence: 0.95 });
    expect(liftIn(mean, rain, 3)).toBeGreaterThan(1);
    expect(liftIn(sure, rain, 3)).toBe(1);
    expect(liftIn(sure, rain, 1)).toBeGreaterThan(1.2);
    expect(liftIn(sure, rain, 1)).toBeLessThan(liftIn(mean, rain, 1));
    expect(liftIn(sure, rain, 2)).toBeLessThan(0.7);
  });

  it("is rarely seen where there is none to see", async () => {
    const random = createRandom("no weather");
    const data = shopOf(
      200,
      Array.from({ length: 8000 }, () => [random.integer(200), random.next() < 0.3 ? rain : sun] as const),
    );
    const lifts = await fitContextLifts(data, { confidence: 0.99 });
    // 400 tests at 1 % on either side.
    expect(lifts.lifts.length).toBeLessThan(16);
  });

  it("multiplies over labels, within bounds", async () => {
    const both = shopOf(2, [
      ...times(200, [0, { weather: "sun", country: "DE" }] as const),
      ...times(40, [1, { weather: "rain", country: "FR" }] as const),
      ...times(40, [0, { weather: "rain", country: "DE" }] as const),
      ...times(40, [0, { weather: "sun", country: "FR" }] as const),
    ]);
    const lifts = await fitContextLifts(both, { maximumLift: 4 });
    const [weather, country] = [liftIn(lifts, { weather: "rain" }, 1), liftIn(lifts, { country: "FR" }, 1)];
    expect(liftIn(lifts, { weather: "rain", country: "FR" }, 1)).toBeCloseTo(Math.min(4, weather * country), 5);
    expect(liftIn(lifts, { weather: "sun", country: "DE" }, 1)).toBeGreaterThanOrEqual(1 / 4);
    expect(liftsIn(lifts, { weather: "rain", country: "FR" }, 1).map(([label]) => label)).toHaveLength(2);
  });

  it("is nothing where the label says nothing, or is not known", async () => {
    const lifts = await fitContextLifts(shopOf(2, [...times(50, [0, rain] as const), ...times(9, [1, rain] as const)]));
    expect(liftIn(lifts, rain, 1)).toBe(1);
    expect(liftIn(lifts, { weather: "snow" }, 1)).toBe(1);
    expect(liftIn(lifts, {}, 1)).toBe(1);
  });

  it("says which setting or label is wrong", async () => {
    await expect(fitContextLifts(weathered, { priorBaskets: 0 })).rejects.toThrow(InvalidOption);
    await expect(fitContextLifts(weathered, { confidence: 0.4 })).rejects.toThrow(InvalidOption);
    await expect(fitContextLifts(weathered, { maximumLift: 0.5 })).rejects.toThrow(InvalidOption);
    const everyonesOwn = shopOf(
      1,
      Array.from({ length: 1001 }, (_, place) => [0, { customer: `c${place}` }] as const),
    );
    await expect(fitContextLifts(everyonesOwn)).rejects.toThrow(InvalidInput);
    const unlabelled: Context = JSON.parse('{ "weather": 7 }');
    await expect(fitContextLifts({ ...weathered, contextOf: () => unlabelled })).rejects.toThrow(InvalidInput);
  });
});

describe("a model that minds the circumstances", () => {
  it("knows the bestsellers of a segment", async () => {
    const model = await trainContextPopularity(weathered);
    const order = (context: Context) => [...model.recommend({ history: [], context }, 3).products];
    expect(order(rain)).toEqual([0, 1, 2]);
    expect(order(sun)).toEqual([0, 2, 1]);
    expect([...model.recommend({ history: [] }, 3).products]).toEqual([0, 2, 1]);
  });

  it("multiplies a score by the lift that is told of the product", async () => {
    const lifts = await fitContextLifts(weathered);
    const model = await trainContextPopularity(weathered, { confidence: 0.9 });
    const { products, scores } = model.recommend({ history: [], context: rain }, 5);
    for (const [place, product] of products.entries()) {
      expect(scores[place]).toBeCloseTo(lifts.shares[product] * liftIn(lifts, rain, product), 9);
    }
  });

  it("gives a small segment nearly the bestsellers of all", async () => {
    const country = (code: string): Context => ({ country: code });
    const data = shopOf(3, [
      ...times(500, [0, country("DE")] as const),
      ...times(300, [1, country("DE")] as const),
      ...times(3, [2, country("LI")] as const),
    ]);
    const model = await trainContextPopularity(data);
    expect([...model.recommend({ history: [], context: country("LI") }, 2).products]).toEqual([0, 1]);
  });

  it("names the circumstances that moved a product", async () => {
    const model = await trainContextPopularity(weathered);
    const [[label, lift]] = model.circumstances({ history: [], context: rain }, 1);
    expect(label).toBe("weather=rain");
    expect(lift).toBeGreaterThan(2);
    expect(model.circumstances({ history: [] }, 1)).toEqual([]);
  });

  it("raises scores below zero too, and leaves what lies behind the pool behind it", async () => {
    const base = createLeaderboard("popularity", 5, {
      products: Uint32Array.of(0, 1, 2, 3, 4),
      scores: Float64Array.of(-1, -1.1, -1.2, -1.3, -1.4),
    });
    const model = createContextual(base, await fitContextLifts(weathered), { pool: 2 });
    const { products, scores } = model.recommend({ history: [], context: rain }, 5);
    expect([...products]).toEqual([1, 0, 2, 3, 4]);
    expect(scores).toEqual(scores.toSorted().reverse());
  });

  it("refuses lifts of another catalogue and damaged files", async () => {
    const lifts = await fitContextLifts(weathered);
    const base = createLeaderboard("popularity", 2, { products: new Uint32Array(), scores: new Float64Array() });
    expect(() => createContextual(base, lifts)).toThrow(InvalidInput);
    const file = (await trainContextPopularity(weathered)).save();
    const columns = { ...file.columns, lifts: new Float32Array(file.columns["lifts"].length) };
    await expect(loadContextual({ ...file, columns })).rejects.toThrow(InvalidFile);
    await expect(loadContextual(file, {})).rejects.toThrow(InvalidFile);
  });
});

describe("the clock of a place", () => {
  it("tells daypart, weekday and season where the shopper is", () => {
    const at = Date.UTC(2026, 6, 3, 23, 30);
    expect(clock(at)).toEqual({ daypart: "evening", weekday: "friday", season: "summer" });
    expect(createContextClock({ timeZone: "Europe/Berlin" })(at)).toEqual({
      daypart: "night",
      weekday: "saturday",
      season: "summer",
    });
    expect(createContextClock({ timeZone: "Australia/Sydney", hemisphere: "south" })(at).season).toBe("winter");
  });

  it("follows summer time", () => {
    const berlin = createContextClock({ timeZone: "Europe/Berlin" });
    // 11:30 UTC is 12:30 in winter and 13:30 in summer; 10:30 UTC is 11:30 and 12:30.
    expect(berlin(Date.UTC(2026, 0, 5, 10, 30)).daypart).toBe("morning");
    expect(berlin(Date.UTC(2026, 6, 6, 10, 30)).daypart).toBe("afternoon");
  });

  it("counts December to the winter that follows", () => {
    const seasons = [0, 2, 5, 8, 11].map((month) => clock(Date.UTC(2026, month, 15))["season"]);
    expect(seasons).toEqual(["winter", "spring", "summer", "autumn", "winter"]);
  });

  it("refuses places and times that are none", () => {
    expect(() => createContextClock({ timeZone: "Atlantis" })).toThrow(InvalidOption);
    expect(() => clock(NaN)).toThrow(InvalidInput);
    expect(clock(-40 * 365 * day)["weekday"]).toBe("saturday");
  });
});
