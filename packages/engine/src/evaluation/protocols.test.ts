import { describe, expect, it } from "vitest";
import { groupByRow, rowOf, type Incidence } from "../matrix/sparse.ts";
import { sealView, type TrainingView } from "../history/training-view.ts";
import { fixedSplit } from "./fixed-split.ts";
import { givenPrefixes, newestSessions } from "./given-prefixes.ts";
import { lastBasket } from "./last-basket.ts";
import { refuseLeaks } from "./leaks.ts";
import { holdOutNewest, leaveOneOut } from "./leave-out.ts";
import type { Split } from "./split.ts";
import { timeSplit } from "./time-split.ts";

function rowsOf(...rows: readonly (readonly number[])[]): Incidence {
  const row = rows.flatMap((products, index) => products.map(() => index));
  return groupByRow({ rows: rows.length, columns: 10, row, column: rows.flat() });
}

/** Questions as [unit, history, what must be found]. */
function asked(split: Pick<Split<unknown>, "questions">): [unit: number, history: number[], relevant: number[]][] {
  return Array.from({ length: split.questions.length }, (_, index) => {
    const { query, relevant, unit } = split.questions.at(index);
    return [unit, Array.from(query.history), [...relevant]];
  });
}

function listed(matrix: Incidence): number[][] {
  return Array.from({ length: matrix.rows }, (_, row) => [...rowOf(matrix, row)]);
}

describe("leave one out", () => {
  const sequences = rowsOf([1, 2, 3], [4], [5, 6, 5], []);

  it("asks for each user's newest product, given all before it", () => {
    const split = leaveOneOut(sequences);
    expect(listed(split.training)).toEqual([[1, 2], [4], [5, 6], []]);
    expect(asked(split)).toEqual([[0, [1, 2], [3]]]);
    // User 2 took 5 again, which masking keeps from being answered.
    expect(split.leftOut).toEqual({ withoutHistory: 0, nothingNew: 1 });
  });

  it("asks for repetitions where they may be answered", () => {
    expect(asked(leaveOneOut(sequences, { repeats: true }))).toEqual([
      [0, [1, 2], [3]],
      [2, [5, 6], [5]],
    ]);
  });

  it("holds out the last but one to validate, applied to its own training part", () => {
    expect(asked(leaveOneOut(leaveOneOut(sequences).training))).toEqual([
      [0, [1], [2]],
      [2, [5], [6]],
    ]);
  });

  it("refuses what learned from the whole sequences", () => {
    const split = leaveOneOut(sequences);
    refuseLeaks(split, split.training);
    expect(() => refuseLeaks(split, sequences)).toThrow(/learnedFrom row 0 must be .* received "product 3"/);
  });
});

describe("the newest share of each row", () => {
  it("is held out, rounded down", () => {
    const split = holdOutNewest(rowsOf([0, 1, 2, 3, 4], [7, 8]), { share: 0.4 });
    expect(asked(split)).toEqual([[0, [0, 1, 2], [3, 4]]]);
    expect(split.protocol).toMatch(/^newest 40 % of each row/);
  });

  it("refuses a share that leaves nothing", () => {
    expect(() => holdOutNewest(rowsOf([1]), { share: 1 })).toThrow(/"share"/);
  });
});

describe("given parts", () => {
  const train = rowsOf([1, 2], [], [3]);
  const test = rowsOf([4, 5], [6], []);

  it("asks for all of a user's test products", () => {
    const split = fixedSplit({ train, test });
    expect(asked(split)).toEqual([[0, [1, 2], [4, 5]]]);
    expect(split.leftOut).toEqual({ withoutHistory: 1, nothingNew: 0 });
  });

  it("refuses parts that overlap, do not match, or were learned from together", () => {
    expect(() => fixedSplit({ train, test: rowsOf([4, 2], [], []) })).toThrow(/train row 0 .* received "product 2"/);
    expect(() => fixedSplit({ train, test: rowsOf([4]) })).toThrow(/shape of the training part, 3 x 10/);
    expect(() => refuseLeaks(fixedSplit({ train, test }), rowsOf([1, 2, 4], [], [3]))).toThrow(/product 4/);
  });
});

