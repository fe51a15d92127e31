/**
 * Lifts that few baskets do not carry away. The plain lift of two products that were sold once, together, is the number
 * of baskets; these two stay modest there.
 */
import { InvalidOption, requireNumber } from "../errors.ts";
import { hypergeometricQuantile } from "../statistics/index.ts";
import type { PairFrequencies } from "./measures.ts";

/**
 * Hyper-lift: the joint count over the one that chance stays below with the given probability, chance being the
 * hypergeometric of Fisher's test (baskets all alike). Hahsler and Hornik, "New probabilistic interest measures for
 * association rules", Intelligent Data Analysis 11 (2007); the same as arules' `hyperLift`.
 * @param level probability, in (0, 1)
 * @returns above 1 for what chance does not do; Infinity where chance would not let the products meet at all, and 0
 * where they do not meet
 * @throws InvalidOption on impossible frequencies or a level outside (0, 1)
 * @example
 * hyperLift({ baskets: 1000, left: 100, right: 50, joint: 22 }); // 22 / 10 = 2.2
 */
export function hyperLift({ baskets, left, right, joint }: PairFrequencies, level = 0.99): number {
  requireNumber("level", level, Number.EPSILON, 1 - Number.EPSILON);
  if (!(joint >= 0 && joint <= Math.min(left, right))) {
    throw new InvalidOption("joint", joint, "a count of at most the baskets with either product");
  }
  return joint === 0 ? 0 : joint / hypergeometricQuantile(level, { population: baskets, marked: left, drawn: right });
}

/**
 * Lift drawn towards 1 by `prior` imagined baskets that behave as chance does: (count + prior) / (expected + prior),
 * the mean of the lift after a gamma prior of mean 1. DuMouchel, "Bayesian data mining in large frequency tables",
 * The American Statistician 53 (1999).
 * @param expected baskets with both that chance would give, by whatever model
 * @param prior zero or more: 0 is the plain lift
 * @throws InvalidOption when a number is negative, or `expected` and `prior` are both 0
 * @example
 * shrunkLift(3, 0.1); // 1.29 where the plain lift is 30
 */
export function shrunkLift(count: number, expected: number, prior = 10): number {
  requireNumber("count", count, 0);
  requireNumber("expected", expected, 0);
  requireNumber("prior", prior, 0);
  if (expected + prior === 0) throw new InvalidOption("prior", prior, "above 0 where nothing is expected");
  return (count + prior) / (expected + prior);
}
