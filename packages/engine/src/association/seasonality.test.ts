import { beforeAll, describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { createRandom } from "../random/generator.ts";
import { basketsOf } from "./baskets.ts";
import { seasonalCompanions, seasonOf } from "./season.ts";
import { measureSeasonality, type Seasonality } from "./seasonality.ts";

const day = 86_400_000;
const [candle, wreath, sunscreen, growing, launched, fad] = [0, 1, 2, 3, 4, 5];
const plain = 6;
const products = 40;
const begin = Date.UTC(2023, 0, 1);

/** Three years of a shop that is busy in December and grows; `random` alone decides what plain products do. */
function shop(seed: string, years = 3) {
  const random = createRandom(seed);
  const orders: number[][] = [];
  const times: number[] = [];
  for (let at = 0; at < years * 365; at++) {
    const time = begin + at * day;
    const month = new Date(time).getUTCMonth();
    const busy = (month === 11 ? 24 : 10) * (1 + at / 1095);
    for (let order = 0; order < busy; order++) {
      const december = month >= 10;
      const basket = [plain + random.integer(products - plain), plain + random.integer(products - plain)];
      if (random.next() < (december ? 0.2 : 0.04)) basket.push(candle);
      if (random.next() < (december ? 0.12 : 0.03)) basket.push(wreath);
      if (random.next() < (month >= 5 && month <= 7 ? 0.2 : 0.05)) basket.push(sunscreen);
      if (random.next() < 0.02 * 3 ** (at / 365)) basket.push(growing);
      if (at >= 660 && random.next() < 0.1) basket.push(launched);
      if (random.next() < (at > 420 && at < 445 ? 0.5 : 0.02)) basket.push(fad);
      orders.push(basket);
      times.push(time + order * 60_000);
    }
  }
  return { baskets: basketsOf(orders, products), basketAt: Float64Array.from(times) };
}

let months: Seasonality;
beforeAll(async () => {
  months = await measureSeasonality(shop("three years"));
});

describe("seasons by month", () => {
  it("are found where they are, and their indices say how much", () => {
    expect([candle, wreath, sunscreen].map((product) => months.isSeasonal[product])).toEqual([1, 1, 1]);
    const season = seasonOf(months, candle);
    expect(season[11].index).toBeGreaterThan(2);
    expect(season[11].lower).toBeGreaterThan(1.5);
    expect(season[5].upper).toBeLessThan(1);
    for (const { lower, index, upper } of season) expect(lower <= index && index <= upper).toBe(true);
  });

  it("are not what merely grows, was launched in autumn, or was a fad for a month", () => {
    expect([growing, launched, fad].map((product) => months.isSeasonal[product])).toEqual([0, 0, 0]);
    expect(months.yearlyGrowth[growing]).toBeGreaterThan(2);
    expect(months.dispersion[fad]).toBeGreaterThan(2);
  });

  it("are hardly ever found by chance, however busy December is for all", () => {
    let found = 0;
    for (let product = plain; product < products; product++) found += months.isSeasonal[product];
    expect(found).toBeLessThanOrEqual(1);
    expect(months.facts.testedSeries).toBe(products);
  });

  it("have companions in season at the same time", () => {
    const [first] = seasonalCompanions(months, candle, 5);
    expect(first.series).toBe(wreath);
    expect(first.similarity).toBeGreaterThan(0.9);
    expect(seasonalCompanions(months, candle, 5).map(({ series }) => series)).not.toContain(sunscreen);
    expect(seasonalCompanions(months, plain, 5)).toEqual([]);
  });

  it("cannot be told from a single year", async () => {
    const year = await measureSeasonality(shop("one year", 1));
    expect(year.facts.testedSeries).toBe(0);
    expect(year.isSeasonal).toEqual(new Uint8Array(products));
    expect(year.index[candle * 12 + 11]).toBeGreaterThan(2);
  });

  it("can be those of categories", async () => {
    const labelOf = Int32Array.from({ length: products }, (_, product) =>
      product <= wreath ? 0 : product < 30 ? 1 : -1,
    );
    const categories = await measureSeasonality(shop("three years"), { labels: { labelOf, size: 2 } });
    expect(categories.isSeasonal[0]).toBe(1);
    expect(categories.index[11]).toBeGreaterThan(1.6);
  });
});

describe("seasons by the shop's own clock", () => {
  /** Two hundred days around the end of summer time, an order at seven in the evening and one at noon, Berlin time. */
  async function evenings(timeZone: string) {
    const orders: number[][] = [];
    const times: number[] = [];
    for (let at = 0; at < 200; at++) {
      const midnight = Date.UTC(2026, 6, 15) + at * day;
      const berlin = midnight >= Date.UTC(2026, 9, 25) ? 1 : 2;
      for (const [hour, product] of [
        [12, 0],
        [12, 2],
        [19, 1],
        [19, 2],
      ]) {
        orders.push([product]);
        times.push(midnight + (hour - berlin) * 3_600_000);
      }
    }
    const view = { baskets: basketsOf(orders, 3), basketAt: Float64Array.from(times) };
    return measureSeasonality(view, { period: "hour", timeZone });
  }

  it("keep their hour when the clocks change", async () => {
    const local = await evenings("Europe/Berlin");
    expect(local.isSeasonal).toEqual(Uint8Array.of(1, 1, 0));
    expect(local.observed[1 * 24 + 19]).toBe(199);
    const utc = await evenings("UTC");
    expect(utc.observed[1 * 24 + 17] + utc.observed[1 * 24 + 18]).toBe(199);
  });

  it("know weekdays from Monday and weeks of ISO years", async () => {
    const at = [Date.UTC(2024, 11, 30), Date.UTC(2025, 0, 6), Date.UTC(2027, 0, 3)];
    const view = { baskets: basketsOf([[0], [0], [0]], 1), basketAt: Float64Array.from(at) };
    const weekdays = await measureSeasonality(view, { period: "weekday" });
    expect([...weekdays.observed]).toEqual([1, 0, 0, 0, 0, 0, 1]);
    // The first sale does not count; 2025-01-06 is in week 2 and 2027-01-03 in week 53 of 2026.
    const weeks = await measureSeasonality(view, { period: "week" });
    expect([weeks.observed[0], weeks.observed[1], weeks.observed[52]]).toEqual([0, 1, 1]);
  });
});

describe("seasons of odd shops", () => {
  it("are empty but valid", async () => {
    const none = await measureSeasonality({ baskets: basketsOf([], 2), basketAt: new Float64Array() });
    expect(none.isSeasonal).toEqual(new Uint8Array(2));
    expect(none.index.every((index) => Number.isNaN(index))).toBe(true);
    const same = { baskets: basketsOf([[0], [0]], 1), basketAt: Float64Array.of(5, 5) };
    expect((await measureSeasonality(same)).pValue[0]).toBe(1);
  });

  it("are refused where time runs backwards or a setting is wrong", async () => {
    const baskets = basketsOf([[0], [0]], 1);
    await expect(measureSeasonality({ baskets, basketAt: Float64Array.of(2, 1) })).rejects.toThrow(InvalidInput);
    await expect(measureSeasonality({ baskets, basketAt: Float64Array.of(2) })).rejects.toThrow(InvalidInput);
    const fine = { baskets, basketAt: Float64Array.of(1, 2) };
    await expect(measureSeasonality(fine, { timeZone: "Moon" })).rejects.toThrow(InvalidOption);
    const period = JSON.parse('"decade"');
    await expect(measureSeasonality(fine, { period })).rejects.toThrow(InvalidOption);
    expect(() => seasonOf(months, products)).toThrow(InvalidOption);
  });

  it("are given up when asked", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(measureSeasonality(shop("three years"), { signal })).rejects.toThrow("enough");
  });
});
