import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { momentsOf } from "../statistics/index.ts";
import { compareStatistics, momentsOfArms } from "./adjustment.ts";
import { adjustedStatistic, checkStatistic, meanStatistic, mergeStatistics, ratioStatistic } from "./statistic.ts";

const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 50_000 }), fc.nat({ max: 5 })), {
  minLength: 2,
  maxLength: 60,
});

describe("sums of a metric", () => {
  it("add up over days to those of all days", () => {
    fc.assert(
      fc.property(pairs, pairs, (monday, tuesday) => {
        for (const make of [ratioStatistic, adjustedStatistic]) {
          const of = (rows: [number, number][]) =>
            make(
              rows.map(([revenue]) => revenue),
              rows.map(([, orders]) => orders),
            );
          expect(mergeStatistics(of(monday), of(tuesday))).toEqual(of([...monday, ...tuesday]));
        }
      }),
    );
  });

  it("hold the mean and variance of the column", () => {
    const column = [0, 0, 4250, 1999, 0, 12_000];
    const [{ mean, variance }] = momentsOfArms([meanStatistic(column)]);
    expect(mean).toBeCloseTo(momentsOf(column).mean, 9);
    expect(variance).toBeCloseTo(momentsOf(column).variance, 3);
  });

  it("are judged by visitors where the figure is per order", () => {
    // Orders of one visitor are alike: twice the orders of the same visitors are no more evidence.
    const once = ratioStatistic([10, 20, 0, 30], [1, 1, 0, 1]);
    const twice = ratioStatistic([20, 40, 0, 60], [2, 2, 0, 2]);
    const [one, two] = momentsOfArms([once, twice]);
    expect(two.mean).toBeCloseTo(one.mean, 12);
    expect(two.variance).toBeCloseTo(one.variance, 9);
  });

  it("pass the check whatever column they come from", () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const statistic = ratioStatistic(
          rows.map(([revenue]) => revenue),
          rows.map(([, orders]) => orders),
        );
        expect(() => checkStatistic(statistic, "statistic")).not.toThrow();
      }),
    );
  });

  it.each([
    ["counts", { kind: "mean", count: -1, sum: 0, sumOfSquares: 0 }, "metric.count"],
    ["shares", { kind: "proportion", count: 3, successes: 4 }, "metric.successes"],
    ["squares", { kind: "mean", count: 2, sum: 10, sumOfSquares: 49 }, "metric.sumOfSquares"],
    ["sums of nobody", { kind: "mean", count: 0, sum: 10, sumOfSquares: 100 }, "metric"],
    [
      "products",
      {
        kind: "ratio",
        count: 2,
        numerator: { sum: 2, sumOfSquares: 2 },
        denominator: { sum: 2, sumOfSquares: 2 },
        sumOfProducts: 3,
      },
      "metric.sumOfProducts",
    ],
  ] as const)("are refused where no column has such %s", (_, statistic, path) => {
    expect(() => checkStatistic(statistic, "metric")).toThrow(InvalidInput);
    expect(() => checkStatistic(statistic, "metric")).toThrow(`${path} must be`);
  });

  it("of different kinds are not mixed", () => {
    const conversion = { kind: "proportion", count: 3, successes: 1 } as const;
    expect(() => compareStatistics(conversion, meanStatistic([1, 2, 3]))).toThrow("other.kind");
    expect(() => ratioStatistic([1, 2], [1])).toThrow("denominator.length");
  });
});
