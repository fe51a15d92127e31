import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { incidence } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import type { DatedBaskets } from "./basket-weights.ts";
import { loadTrending, trainTrending } from "./trending.ts";

describeModel("trending", trainTrending, loadTrending, { hasCheckerboard: false });

const day = 86_400_000;

/**
 * A shop in which product 0 sells all the time. `sales` are baskets of products 1, 2 ... a fortnight: in the last one,
 * and in each of the four before.
 */
function shop(everyday: { last: number; before: number }, ...sales: readonly { last: number; before: number }[]) {
  const ages: number[] = [];
  const column: number[] = [];
  for (const [product, { last, before }] of [everyday, ...sales].entries()) {
    for (let fortnight = 0; fortnight < 5; fortnight++) {
      const count = fortnight === 0 ? last : before;
      for (let i = 0; i < count; i++) {
        ages.push(14 * (fortnight + (i + 0.5) / count));
        column.push(product);
      }
    }
  }
  const data: DatedBaskets = {
    baskets: incidence({ rows: ages.length, columns: 1 + sales.length, row: [...ages.keys()], column }),
    basketAt: Float64Array.from(ages, (age) => -age * day),
    until: 0,
  };
  return data;
}

async function rising(data: DatedBaskets): Promise<{ products: number[]; scores: number[] }> {
  const { products, scores } = (await trainTrending(data)).recommend({ history: [] }, 10);
  return { products: [...products], scores: [...scores] };
}

describe("trending", () => {
  it("shows a product whose sales doubled from 100 to 200, and not one with its first two sales", async () => {
    const data = shop({ last: 2000, before: 2000 }, { last: 2, before: 0 }, { last: 200, before: 100 });
    const { products, scores } = await rising(data);
    expect(products).toEqual([2]);
    expect(scores[0]).toBeGreaterThan(1.4);
    expect(scores[0]).toBeLessThan(2);
  });

  it("shows a new product that sells well from its first day", async () => {
    const data = shop({ last: 2000, before: 2000 }, { last: 60, before: 0 }, { last: 200, before: 100 });
    expect((await rising(data)).products).toEqual([1, 2]);
  });

  it("shows nothing that sells as ever, falls, or does not sell at all", async () => {
    const data = shop(
      { last: 1000, before: 1000 },
      { last: 50, before: 50 },
      { last: 20, before: 80 },
      { last: 0, before: 0 },
    );
    expect((await rising(data)).products).toEqual([]);
  });

  it("is not taken in by a week in which the whole shop sells three times as much", async () => {
    const data = shop({ last: 3000, before: 1000 }, { last: 300, before: 100 }, { last: 900, before: 100 });
    expect((await rising(data)).products).toEqual([2]);
  });

  it("asks for more evidence when told to be more certain", async () => {
    const data = shop({ last: 2000, before: 2000 }, { last: 40, before: 20 });
    const growth = async (confidence: number) =>
      (await trainTrending(data, { confidence })).recommend({ history: [] }, 1).scores[0] ?? 0;
    expect(await growth(0.8)).toBeGreaterThan(await growth(0.9));
  });

  it("shows nothing while there is no past to compare with", async () => {
    const data = shop({ last: 100, before: 0 }, { last: 50, before: 0 });
    expect((await rising(data)).products).toEqual([]);
  });

  it("says which setting is wrong", async () => {
    const data = shop({ last: 1, before: 1 });
    await expect(trainTrending(data, { confidence: 1 })).rejects.toThrow(InvalidOption);
    await expect(trainTrending(data, { recentDays: 0 })).rejects.toThrow(InvalidOption);
    await expect(trainTrending(data, { priorBaskets: 0 })).rejects.toThrow(InvalidOption);
  });
});
