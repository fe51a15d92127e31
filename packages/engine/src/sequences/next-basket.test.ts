import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { incidence } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import type { CustomerBaskets } from "../history/customer-baskets.ts";
import { loadNextBasketFrequency, trainNextBasketFrequency } from "./next-basket-frequency.ts";
import { loadNextBasketNeighbours, trainNextBasketNeighbours } from "./next-basket-neighbours.ts";
import { loadTifuKnn, trainTifuKnn } from "./tifu-knn.ts";

describeModel("next basket by frequency", trainNextBasketFrequency, loadNextBasketFrequency, {
  hasCheckerboard: false,
});
describeModel("next basket by neighbours", trainNextBasketNeighbours, loadNextBasketNeighbours);
// The nearest 300 of 40 customers are all of them, so that everybody is answered alike.
describeModel("TIFU-KNN", trainTifuKnn, loadTifuKnn, { hasCheckerboard: false });

/** Baskets in order, a list for each customer. */
function shopOf(customers: readonly (readonly (readonly number[])[])[], productCount: number): CustomerBaskets {
  const baskets = customers.flatMap((own, customer) => own.map((products) => ({ customer, products })));
  return {
    baskets: incidence({
      rows: baskets.length,
      columns: productCount,
      row: baskets.flatMap(({ products }, row) => products.map(() => row)),
      column: baskets.flatMap(({ products }) => [...products]),
    }),
    basketAt: new Float64Array(baskets.length),
    basketCustomer: Int32Array.from(baskets, ({ customer }) => customer),
    customerCount: customers.length,
    productCount,
  };
}

describe("what is bought most often", () => {
  it("puts the customer's own habits first, ties by popularity, then what everybody buys", async () => {
    const model = await trainNextBasketFrequency(
      shopOf(
        [
          [
            [0, 1],
            [1, 2],
            [1, 3],
          ],
          [[3], [3, 4]],
        ],
        6,
      ),
    );
    const { products } = model.recommend({ history: [0, 5, 3, 5], basketEnds: [2, 4], repeats: true }, 6);
    expect([...products]).toEqual([5, 3, 0, 1, 2, 4]);
  });
});

describe("neighbours by baskets", () => {
  it("vote by how alike they are and by how often they buy", async () => {
    const shop = shopOf(
      [
        [
          [0, 1],
          [0, 1],
        ],
        [
          [0, 1],
          [0, 2],
        ],
        [[3], [4]],
      ],
      5,
    );
    const model = await trainNextBasketNeighbours(shop);
    const { products, scores } = model.recommend({ history: [0] }, 5);
    expect([...products]).toEqual([1, 2]);
    // Likeness by hand: shares (1, 1) and (1, .5, .5), alpha .75: 1/2^.25 and 1/1.5^.25.
    expect(scores[0]).toBeCloseTo(2 ** -0.25 + 0.5 * 1.5 ** -0.25, 9);
    expect(scores[1]).toBeCloseTo(0.5 * 1.5 ** -0.25, 9);
  });

  it("forget what is older than the recency", async () => {
    const shop = shopOf([[[0], [1], [2]]], 3);
    const model = await trainNextBasketNeighbours(shop, { recency: 1 });
    expect([...model.recommend({ history: [2], repeats: true }, 3).products]).toEqual([2]);
    await expect(trainNextBasketNeighbours(shop, { recency: 0 })).rejects.toThrow(InvalidOption);
  });
});

describe("TIFU-KNN", () => {
  it("fades baskets within and across groups", async () => {
    const model = await trainTifuKnn(shopOf([[[0]]], 4), { groups: 2, ownShare: 1, basketDecay: 0.9, groupDecay: 0.5 });
    const { products, scores } = model.recommend({ history: [0, 1, 2, 3], repeats: true }, 4);
    expect([...products]).toEqual([3, 2, 1, 0]);
    // Two groups of two baskets each, by hand: .9^ago x .5^group / 2 baskets / 2 groups.
    const expected = [1 / 4, 0.9 / 4, (0.81 * 0.5) / 4, (0.729 * 0.5) / 4];
    for (const [place, score] of expected.entries()) expect(scores[place]).toBeCloseTo(score, 9);
  });

  it("listens to the nearest customers", async () => {
    const shop = shopOf([[[0, 1]], [[0, 1]], [[2, 3]]], 4);
    const model = await trainTifuKnn(shop, { neighbours: 2 });
    expect([...model.recommend({ history: [0] }, 4).products]).toEqual([1]);
    await expect(trainTifuKnn(shop, { groups: 0 })).rejects.toThrow(InvalidOption);
  });
});
