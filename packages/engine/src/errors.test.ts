import { describe, expect, it } from "vitest";
import { InvalidInput } from "./errors.ts";

describe("an error about input", () => {
  it("says where, what is wanted and what came, whatever came", () => {
    const of = (value: unknown): string => new InvalidInput("rules[2].when", value, "a condition").message;
    expect(of("always")).toBe('rules[2].when must be a condition; received "always".');
    expect(of([1, 2])).toContain("received a list of 2.");
    expect(of({ toString: 1, field: "price" })).toContain("received an object with toString, field.");
    expect(of({})).toContain("received an object with no keys.");
    expect(of(undefined)).toContain("received undefined.");
    expect(of(Symbol("x"))).toContain("received Symbol(x).");
    expect(of(Object.create(null))).toContain("received an object with no keys.");
  });

  it("stays short", () => {
    expect(new InvalidInput("title", "x".repeat(1000), "a title").message.length).toBeLessThan(120);
  });
});
