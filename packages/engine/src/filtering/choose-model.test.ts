import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { incidence } from "../matrix/sparse.ts";
import { checkerboard } from "../models/describe-model.ts";
import { chooseByFacts, chooseModel, type HistoryFacts } from "./choose-model.ts";

const grown: HistoryFacts = {
  products: 3000,
  learnableProducts: 2000,
  informativeRows: 20_000,
  byCustomer: true,
  interactions: 200_000,
  density: 0.005,
  medianHistory: 8,
};
const choiceOf = (change: Partial<HistoryFacts>) => chooseByFacts({ ...grown, ...change }).choice;

describe("the choice of a model", () => {
  it("follows catalogue size, customers and history", () => {
    expect(choiceOf({})).toBe("ease");
    expect(choiceOf({ products: 40_000 })).toBe("local-ridge");
    expect(choiceOf({ products: 40_000, medianHistory: 3 })).toBe("rp3-beta");
    expect(choiceOf({ interactions: 12_000 })).toBe("item-neighbours");
    expect(choiceOf({ informativeRows: 150 })).toBe("popularity-and-content");
    expect(choiceOf({ learnableProducts: 1 })).toBe("popularity-and-content");
  });

  it("can be moved by a shop with more or less memory", () => {
    expect(chooseByFacts(grown, { largestDenseCatalogue: 1000 }).choice).toBe("local-ridge");
    expect(chooseByFacts({ ...grown, products: 8000 }, { largestDenseCatalogue: 8000 }).choice).toBe("ease");
  });

  it("says why in words, with the figures", () => {
    const { why } = chooseByFacts(grown);
    expect(why[0]).toBe(
      "3,000 products are few enough (at most 5,000) to weigh every product against every other, as EASE does.",
    );
    expect(why.at(-1)).toContain("200,000 purchases");
    for (const change of [{ products: 40_000 }, { interactions: 12_000 }, { informativeRows: 10 }]) {
      expect(chooseByFacts({ ...grown, ...change }).why[0]).toMatch(/\d/);
    }
  });

  it("measures a shop", async () => {
    const { choice, facts } = await chooseModel(checkerboard, { fewestRows: 10 });
    expect(choice).toBe("ease");
    expect(facts).toEqual({
      products: 20,
      learnableProducts: 20,
      informativeRows: 40,
      byCustomer: true,
      interactions: 360,
      density: 0.45,
      medianHistory: 9,
    });
  });

  it("measures baskets where most of them name nobody", async () => {
    const guests = {
      baskets: incidence({ rows: 3, columns: 4, row: [0, 0, 1, 2], column: [0, 1, 0, 3] }),
      basketCustomer: Int32Array.of(-1, -1, 0),
      customerCount: 1,
      productCount: 4,
    };
    const { facts, why } = await chooseModel(guests);
    expect(facts).toMatchObject({ byCustomer: false, informativeRows: 1, medianHistory: 2, interactions: 4 });
    expect(why[0]).toContain("baskets");
  });

  it("has an answer for a shop in which nothing has happened", async () => {
    const empty = {
      baskets: incidence({ rows: 0, columns: 0, row: [], column: [] }),
      basketCustomer: new Int32Array(),
      customerCount: 0,
      productCount: 0,
    };
    expect(await chooseModel(empty)).toMatchObject({ choice: "popularity-and-content", facts: { density: 0 } });
  });

  it("refuses borders and figures that are none", async () => {
    expect(() => chooseByFacts(grown, { fewestRows: 0 })).toThrow(InvalidOption);
    await expect(chooseModel(checkerboard, { minimumSupport: 0 })).rejects.toThrow(InvalidOption);
    expect(() => chooseByFacts({ ...grown, density: NaN })).toThrow(InvalidOption);
  });
});
