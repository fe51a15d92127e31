import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { readModel, writeModel } from "../files/model-file.ts";
import { incidence } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import { createRandom } from "../random/generator.ts";
import type { CustomerBaskets } from "../history/customer-baskets.ts";
import { weighAttributes } from "../sequences/index.ts";
import { splitPurchases } from "./purchase-fit.ts";
import { markPurchases, mixPurchases } from "./purchase-mix.ts";
import { loadPurchaseRanker, trainPurchaseRanker } from "./purchase-ranker.ts";
import { purchaseBuilds } from "./purchase-settings.ts";

for (const build of purchaseBuilds) {
  describeModel(
    `the ${build} purchase ranker`,
    (view, controls) => trainPurchaseRanker(view, { build, ...controls }),
    loadPurchaseRanker,
  );
}

const day = 86_400_000;

/** Customers who buy one staple again and again, and walk a ring road of novelties beside it. */
function ringRoad(customers: number, baskets = 6): CustomerBaskets {
  const random = createRandom("ring road of baskets");
  const row: number[] = [];
  const column: number[] = [];
  const basketCustomer: number[] = [];
  for (let customer = 0; customer < customers; customer++) {
    const staple = 40 + random.integer(10);
    let novelty = random.integer(40);
    for (let basket = 0; basket < baskets; basket++) {
      row.push(basketCustomer.length, basketCustomer.length);
      column.push(staple, novelty);
      basketCustomer.push(customer);
      novelty = (novelty + (random.next() < 0.8 ? 1 : 2)) % 40;
    }
  }
  const rows = basketCustomer.length;
  return {
    baskets: incidence({ rows, columns: 50, row, column }),
    basketAt: Float64Array.from({ length: rows }, (_, basket) => (basket % baskets) * day),
    basketCustomer: Int32Array.from(basketCustomer),
    customerCount: customers,
    productCount: 50,
  };
}

const asked = { history: [7, 44, 8, 44, 9, 44], basketEnds: [2, 4, 6] };

describe("a purchase ranker", () => {
  it("fits its weights to the shop where enough customers came back, and learns what they do", async () => {
    const model = await trainPurchaseRanker(ringRoad(400));
    expect(model.fittedOn).toBe(400);
    expect([...model.recommend({ ...asked, repeats: true }, 2).products].toSorted((a, b) => a - b)).toEqual([10, 44]);
    expect(model.recommend(asked, 1).products[0]).toBe(10);
  });

  it("fits on the last days, or to the order of the catalogue, where it is told to", async () => {
    const model = await trainPurchaseRanker(ringRoad(300), {
      build: "full",
      reach: "catalogue",
      heldBack: { days: 1 },
    });
    expect(model.fittedOn).toBe(300);
    expect(model.recommend(asked, 1).products[0]).toBe(10);
  });

  it("serves default weights to a shop with few customers, and says so", async () => {
    const model = await trainPurchaseRanker(ringRoad(40));
    expect(model.fittedOn).toBe(0);
    expect(model.recommend({ ...asked, repeats: true }, 1).products[0]).toBe(44);
  });

  it("can be kept from reading what was held back", async () => {
    const data = ringRoad(40);
    const before = await trainPurchaseRanker(data, { readsHeldBack: false });
    const older = splitPurchases(data, "last-basket").older;
    const trained = await trainPurchaseRanker(older, { mostCustomers: 0 });
    expect(before.recommend(asked, 10)).toEqual(trained.recommend(asked, 10));
  });

  it("ranks every product that may be answered, also those no signal speaks for", async () => {
    const model = await trainPurchaseRanker(ringRoad(40));
    const { products } = model.recommend(asked, 50);
    expect(products).toHaveLength(46);
    expect(new Set(products).size).toBe(46);
  });

  it("marks what is bought again, and keeps the share of it that the shop asks for", async () => {
    const model = await trainPurchaseRanker(ringRoad(400));
    const shareOfRepeats = (repeatShare: number): number =>
      model.nextBasket(asked, 4, { repeatShare }).filter(({ habit }) => habit === "repeat").length;
    expect([0, 0.25, 0.5, 0.75, 1].map(shareOfRepeats)).toEqual([0, 1, 2, 3, 4]);
    const byScore = model.nextBasket(asked, 2).map(({ product, habit }) => `${product} ${habit}`);
    expect(byScore.sort()).toEqual(["10 explore", "44 repeat"]);
    expect(() => model.nextBasket(asked, 4, { repeatShare: 1.5 })).toThrow(InvalidOption);
  });

  it("says what each signal added, and which purchases speak", async () => {
    const model = await trainPurchaseRanker(ringRoad(400));
    const { products, scores } = model.recommend(asked, 3);
    const shares = model.signalsOf(asked, products[0]);
    expect(shares.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(scores[0], 5);
    expect(shares.map(({ signal }) => signal)).toContain("follows");
    expect(model.explain(asked, products[0]).map(({ product }) => product)).toContain(9);
  });

  it("finds a product without sales by what the catalogue says of it", async () => {
    const data = ringRoad(40);
    const wider = { ...data, productCount: 51, baskets: { ...data.baskets, columns: 51 } };
    const cells = { rows: 51, columns: 3, row: [9, 50, ...Array(40).keys()], column: [0, 0, ...Array(40).fill(1)] };
    const attributes = weighAttributes(incidence(cells));
    const model = await trainPurchaseRanker(wider, { build: "next-item", attributes });
    expect(model.signalsOf({ history: [9] }, 50)[0].signal).toBe("alike");
    const loaded = await loadPurchaseRanker(readModel(writeModel(model.save())));
    expect(loaded.recommend({ history: [9] }, 10)).toEqual(model.recommend({ history: [9] }, 10));
  });

  it("refuses settings and questions that make no sense", async () => {
    const data = ringRoad(3);
    await expect(trainPurchaseRanker(data, { heldBack: { days: 0 } })).rejects.toThrow(InvalidOption);
    await expect(trainPurchaseRanker(data, { mostCustomers: -1 })).rejects.toThrow(InvalidOption);
    const attributes = weighAttributes(incidence({ rows: 2, columns: 1, row: [0], column: [0] }));
    await expect(trainPurchaseRanker(data, { attributes })).rejects.toThrow(/attributes.rows/);
    const model = await trainPurchaseRanker(data);
    expect(() => model.recommend({ history: [1, 2], basketEnds: [2, 1] }, 3)).toThrow(InvalidInput);
    expect(() => model.recommend({ history: [1, 2], basketEnds: [1] }, 3)).toThrow(/end with the history/);
  });
});

describe("mixing repeats and novelties", () => {
  it("answers each product once, as many as there are, whatever the share", () => {
    const anyMix = fc.record({
      repeats: fc.uniqueArray(fc.nat(14)),
      explores: fc.uniqueArray(fc.integer({ min: 15, max: 30 })),
      count: fc.nat(20),
      repeatShare: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(anyMix, ({ repeats, explores, count, repeatShare }) => {
        const mark = (products: readonly number[]) =>
          markPurchases(
            { products: Uint32Array.from(products), scores: Float64Array.from(products, (_, place) => -place) },
            new Set(repeats),
          );
        const mixed = mixPurchases(mark(repeats), mark(explores), { count, repeatShare });
        expect(mixed).toHaveLength(Math.min(count, repeats.length + explores.length));
        expect(new Set(mixed.map(({ product }) => product)).size).toBe(mixed.length);
        for (const { product, habit } of mixed) expect(habit === "repeat").toBe(product < 15);
      }),
    );
  });
});
