import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupByRow, type Incidence } from "../matrix/sparse.ts";
import { amongRows, refuseLeaks, withinRows } from "./leaks.ts";

function rowsOf(...rows: readonly (readonly number[])[]): Incidence {
  const row = rows.flatMap((products, index) => products.map(() => index));
  return groupByRow({ rows: rows.length, columns: 10, row, column: rows.flat() });
}

describe("users' rows", () => {
  const permitted = rowsOf([1, 2, 1], [3], []);

  it("may be learned from in part and in any order", () => {
    expect(withinRows(permitted).findLeak(rowsOf([2, 1], [], []))).toBeUndefined();
    expect(withinRows(permitted).findLeak(rowsOf([2, 1, 1], [3], []))).toBeUndefined();
  });

  it("leak with a product too many, a repetition too many or a user too many", () => {
    expect(() => refuseLeaks(withinRows(permitted), rowsOf([1, 2, 1], [3, 4], []))).toThrow(
      /learnedFrom row 1 must be .*product 4/,
    );
    expect(withinRows(permitted).findLeak(rowsOf([1, 1, 1], [3], []))?.path).toBe("learnedFrom row 0");
    expect(withinRows(permitted).findLeak(rowsOf([1], [], [], [5]))?.path).toBe("learnedFrom row 3");
  });

  it("are refused with one more product, wherever it is planted", () => {
    const history = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 6 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(history, fc.nat(), fc.integer({ min: 0, max: 9 }), (rows, where, product) => {
        const guard = withinRows(rowsOf(...rows));
        const user = where % rows.length;
        const planted = rows.map((row, index) => (index === user ? [product, ...row] : row));
        expect(guard.findLeak(rowsOf(...rows))).toBeUndefined();
        expect(guard.findLeak(rowsOf(...planted))?.path).toBe(`learnedFrom row ${user}`);
      }),
    );
  });
});

describe("sessions", () => {
  const permitted = rowsOf([1, 2], [3], [1, 2]);

  it("may be learned from in any order", () => {
    expect(amongRows(permitted).findLeak(rowsOf([3], [1, 2], [1, 2]))).toBeUndefined();
    expect(amongRows(permitted).findLeak(rowsOf([1, 2]))).toBeUndefined();
  });

  it("leak with one that is not among them, or more often than it is", () => {
    expect(amongRows(permitted).findLeak(rowsOf([1, 2], [2, 1]))?.path).toBe("learnedFrom row 1");
    expect(amongRows(permitted).findLeak(rowsOf([3], [3]))?.received).toBe("products 3");
  });
});
