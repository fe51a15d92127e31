import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { groupByRow, type Incidence } from "../matrix/sparse.ts";
import { findSequentialPatterns, type SequentialPatterns } from "./prefix-span.ts";

function sequencesOf(lists: readonly (readonly number[])[], columns = 6): Incidence {
  const row = lists.flatMap((products, index) => products.map(() => index));
  return groupByRow({ rows: lists.length, columns, row, column: lists.flat() });
}

/** Patterns as "a>b": count. */
function readable({ offsets, products, count }: SequentialPatterns): Record<string, number> {
  return Object.fromEntries(
    Array.from(count, (sequences, pattern) => [
      products.subarray(offsets[pattern], offsets[pattern + 1]).join(">"),
      sequences,
    ]),
  );
}

describe("sequential patterns", () => {
  it("count the sequences in which products come one after the other", async () => {
    const sequences = sequencesOf([
      [0, 1, 2],
      [0, 2, 1],
      [2, 0],
    ]);
    const patterns = await findSequentialPatterns({ sequences }, { minimumSupport: 0.6 });
    expect(readable(patterns)).toEqual({ "0": 3, "1": 2, "2": 3, "0>1": 2, "0>2": 2 });
    expect(patterns.sequenceCount).toBe(3);
  });

  it("count a sequence once, however often it shows a pattern", async () => {
    const patterns = await findSequentialPatterns(
      { sequences: sequencesOf([[0, 1, 0, 1]]) },
      { minimumSupport: 1, longest: 2 },
    );
    expect(readable(patterns)).toEqual({ "0": 1, "1": 1, "0>0": 1, "0>1": 1, "1>0": 1, "1>1": 1 });
  });

  it("keep to the gaps, also where only a later occurrence is near enough", async () => {
    const sequences = sequencesOf([[0, 3, 0, 1, 4, 2]]);
    const near = readable(await findSequentialPatterns({ sequences }, { minimumSupport: 1, maximumGap: 2 }));
    expect(near["0>1>2"]).toBe(1);
    expect(near["3>2"]).toBeUndefined();
    const apart = readable(
      await findSequentialPatterns({ sequences }, { minimumSupport: 1, minimumGap: 2, maximumGap: 3 }),
    );
    expect(apart["0>1"]).toBe(1);
    expect(apart["1>4"]).toBeUndefined();
  });

  it("measure gaps in days where entries have times, and products of one order never follow each other", async () => {
    const data = { sequences: sequencesOf([[0, 1, 2, 3]]), at: [0, 0, 10, 100] };
    const patterns = readable(await findSequentialPatterns(data, { minimumSupport: 1, maximumGap: 90 }));
    expect(
      Object.keys(patterns)
        .filter((pattern) => pattern.includes(">"))
        .sort(),
    ).toEqual(["0>2", "0>2>3", "1>2", "1>2>3", "2>3"].sort());
  });

  it("agree with trying every pattern", async () => {
    const anyLists = fc.array(fc.array(fc.nat(2), { maxLength: 6 }), { minLength: 1, maxLength: 5 });
    const anyGaps = fc.record({ minimumGap: fc.nat(2), extra: fc.constantFrom(0, 1, 3, Infinity) });
    await fc.assert(
      fc.asyncProperty(anyLists, anyGaps, async (lists, { minimumGap, extra }) => {
        const maximumGap = minimumGap + extra;
        const options = { minimumSupport: 0.5, minimumGap, maximumGap, longest: 3 };
        const found = readable(await findSequentialPatterns({ sequences: sequencesOf(lists) }, options));
        const least = Math.ceil(0.5 * lists.length);
        const expected = everyPattern(3, 3)
          .map((pattern) => [
            pattern.join(">"),
            lists.filter((list) => shows(list, pattern, minimumGap, maximumGap)).length,
          ])
          .filter(([, count]) => Number(count) >= least);
        expect(found).toEqual(Object.fromEntries(expected));
      }),
      { numRuns: 100 },
    );
  });

  it("are none where there is nothing to look in", async () => {
    const { count } = await findSequentialPatterns({ sequences: sequencesOf([]) }, { minimumSupport: 0.5 });
    expect(count.length).toBe(0);
  });

  it("refuse wrong settings and times, by name", async () => {
    const sequences = sequencesOf([[0, 1]]);
    for (const wrong of [{ minimumSupport: 0 }, { minimumGap: -1 }, { minimumGap: 3, maximumGap: 2 }, { longest: 0 }]) {
      await expect(findSequentialPatterns({ sequences }, { minimumSupport: 1, ...wrong })).rejects.toThrow(
        InvalidOption,
      );
    }
    for (const at of [[0], [1, 0], [0, NaN]]) {
      await expect(findSequentialPatterns({ sequences, at }, { minimumSupport: 1 })).rejects.toThrow(InvalidInput);
    }
  });

  it("stop when they are called off", async () => {
    const signal = AbortSignal.abort(new Error("no longer needed"));
    const search = findSequentialPatterns({ sequences: sequencesOf([[0]]) }, { minimumSupport: 1, signal });
    await expect(search).rejects.toThrow("no longer needed");
  });
});

/** All runs of up to `longest` products. */
function everyPattern(products: number, longest: number): number[][] {
  if (longest === 0) return [];
  const shorter = everyPattern(products, longest - 1);
  const heads = Array.from({ length: products }, (_, product) => product);
  const longer = shorter
    .filter((pattern) => pattern.length === longest - 1)
    .flatMap((pattern) => heads.map((product) => [...pattern, product]));
  return longest === 1 ? heads.map((product) => [product]) : [...shorter, ...longer];
}

function shows(list: readonly number[], pattern: readonly number[], minimumGap: number, maximumGap: number): boolean {
  const from = (next: number, place: number): boolean =>
    next === pattern.length ||
    list.some((product, at) => {
      const gap = at - place;
      const isNear = next === 0 || (gap > 0 && gap >= minimumGap && gap <= maximumGap);
      return isNear && product === pattern[next] && from(next + 1, at);
    });
  return from(0, 0);
}
