/**
 * What is kept of a metric in an arm: sums over its units, so that a database can add them up, days can be merged by
 * addition, and no visitor's data leave the place where they are. Units are those that were assigned: visitors, also those
 * who did nothing. (Squares of doubles lose the spread of columns whose mean is millions of times larger; none of a shop's
 * metrics is like that.)
 */
import { InvalidInput } from "../errors.ts";

/** A column, summed. */
export interface Sums {
  readonly sum: number;
  readonly sumOfSquares: number;
}

/** A mean of a column, such as net revenue per visitor. */
export interface MeanStatistic extends Sums {
  readonly kind: "mean";
  readonly count: number;
}

/** A share of units, such as visitors who order. */
export interface ProportionStatistic {
  readonly kind: "proportion";
  readonly count: number;
  readonly successes: number;
}

/** A ratio of two columns of the same units, such as revenue for each order. */
export interface RatioStatistic {
  readonly kind: "ratio";
  readonly count: number;
  readonly numerator: Sums;
  readonly denominator: Sums;
  readonly sumOfProducts: number;
}

/** A mean, and beside it what the same units did before the experiment began (CUPED, see `adjustment.ts`). */
export interface AdjustedStatistic {
  readonly kind: "adjusted";
  readonly count: number;
  readonly outcome: Sums;
  readonly covariate: Sums;
  readonly sumOfProducts: number;
}

export type Statistic = MeanStatistic | ProportionStatistic | RatioStatistic | AdjustedStatistic;

/**
 * @param column one value a unit
 * @throws InvalidInput when a value is no finite number
 * @example
 * meanStatistic([0, 0, 4250]); // { kind: "mean", count: 3, sum: 4250, sumOfSquares: 18062500 }
 */
export function meanStatistic(column: ArrayLike<number>): MeanStatistic {
  return { kind: "mean", count: column.length, ...sumsOf(column, "column") };
}

/**
 * @param numerator one value a unit
 * @param denominator of the same units, in the same order
 * @throws InvalidInput when the columns differ in length, or a value is no finite number
 * @example
 * ratioStatistic([0, 4250, 6000], [0, 1, 2]); // revenue for each order
 */
export function ratioStatistic(numerator: ArrayLike<number>, denominator: ArrayLike<number>): RatioStatistic {
  const sumOfProducts = productsOf(numerator, denominator, "denominator");
  const sums = { numerator: sumsOf(numerator, "numerator"), denominator: sumsOf(denominator, "denominator") };
  return { kind: "ratio", count: numerator.length, ...sums, sumOfProducts };
}

/**
 * @param outcome one value a unit
 * @param covariate of the same units from before they were assigned, in the same order
 * @throws InvalidInput when the columns differ in length, or a value is no finite number
 * @example
 * adjustedStatistic([0, 4250, 6000], [0, 3900, 0]); // revenue, and that of the four weeks before
 */
export function adjustedStatistic(outcome: ArrayLike<number>, covariate: ArrayLike<number>): AdjustedStatistic {
  const sumOfProducts = productsOf(outcome, covariate, "covariate");
  const sums = { outcome: sumsOf(outcome, "outcome"), covariate: sumsOf(covariate, "covariate") };
  return { kind: "adjusted", count: outcome.length, ...sums, sumOfProducts };
}

/**
 * One statistic of the units of both: days, shards or shops put together.
 * @throws InvalidInput when they are not of one kind
 * @example
 * mergeStatistics(monday, tuesday);
 */
export function mergeStatistics<Kind extends Statistic>(one: Kind, other: Kind): Kind;
export function mergeStatistics(one: Statistic, other: Statistic): Statistic {
  const count = one.count + other.count;
  if (one.kind === "mean" && other.kind === "mean") return { ...one, count, ...addSums(one, other) };
  if (one.kind === "proportion" && other.kind === "proportion") {
    return { ...one, count, successes: one.successes + other.successes };
  }
  if (one.kind === "ratio" && other.kind === "ratio") {
    return {
      ...one,
      count,
      numerator: addSums(one.numerator, other.numerator),
      denominator: addSums(one.denominator, other.denominator),
      sumOfProducts: one.sumOfProducts + other.sumOfProducts,
    };
  }
  if (one.kind === "adjusted" && other.kind === "adjusted") {
    return {
      ...one,
      count,
      outcome: addSums(one.outcome, other.outcome),
      covariate: addSums(one.covariate, other.covariate),
      sumOfProducts: one.sumOfProducts + other.sumOfProducts,
    };
  }
  throw new InvalidInput("other.kind", other.kind, `"${one.kind}", like the first: other kinds do not add up`);
}

