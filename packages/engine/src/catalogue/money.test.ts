import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { currencyExponent, formatMoney, toMajor, toMinor } from "./money.ts";

describe("money", () => {
  // Minor units as ISO 4217 list one states them.
  it.each([
    ["EUR", 2],
    ["JPY", 0],
    ["KRW", 0],
    ["KWD", 3],
    ["BHD", 3],
    ["CLF", 4],
    ["HUF", 2],
  ])("in %s has %d digits after the point", (currency, exponent) => {
    expect(currencyExponent(currency)).toBe(exponent);
  });

  it.each([
    [19.99, "GBP", 1999],
    [1.005, "EUR", 100],
    [0.29, "EUR", 29],
    [1999, "JPY", 1999],
    [1.5, "KWD", 1500],
    [-4.35, "EUR", -435],
  ])("of %d %s is %d minor units", (major, currency, minor) => {
    expect(toMinor(major, currency)).toBe(minor);
  });

  it("comes back from minor to major and minor again to the last unit", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.constantFrom("EUR", "JPY", "KWD", "CLF"),
        (minor, currency) => {
          expect(toMinor(toMajor(minor, currency), currency)).toBe(minor);
        },
      ),
    );
  });

  it("is written with all its minor digits", () => {
    expect(formatMoney(1999, "GBP", "en-GB")).toBe("£19.99");
    expect(formatMoney(1999, "JPY", "en-US")).toBe("¥1,999");
    expect(formatMoney(1500, "KWD", "en-US")).toBe("KWD\u00a01.500");
    expect(formatMoney(1250, "IQD", "en-US")).toBe("IQD\u00a01.250");
  });

  it("refuses what is no currency and no amount", () => {
    for (const currency of ["eur", "EURO", "", "€"]) expect(() => currencyExponent(currency)).toThrow(InvalidInput);
    expect(() => currencyExponent("eur", "markets[0].currency")).toThrow(
      'markets[0].currency must be an ISO 4217 code such as "EUR"; received "eur".',
    );
    for (const amount of [Number.NaN, Infinity]) expect(() => toMinor(amount, "EUR")).toThrow(InvalidInput);
  });
});
