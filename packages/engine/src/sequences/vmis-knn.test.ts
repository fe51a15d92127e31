import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { groupByRow, type Incidence } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import { loadVmisKnn, trainVmisKnn } from "./vmis-knn.ts";

describeModel("VMIS-kNN", trainVmisKnn, loadVmisKnn);
describeModel(
  "VMIS-kNN with few neighbours and a long memory",
  (view, controls) => trainVmisKnn(view, { m: 6, k: 3, maxItems: 12, idfWeight: 0, ...controls }),
  loadVmisKnn,
);

/** Sessions, oldest first. */
function sessionsOf(columns: number, lists: readonly (readonly number[])[]): { sessions: Incidence } {
  const row = lists.flatMap((products, index) => products.map(() => index));
  return { sessions: groupByRow({ rows: lists.length, columns, row, column: lists.flat() }) };
}

describe("VMIS-kNN", () => {
  it("scores by the formula of the paper, by hand", async () => {
    const data = sessionsOf(5, [
      [0, 1, 2],
      [1, 3],
    ]);
    const model = await trainVmisKnn(data, { maxItems: 2, idfWeight: 0 });
    const { products, scores } = model.recommend({ history: [0, 1] }, 5);
    // Similarities 1.5 and 1, newest match one step back of ten for both.
    expect([...products]).toEqual([2, 3]);
    expect(scores[0]).toBeCloseTo(0.9 * (2 / 2 + 1 / 2), 12);
    expect(scores[1]).toBeCloseTo(0.9, 12);
  });

  it("prefers the rarer of two products", async () => {
    const model = await trainVmisKnn(sessionsOf(5, [[1], [1], [1], [0, 1, 2]]));
    expect([...model.recommend({ history: [0] }, 5).products]).toEqual([2, 1]);
  });

  it("does not count a product twice that a session shows twice", async () => {
    const once = await trainVmisKnn(sessionsOf(3, [[0, 1, 2]]));
    const twice = await trainVmisKnn(sessionsOf(3, [[0, 1, 0, 1, 2, 1]]));
    expect(twice.recommend({ history: [0] }, 3)).toEqual(once.recommend({ history: [0] }, 3));
  });

  it("looks at the most recent sessions only", async () => {
    const data = sessionsOf(4, [
      [0, 1],
      [0, 2],
      [0, 3],
    ]);
    const model = await trainVmisKnn(data, { m: 2 });
    expect(model.recommend({ history: [0] }, 4).products.toSorted()).toEqual(Uint32Array.of(2, 3));
  });

  it("keeps the newer of two sessions that are equally similar", async () => {
    const data = sessionsOf(3, [
      [0, 1],
      [0, 2],
    ]);
    const model = await trainVmisKnn(data, { k: 1 });
    expect([...model.recommend({ history: [0] }, 4).products]).toEqual([2]);
  });

  it("leaves the session of a robot out", async () => {
    const people = Array.from({ length: 300 }, () => [0, 1]);
    const robot = Array.from({ length: 50 }, (_, product) => product);
    const model = await trainVmisKnn(sessionsOf(50, [...people, robot]));
    expect([...model.recommend({ history: [0] }, 50).products]).toEqual([1]);
  });

  it("never lets a match far back count against a product", async () => {
    const model = await trainVmisKnn(
      sessionsOf(20, [
        [0, 19],
        [15, 18],
      ]),
      { maxItems: 20, idfWeight: 0 },
    );
    const history = Array.from({ length: 16 }, (_, product) => product);
    expect([...model.recommend({ history }, 5).products]).toEqual([18]);
  });

  it("shares an explanation by what each product of the history added", async () => {
    const data = sessionsOf(4, [
      [0, 3],
      [1, 3],
    ]);
    const model = await trainVmisKnn(data, { maxItems: 2 });
    const shares = model.explain({ history: [0, 1] }, 3);
    // 0.9 x 2/2 for the newest product, 0.8 x 1/2 for the one before.
    expect(shares.map(({ product }) => product)).toEqual([1, 0]);
    expect(shares[0].share).toBeCloseTo(0.9 / 1.3, 12);
  });

  it("agrees with a plain reading of the paper on any sessions", async () => {
    const lists = fc.array(fc.array(fc.nat(9), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 40 });
    const settings = fc.record({
      m: fc.integer({ min: 1, max: 12 }),
      k: fc.integer({ min: 1, max: 8 }),
      maxItems: fc.integer({ min: 1, max: 14 }),
    });
    const anyHistory = fc.array(fc.nat(9), { minLength: 1, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(lists, settings, anyHistory, async (sessions, options, history) => {
        const model = await trainVmisKnn(sessionsOf(10, sessions), { ...options, idfWeight: 0 });
        const expected = plainVmisKnn(sessions, options, history);
        const { products, scores } = model.recommend({ history, repeats: true }, 10);
        expect(new Set(products)).toEqual(new Set(expected.keys()));
        for (const [place, product] of products.entries()) {
          expect(scores[place]).toBeCloseTo(expected.get(product) ?? NaN, 9);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("says which setting is wrong", async () => {
    for (const options of [{ m: 0 }, { k: 1.5 }, { maxItems: 0 }, { idfWeight: -1 }]) {
      await expect(trainVmisKnn(sessionsOf(1, [[0]]), options)).rejects.toThrow(InvalidOption);
    }
  });
});

/** VMIS-kNN with sets and sorting, straight from the formulas: slow and easy to check. */
function plainVmisKnn(
  lists: readonly (readonly number[])[],
  { m, k, maxItems }: { m: number; k: number; maxItems: number },
  history: readonly number[],
): Map<number, number> {
  const all = lists.map((products, time) => ({ time, products: new Set(products) })).toReversed();
  const lengths = all.map(({ products }) => products.size).toSorted((a, b) => a - b);
  const longest = lengths[Math.ceil(0.995 * lengths.length) - 1];
  const kept = all.filter(({ products }) => products.size <= longest);

  const window = history.slice(-maxItems);
  const backwards = window.toReversed();
  const distinct = new Set(backwards);
  const recent = kept
    .filter(({ products }) =>
      [...distinct].some((product) => {
        const holders = kept.filter((session) => session.products.has(product)).slice(0, m);
        return holders.some((session) => session.products === products);
      }),
    )
    .slice(0, m);
  const decayOf = (product: number) => window.length - backwards.indexOf(product);
  const neighbours = recent
    .map((session) => {
      const shared = [...distinct].filter((product) => session.products.has(product));
      return { ...session, similarity: shared.reduce((sum, product) => sum + decayOf(product), 0) };
    })
    .toSorted((a, b) => b.similarity - a.similarity)
    .slice(0, k);

  const scores = new Map<number, number>();
  for (const { products, similarity } of neighbours) {
    const place = backwards.findIndex((product) => products.has(product)) + 1;
    const vote = (similarity / distinct.size) * Math.max(0, 1 - place / 10);
    if (vote > 0) for (const product of products) scores.set(product, (scores.get(product) ?? 0) + vote);
  }
  return scores;
}
