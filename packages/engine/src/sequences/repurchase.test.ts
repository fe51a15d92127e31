import { describe, expect, it } from "vitest";
import { InvalidFile, InvalidInput, InvalidOption } from "../errors.ts";
import { readModel, writeModel } from "../files/model-file.ts";
import { incidence } from "../matrix/sparse.ts";
import { createRandom } from "../random/generator.ts";
import type { CustomerBaskets } from "../history/customer-baskets.ts";
import { loadRepurchase, trainRepurchase } from "./repurchase.ts";

const day = 86_400_000;

/** Coffee (0) every 30 days or so, soap (1) every 60 or so, a lamp (2) once. */
function pantry(customers = 60): CustomerBaskets {
  const random = createRandom("pantry");
  const purchases: { readonly customer: number; readonly product: number; readonly at: number }[] = [];
  for (let customer = 0; customer < customers; customer++) {
    for (const [product, days] of [30, 60].entries()) {
      let at = random.next() * 30 * day;
      for (let time = 0; time < 5; time++) {
        purchases.push({ customer, product, at });
        at += days * (0.8 + 0.4 * random.next()) * day;
      }
    }
    purchases.push({ customer, product: 2, at: customer * day });
  }
  purchases.sort((a, b) => a.at - b.at);
  return {
    baskets: incidence({
      rows: purchases.length,
      columns: 3,
      row: purchases.map((_, row) => row),
      column: purchases.map(({ product }) => product),
    }),
    basketAt: Float64Array.from(purchases, ({ at }) => at),
    basketCustomer: Int32Array.from(purchases, ({ customer }) => customer),
    customerCount: customers,
    productCount: 3,
  };
}

describe("the next purchase of a product", () => {
  it("is expected a usual gap after the last one", async () => {
    const model = await trainRepurchase(pantry());
    expect(model.daysOf(0)).toBeCloseTo(30, -1);
    expect(model.daysOf(1)).toBeCloseTo(60, -1);
    const expected = model.expectProduct(0, [100 * day]);
    expect((expected?.at ?? 0) / day).toBeGreaterThan(125);
    expect((expected?.at ?? 0) / day).toBeLessThan(135);
  });

  it("listens to the customer's own gaps, the more of them the more", async () => {
    const model = await trainRepurchase(pantry());
    const daysAfter = (gaps: number): number => {
      const boughtAt = Array.from({ length: gaps + 1 }, (_, time) => time * 10 * day);
      return ((model.expectProduct(0, boughtAt)?.at ?? 0) - gaps * 10 * day) / day;
    };
    expect(daysAfter(1)).toBeLessThan(daysAfter(0));
    expect(daysAfter(50)).toBeLessThan(12);
  });

  it("takes the shop's gap for a product that nobody bought twice", async () => {
    const model = await trainRepurchase(pantry());
    expect(model.daysOf(2)).toBeGreaterThan(30);
    expect(model.daysOf(2)).toBeLessThan(60);
  });

  it("holds as many purchases between its ends as it says", async () => {
    const model = await trainRepurchase(pantry(60));
    const random = createRandom("later");
    let inside = 0;
    for (let time = 0; time < 1000; time++) {
      const expected = model.expectProduct(0, [0], 0.8);
      const at = 30 * (0.8 + 0.4 * random.next()) * day;
      if (expected && expected.from <= at && at <= expected.until) inside++;
    }
    expect(inside / 1000).toBeGreaterThan(0.75);
  });

  it("joins orders of one day, and expects orders whatever is in them", async () => {
    const model = await trainRepurchase(pantry());
    expect(model.expectOrder([0, 1000, 30 * day])?.ownGaps).toBe(1);
    expect(model.expectOrder([0])?.at).toBeGreaterThan(0);
  });

  it("says nothing where nothing was ever bought twice", async () => {
    const once = await trainRepurchase({ ...pantry(1), basketAt: new Float64Array(11) });
    expect(once.expectProduct(0, [0])).toBeUndefined();
    expect(once.daysOf(0)).toBeNaN();
    expect(once.expectProduct(0, [0, 7 * day])?.at).toBeCloseTo(14 * day, -3);
  });

  it("is the same after it was saved and loaded, and refuses what makes no sense", async () => {
    const model = await trainRepurchase(pantry());
    const loaded = await loadRepurchase(readModel(writeModel(model.save())));
    expect(loaded.expectProduct(1, [0, 50 * day])).toEqual(model.expectProduct(1, [0, 50 * day]));
    expect(() => model.expectProduct(3, [0])).toThrow(InvalidInput);
    expect(() => model.expectProduct(0, [])).toThrow(/at least one purchase/);
    expect(() => model.expectProduct(0, [5, 1])).toThrow(/ascending/);
    expect(() => model.expectProduct(0, [5], 1)).toThrow(/between 0 and 1/);
    await expect(trainRepurchase(pantry(), { shrinkage: 0 })).rejects.toThrow(InvalidOption);
    await expect(loadRepurchase({ ...model.save(), kind: "another" })).rejects.toThrow(InvalidFile);
    await expect(loadRepurchase({ ...model.save(), columns: {} })).rejects.toThrow(InvalidFile);
  });
});
