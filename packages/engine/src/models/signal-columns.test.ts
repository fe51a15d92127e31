import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SignalColumns } from "./signal-columns.ts";

describe("what signals say", () => {
  it("is what was added, whatever the order and however many products there are", () => {
    const productCount = 5000;
    const anyAdded = fc.array(fc.tuple(fc.nat(1), fc.nat(productCount - 1), fc.integer({ min: 1, max: 9 })), {
      maxLength: 40,
    });
    const heard = new SignalColumns(productCount, 2);
    fc.assert(
      fc.property(anyAdded, (added) => {
        heard.clear();
        const expected = [new Float64Array(productCount), new Float64Array(productCount)];
        for (const [signal, product, amount] of added) {
          heard.columns[signal].add(product, amount);
          expected[signal][product] += amount;
        }
        expect(heard.count).toBe(new Set(added.map(([, product]) => product)).size);
        for (const [signal, column] of heard.columns.entries()) {
          expect(added.every(([, product]) => column.valueOf(product) === expected[signal][product])).toBe(true);
        }
      }),
    );
  });

  it("outgrows its first slots, row by row and one by one", () => {
    const heard = new SignalColumns(4000, 2);
    const [rows, singles] = heard.columns;
    const indices = Uint32Array.from({ length: 4000 }, (_, place) => 3999 - place);
    for (const product of indices.subarray(0, 1500)) singles.add(product, 1);
    rows.addRow(indices, new Float32Array(4000).fill(2), 0, 4000, 0.5);
    rows.addRow(indices, new Float32Array(4000).fill(2), 0, 1, 0.5);
    expect(heard.count).toBe(4000);
    expect([rows.valueOf(3999), rows.valueOf(0), singles.valueOf(2500), singles.valueOf(2499)]).toEqual([2, 1, 1, 0]);
  });

  it("is nothing of products that were never touched, erased or cleared", () => {
    const heard = new SignalColumns(3, 1);
    const [column] = heard.columns;
    column.add(1, 4);
    column.erase(1);
    column.erase(2);
    expect([0, 1, 2].map((product) => column.valueOf(product))).toEqual([0, 0, 0]);
    column.add(2, 4);
    heard.clear();
    expect([0, 1, 2].map((product) => column.valueOf(product))).toEqual([0, 0, 0]);
  });

  it("can be brought to shares of the total, or of the largest", () => {
    const { columns } = new SignalColumns(3, 2);
    for (const column of columns) for (const product of [0, 2]) column.add(product, product + 1);
    columns[0].divideByTotal(4);
    columns[1].divideByLargest();
    expect([columns[0].valueOf(0), columns[0].valueOf(2)]).toEqual([1 / 8, 3 / 8]);
    expect([columns[1].valueOf(0), columns[1].valueOf(1), columns[1].valueOf(2)]).toEqual([1 / 3, 0, 1]);
  });
});
