import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { TopK, topOf } from "./top-k.ts";

/** Few distinct values, so that ties are common. */
const anyScore = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(Infinity, -Infinity, Number.NaN));

/** What sorting would give: best first, ties to the lower index, NaN never. */
function sortedTop(scores: readonly number[], count: number): [number, number][] {
  return scores
    .map((score, index): [number, number] => [index, score])
    .filter(([, score]) => !Number.isNaN(score))
    .toSorted(([i1, s1], [i2, s2]) => (s1 === s2 ? i1 - i2 : s2 - s1))
    .slice(0, count);
}

const pairs = ({ products, scores }: { products: Uint32Array; scores: Float64Array }) =>
  Array.from(products, (product, place): [number, number] => [product, scores[place]]);

describe("the k best", () => {
  it("are those that sorting would put first, in whatever order they come", () => {
    const anyOffers = fc
      .array(anyScore, { maxLength: 40 })
      .chain((scores) =>
        fc.tuple(fc.constant(scores), fc.shuffledSubarray([...scores.keys()], { minLength: scores.length })),
      );
    fc.assert(
      fc.property(anyOffers, fc.nat(45), ([scores, arrival], count) => {
        const best = new TopK(count);
        for (const index of arrival) best.offer(index, scores[index]);
        expect(pairs(best.ranked())).toEqual(sortedTop(scores, count));
        expect(best.size).toBe(sortedTop(scores, count).length);
        expect(pairs(topOf(scores, count))).toEqual(sortedTop(scores, count));
      }),
    );
  });

  it("admit exactly what they would keep", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4 })),
        fc.nat(5),
        fc.integer({ min: 0, max: 4 }),
        (scores, count, next) => {
          const best = new TopK(count);
          for (const [index, score] of scores.entries()) best.offer(index, score);
          const admitted = best.admits(scores.length, next);
          best.offer(scores.length, next);
          expect(Array.from(best.ranked().products).includes(scores.length)).toBe(admitted);
        },
      ),
    );
  });

  it("stay when they are looked at", () => {
    const best = new TopK(2);
    best.offer(7, 0.5);
    expect(best.ranked()).toEqual(best.ranked());
    best.offer(3, 0.9);
    best.offer(1, 0.1);
    expect(pairs(best.ranked())).toEqual([
      [3, 0.9],
      [7, 0.5],
    ]);
  });

  it("need a count that is an integer of at least zero", () => {
    for (const count of [-1, 1.5, Number.NaN]) expect(() => new TopK(count)).toThrow(InvalidOption);
    expect(topOf([1, 2], Infinity).products).toEqual(Uint32Array.of(1, 0));
  });
});
