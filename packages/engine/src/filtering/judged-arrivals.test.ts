import { describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { incidence } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import {
  loadJudgedArrivals,
  publishedTimes,
  trainJudgedArrivals,
  type Arrivals,
  type JudgedArrivalsOptions,
} from "./judged-arrivals.ts";

const day = 86_400_000;
const until = 1000 * day;

describeModel(
  "judged arrivals",
  (view, controls) => {
    const publishedAt = Float64Array.from({ length: view.productCount }, (_, product) => view.until - product * day);
    return trainJudgedArrivals({ ...view, publishedAt }, controls);
  },
  loadJudgedArrivals,
  { hasCheckerboard: false },
);

/** Products by their age in days and their sales, one basket each. */
function shopOf(...products: readonly { age: number; sales: number }[]): Arrivals {
  const column = products.flatMap(({ sales }, product) => Array.from({ length: sales }, () => product));
  return {
    baskets: incidence({ rows: column.length, columns: products.length, row: [...column.keys()], column }),
    basketAt: new Float64Array(column.length).fill(until - day),
    until,
    publishedAt: products.map(({ age }) => until - age * day),
  };
}

async function arrivals(shop: Arrivals, options?: JudgedArrivalsOptions): Promise<number[]> {
  return [...(await trainJudgedArrivals(shop, options)).recommend({ history: [] }, 20).products];
}

describe("judged arrivals", () => {
  it("show what is new and nothing that is old, not dated, or not there yet", async () => {
    const shop = shopOf(
      { age: 100, sales: 50 },
      { age: 10, sales: 5 },
      { age: NaN, sales: 5 },
      { age: -1, sales: 0 },
      { age: 5, sales: 5 },
    );
    expect(await arrivals(shop)).toEqual([4, 1]);
  });

  it("leave out what had its chance and showed that nobody wants it", async () => {
    const shop = shopOf({ age: 20, sales: 40 }, { age: 21, sales: 0 }, { age: 22, sales: 38 }, { age: 1, sales: 0 });
    expect(await arrivals(shop)).toEqual([0, 2, 3]);
    expect(await arrivals(shop, { minimumQuality: 0 })).toEqual([0, 2, 1, 3]);
  });

  it("prefer the better of two that came together", async () => {
    expect(await arrivals(shopOf({ age: 20, sales: 20 }, { age: 20, sales: 60 }))).toEqual([1, 0]);
  });

  it("keep places for what nobody could judge yet", async () => {
    const known = Array.from({ length: 8 }, (_, place) => ({ age: 20 + place, sales: 30 }));
    const shop = shopOf(...known, { age: 1, sales: 0 }, { age: 0.5, sales: 1 });
    expect(await arrivals(shop, { quota: 0.25 })).toEqual([0, 1, 2, 9, 3, 4, 5, 8, 6, 7]);
    expect((await arrivals(shop, { quota: 0 })).slice(-2)).toEqual([9, 8]);
  });

  it("judge by impressions where the shop counts them", async () => {
    const shop = shopOf({ age: 10, sales: 40 }, { age: 10, sales: 1 }, { age: 10, sales: 1 });
    // The second was hardly shown, the third often.
    const impressions = [1000, 40, 1000];
    expect(await arrivals({ ...shop, impressions }, { quota: 0.5 })).toEqual([0, 1]);
  });

  it("come from the catalogue's dates", () => {
    const product = (id: string, publishedAt?: string) => ({
      id,
      title: id,
      variants: [{ id: `${id}-1`, prices: {} }],
      ...(publishedAt !== undefined && { publishedAt }),
    });
    const dated = createCatalogue({ products: [product("a", "2026-01-01T00:00:00Z"), product("b")] });
    expect([...publishedTimes(dated)]).toEqual([Date.UTC(2026, 0, 1), NaN]);
    expect(() => publishedTimes(createCatalogue({ products: [product("a", "soon")] }))).toThrow(InvalidInput);
  });

  it("refuse columns of other lengths and settings that are none", async () => {
    const shop = shopOf({ age: 1, sales: 1 });
    await expect(arrivals({ ...shop, publishedAt: [] })).rejects.toThrow(InvalidInput);
    await expect(arrivals({ ...shop, impressions: [-1] })).rejects.toThrow(InvalidInput);
    await expect(arrivals(shop, { newDays: 0 })).rejects.toThrow(InvalidOption);
    await expect(arrivals(shop, { quota: 2 })).rejects.toThrow(InvalidOption);
    await expect(arrivals(shop, { priorSales: 0 })).rejects.toThrow(InvalidOption);
  });
});
