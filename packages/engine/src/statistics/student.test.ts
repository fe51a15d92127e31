import { describe, expect, it } from "vitest";
import { studentCdf, studentQuantile } from "./student.ts";

describe("Student's t", () => {
  it.each([
    [1, 12.7062047],
    [2, 4.3026527],
    [10, 2.2281389],
    [100, 1.9839715],
  ])("has the quantiles of the tables at %f degrees of freedom", (freedom, expected) => {
    expect(studentQuantile(0.975, freedom)).toBeCloseTo(expected, 7);
    expect(studentQuantile(0.025, freedom)).toBeCloseTo(-expected, 7);
  });

  it.each([0.001, 0.2, 0.5, 0.9, 0.9999])("finds the probability %f back", (probability) => {
    for (const freedom of [0.7, 3, 58.2, 1e5]) {
      expect(studentCdf(studentQuantile(probability, freedom), freedom)).toBeCloseTo(probability, 10);
    }
  });
});