describe("prefixes of sessions", () => {
  const train = { sessions: rowsOf([1, 2], [3, 4]), sessionEndedAt: [10, 20] };
  const test = rowsOf([5], [1, 2, 2]);

  it("are each asked for the very next product", () => {
    const split = givenPrefixes({ train, test });
    expect(asked(split)).toEqual([
      [1, [1], [2]],
      [1, [1, 2], [2]],
    ]);
    expect(split.leftOut).toEqual({ sessionsOfOne: 1 });
    expect(split.questions.at(1).query).toMatchObject({ repeats: true, exclude: new Set() });
  });

  it("may forbid the newest product, or all that was seen", () => {
    const newest = givenPrefixes({ train, test }, { mayAnswer: "all-but-newest" });
    expect(newest.questions.at(1).query).toMatchObject({ repeats: true, exclude: new Set([2]) });
    const unseen = givenPrefixes({ train, test }, { mayAnswer: "unseen" });
    expect(unseen.questions.at(1).query.repeats).toBe(false);
  });

  it("of the newest sessions validate", () => {
    const data = { sessions: rowsOf([1, 2], [3, 4], [5, 6], [7, 8]), sessionEndedAt: [1, 2, 3, 4] };
    const split = newestSessions(data, { share: 0.25 });
    expect(asked(split)).toEqual([[0, [7], [8]]]);
    expect(listed(split.training.sessions)).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(split.training.sessionEndedAt).toEqual([1, 2, 3]);
    expect(() => refuseLeaks(split, data)).toThrow(/learnedFrom row 3 .* "products 7, 8"/);
  });

  it("refuse what learned from a test session", () => {
    const split = givenPrefixes({ train, test });
    refuseLeaks(split, train);
    const leaking = { sessions: rowsOf([1, 2], [1, 2, 2], [3, 4]), sessionEndedAt: [10, 15, 20] };
    expect(() => refuseLeaks(split, leaking)).toThrow(/learnedFrom row 1 must be a row of the training part/);
  });
});

/** Baskets as [customer, day, products], oldest first; -1 is a guest. */
function viewOf(...baskets: readonly (readonly [customer: number, day: number, products: number[]])[]): TrainingView {
  return sealView({
    from: 0,
    until: 100,
    productCount: 10,
    baskets: rowsOf(...baskets.map(([, , products]) => products)),
    basketAt: Float64Array.from(baskets, ([, day]) => day),
    basketCustomer: Int32Array.from(baskets, ([customer]) => customer),
    customerCount: 3,
    sessions: rowsOf(),
    sessionEndedAt: new Float64Array(0),
    leftOut: {},
  });
}

const view = viewOf([0, 1, [1, 2]], [1, 2, [3]], [0, 3, [2, 4]], [-1, 4, [9]], [0, 5, [2, 5]], [2, 6, [7]]);

describe("the last basket", () => {
  it("is asked of every customer who has one before it, repeats included", () => {
    const split = lastBasket(view);
    expect(asked(split)).toEqual([[0, [1, 2, 2, 4], [2, 5]]]);
    expect(split.questions.at(0).query).toMatchObject({ basketEnds: [2, 4], repeats: true });
    expect(split.leftOut).toEqual({ customersWithTooFewBaskets: 2 });
    // Guests and customers of one basket are learned from.
    expect(listed(split.training.baskets)).toEqual([[1, 2], [3], [2, 4], [9], [7]]);
  });

  it("refuses what learned from it, also under no name", () => {
    const split = lastBasket(view);
    refuseLeaks(split, split.training);
    expect(() => refuseLeaks(split, view)).toThrow(/learnedFrom row 0/);
    const anonymous = viewOf([0, 1, [1, 2]], [1, 2, [3]], [0, 3, [2, 4]], [-1, 4, [9]], [-1, 5, [2, 5]], [2, 6, [7]]);
    expect(() => refuseLeaks(split, anonymous)).toThrow(/learnedFrom row 3/);
  });

  it("of the training part validates", () => {
    expect(asked(lastBasket(lastBasket(view).training))).toEqual([[0, [1, 2], [2, 4]]]);
  });
});

describe("a split in time", () => {
  it("asks customers who came back what they bought for the first time", () => {
    const split = timeSplit(view, { cut: 3 });
    expect(asked(split)).toEqual([[0, [1, 2], [4, 5]]]);
    expect(split.leftOut).toEqual({ withoutHistory: 1, nothingNew: 0 });
    expect(split.questions.at(0).query).toMatchObject({ customer: 0, at: 3, repeats: false });
    expect(split.popularity).toEqual({ counts: Uint32Array.of(0, 1, 1, 1, 0, 0, 0, 0, 0, 0), among: 2 });
  });

  it("ends where it is told, and asks for repeats when they count", () => {
    expect(asked(timeSplit(view, { cut: 3, until: 5, repeats: true }))).toEqual([[0, [1, 2], [2, 4]]]);
  });

  it("refuses a view that saw the cut, and a cut outside of the view", () => {
    const split = timeSplit(view, { cut: 3 });
    refuseLeaks(split, split.training);
    expect(() => refuseLeaks(split, view)).toThrow(/view\.basketAt\[2\] must be before the cut/);
    expect(() => timeSplit(view, { cut: 100 })).toThrow(/cut must be between/);
  });
});
