import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { currencyBeside, decideNumberStyle, readNumber } from "./numbers.ts";

describe("readNumber", () => {
  it.each([
    ["2.55", 2.55],
    ["1,234.50", 1234.5],
    ["1.234,50", 1234.5],
    ["1 234,50 €", 1234.5],
    ["1\u00a0234,50", 1234.5],
    ["1'234.50", 1234.5],
    ["£12.99", 12.99],
    ["$1,234", 1234],
    ["EUR 12,90", 12.9],
    ["12.90 USD", 12.9],
    ["-12", -12],
    ["(12.50)", -12.5],
    ["12.50-", -12.5],
    ["\u221212", -12],
    ["1,234,567", 1234567],
    ["1.234.567", 1234567],
    ["0.125", 0.125],
    [".5", 0.5],
    ["1e3", 1000],
  ])("reads %s", (text, value) => {
    expect(readNumber(text, "dot")).toBe(value);
  });

  it.each(["", "abc", "12 apples", "1-2", "2024-01-02", "--", "1.2.3,4,5x"])("does not read %j", (text) => {
    expect(readNumber(text, "dot")).toBeUndefined();
  });

  it("reads figures that do not tell by the mark of the file", () => {
    expect(readNumber("1.234", "dot")).toBe(1.234);
    expect(readNumber("1.234", "comma")).toBe(1234);
    expect(readNumber("1,234", "dot")).toBe(1234);
    expect(readNumber("1,234", "comma")).toBe(1.234);
  });

  it("reads back any amount in the English and in the German way", () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000_000_00, max: 100_000_000_00 }), (cents) => {
        const amount = cents / 100;
        const format = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
        expect(readNumber(amount.toLocaleString("en", format), "comma")).toBeCloseTo(amount, 6);
        expect(readNumber(amount.toLocaleString("de", format), "dot")).toBeCloseTo(amount, 6);
      }),
    );
  });
});

describe("decideNumberStyle", () => {
  it("goes by the figures that tell", () => {
    expect(
      decideNumberStyle([
        ["1.234", 900],
        ["12,50", 3],
      ]),
    ).toMatchObject({ decimalMark: "comma", because: "evidence" });
  });

  it("assumes the point, and says so, when nothing tells", () => {
    expect(decideNumberStyle([["1.234", 1]])).toMatchObject({ decimalMark: "dot", because: "assumed" });
  });
});

it("finds the currency beside an amount", () => {
  expect(["£2", "2,50 €", "USD 3", "7", "R$ 5"].map(currencyBeside)).toEqual(["GBP", "EUR", "USD", undefined, "BRL"]);
});
