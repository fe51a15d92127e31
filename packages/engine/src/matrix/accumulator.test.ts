import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Accumulator, sharedAccumulator } from "./accumulator.ts";

describe("the accumulator", () => {
  it("sums like a map and forgets everything between queries", () => {
    const anyQuery = fc.array(fc.tuple(fc.nat(9), fc.integer({ min: -3, max: 3 })));
    fc.assert(
      fc.property(fc.array(anyQuery, { maxLength: 5 }), (queries) => {
        const accumulator = new Accumulator(10);
        for (const query of queries) {
          const sums = new Map<number, number>();
          for (const [index, amount] of query) {
            accumulator.add(index, amount);
            sums.set(index, (sums.get(index) ?? 0) + amount);
          }
          expect(Array.from(accumulator.touched)).toEqual([...sums.keys()]);
          expect(Array.from(accumulator.values)).toEqual(
            Array.from({ length: 10 }, (_, index) => sums.get(index) ?? 0),
          );
          accumulator.clear();
          expect(accumulator.touched.length).toBe(0);
          expect(accumulator.values.every((value) => value === 0)).toBe(true);
        }
      }),
    );
  });

  it("remembers an entry whose sum came back to zero", () => {
    const accumulator = new Accumulator(3);
    accumulator.add(2, 1);
    accumulator.add(2, -1);
    expect(Array.from(accumulator.touched)).toEqual([2]);
  });

  it("adds a whole row as it would entry by entry", () => {
    const indices = Uint32Array.of(4, 1, 4, 0, 2);
    const amounts = Float32Array.of(0.1, 0.5, 0.3, 1, 7);
    const [row, entries] = [new Accumulator(5), new Accumulator(5)];
    for (const [begin, end] of [
      [0, 3],
      [2, 4],
    ]) {
      row.addRow(indices, amounts, begin, end, 0.7);
      for (let i = begin; i < end; i++) entries.add(indices[i], 0.7 * amounts[i]);
    }
    expect(row.values).toEqual(entries.values);
    expect(row.touched).toEqual(entries.touched);
  });

  it("is one for all who share it, and another one for another size", () => {
    expect(sharedAccumulator(11)).toBe(sharedAccumulator(11));
    expect(sharedAccumulator(12).values).toHaveLength(12);
  });
});
