import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { groupByRow, type Incidence } from "../matrix/sparse.ts";
import { countTransitions, type Transitions } from "./transitions.ts";

function sessionsOf(columns: number, lists: readonly (readonly number[])[]): Incidence {
  const row = lists.flatMap((products, session) => products.map(() => session));
  return groupByRow({ rows: lists.length, columns, row, column: lists.flat() });
}

function rowsOf({ offsets, targets, ...columns }: Transitions, product: number) {
  return Array.from(targets.subarray(offsets[product], offsets[product + 1]), (target, i) => ({
    target,
    next: columns.next[offsets[product] + i],
    skip: columns.skip[offsets[product] + i],
    back: columns.back[offsets[product] + i],
  }));
}

const options = { fadeDays: 5, rowLength: 10 };

describe("transitions", () => {
  it("count what comes next, what comes within steps, and what came before", async () => {
    const sessions = sessionsOf(4, [[0, 1, 2]]);
    const transitions = await countTransitions({ sessions, age: Float32Array.of(0) }, options);
    const faded = Math.fround(0.6);
    expect(rowsOf(transitions, 0)).toEqual([
      { target: 1, next: 1, skip: 1, back: 0 },
      { target: 2, next: 0, skip: faded, back: 0 },
    ]);
    expect(rowsOf(transitions, 1)).toEqual([
      { target: 2, next: 1, skip: 1, back: 0 },
      { target: 0, next: 0, skip: 0, back: 1 },
    ]);
    expect(rowsOf(transitions, 3)).toEqual([]);
  });

  it("count newer sessions for more", async () => {
    const sessions = sessionsOf(3, [
      [0, 1],
      [0, 2],
    ]);
    const transitions = await countTransitions({ sessions, age: Float32Array.of(5, 0) }, options);
    expect(rowsOf(transitions, 0).map(({ target }) => target)).toEqual([2, 1]);
    expect(transitions.next[1]).toBeCloseTo(Math.exp(-1), 6);
  });

  it("keep the strongest a row, and totals over all of them", async () => {
    const sessions = sessionsOf(4, [
      [0, 1],
      [0, 1],
      [0, 2],
      [0, 3],
    ]);
    const age = new Float32Array(4);
    const transitions = await countTransitions({ sessions, age }, { ...options, rowLength: 1 });
    expect(rowsOf(transitions, 0).map(({ target }) => target)).toEqual([1]);
    expect(transitions.nextTotal[0]).toBe(4);
  });

  it("lead as far as ten steps and never out of a session", async () => {
    const long = Array.from({ length: 13 }, (_, product) => product);
    const sessions = sessionsOf(14, [long, [13]]);
    const transitions = await countTransitions({ sessions, age: new Float32Array(2) }, { ...options, rowLength: 20 });
    expect(rowsOf(transitions, 0).map(({ target }) => target)).toEqual(long.slice(1, 11));
    expect(rowsOf(transitions, 13)).toEqual([]);
  });

  it("go back as often as they go forth", async () => {
    const anyLists = fc.array(fc.array(fc.nat(5), { maxLength: 14 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(anyLists, async (lists) => {
        const age = new Float32Array(lists.length);
        const { skipTotal, backTotal } = await countTransitions({ sessions: sessionsOf(6, lists), age }, options);
        const sum = (column: Float32Array): number => column.reduce((total, value) => total + value, 0);
        expect(sum(skipTotal)).toBeCloseTo(sum(backTotal), 3);
      }),
      { numRuns: 50 },
    );
  });

  it("refuse settings that make no sense", async () => {
    const log = { sessions: sessionsOf(1, [[0]]), age: new Float32Array(1) };
    await expect(countTransitions(log, { ...options, fadeDays: 0 })).rejects.toThrow(InvalidOption);
    await expect(countTransitions(log, { ...options, rowLength: 0.5 })).rejects.toThrow(InvalidOption);
  });
});