/**
 * Sums that no column can have are mistakes of a query: they are named before they become a figure.
 * @param path where the statistic stands, for the error
 * @throws InvalidInput naming the number that is wrong
 * @example
 * checkStatistic({ kind: "proportion", count: 10, successes: 11 }, "arms[1].statistics.conversion"); // throws
 */
export function checkStatistic(statistic: Statistic, path: string): void {
  const { count } = statistic;
  if (!Number.isInteger(count) || count < 0) throw new InvalidInput(`${path}.count`, count, "units, zero or more");
  switch (statistic.kind) {
    case "proportion":
      return checkSuccesses(statistic, path);
    case "mean":
      return checkSums(statistic, count, path);
    case "ratio":
      checkSums(statistic.numerator, count, `${path}.numerator`);
      checkSums(statistic.denominator, count, `${path}.denominator`);
      return checkProducts(statistic.sumOfProducts, statistic.numerator, statistic.denominator, path);
    case "adjusted":
      checkSums(statistic.outcome, count, `${path}.outcome`);
      checkSums(statistic.covariate, count, `${path}.covariate`);
      return checkProducts(statistic.sumOfProducts, statistic.outcome, statistic.covariate, path);
    default:
      throw new InvalidInput(
        `${path}.kind`,
        (statistic as Statistic).kind,
        '"mean", "proportion", "ratio" or "adjusted"',
      );
  }
}

/** Sums of doubles may miss their bounds by a hair. */
const slack = 1e-9;

function checkSuccesses({ count, successes }: ProportionStatistic, path: string): void {
  if (Number.isInteger(successes) && successes >= 0 && successes <= count) return;
  throw new InvalidInput(`${path}.successes`, successes, `an integer from 0 to the count (${count})`);
}

function checkSums({ sum, sumOfSquares }: Sums, count: number, path: string): void {
  if (!Number.isFinite(sum)) throw new InvalidInput(`${path}.sum`, sum, "a finite number");
  const least = count > 0 ? sum ** 2 / count : 0;
  if (Number.isFinite(sumOfSquares) && sumOfSquares >= least * (1 - slack)) {
    if (count > 0 || (sum === 0 && sumOfSquares === 0)) return;
    throw new InvalidInput(path, sum, "a sum of zero: it counts no units");
  }
  throw new InvalidInput(`${path}.sumOfSquares`, sumOfSquares, `at least sum squared over count (${least})`);
}

/** Cauchy and Schwarz. */
function checkProducts(products: number, one: Sums, other: Sums, path: string): void {
  const most = Math.sqrt(one.sumOfSquares * other.sumOfSquares);
  if (Math.abs(products) <= most * (1 + slack)) return;
  throw new InvalidInput(`${path}.sumOfProducts`, products, `between -${most} and ${most}, as the squares are`);
}

function sumsOf(column: ArrayLike<number>, path: string): Sums {
  let sum = 0;
  let sumOfSquares = 0;
  for (let i = 0; i < column.length; i++) {
    sum += column[i];
    sumOfSquares += column[i] ** 2;
  }
  if (!Number.isFinite(sumOfSquares))
    throw new InvalidInput(`${path}[${faultIn(column)}]`, column[faultIn(column)], "a finite number");
  return { sum, sumOfSquares };
}

/** The first value whose square is no finite number, or the last. */
function faultIn(column: ArrayLike<number>): number {
  const found = Array.from(column).findIndex((value) => !Number.isFinite(value ** 2));
  return found < 0 ? column.length - 1 : found;
}

function productsOf(one: ArrayLike<number>, other: ArrayLike<number>, path: string): number {
  if (one.length !== other.length) throw new InvalidInput(`${path}.length`, other.length, `${one.length}, one a unit`);
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i];
  return sum;
}

function addSums(one: Sums, other: Sums): Sums {
  return { sum: one.sum + other.sum, sumOfSquares: one.sumOfSquares + other.sumOfSquares };
}
