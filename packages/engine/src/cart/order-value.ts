/**
 * What an open cart will be worth when it is ordered: a ridge regression of the logarithm of the order's value, and around
 * it a split-conformal interval, which holds the promised share of orders whatever the regression gets wrong, as long as
 * carts go on as they did. Lei, G'Sell, Rinaldo, Tibshirani and Wasserman, "Distribution-free predictive inference for
 * regression", JASA 113 (2018), section 5.2: residuals are measured against how large they are for such carts, and each
 * end has a quantile of its own, because carts grow more than they shrink.
 */
import type { Minor } from "../catalogue/money.ts";
import { InvalidOption, requireNumber } from "../errors.ts";
import type { FeatureRows } from "./cart-features.ts";
import { fitLinear, scoreAt, scoresOf, type Weights } from "./regressions.ts";

/** A fitted regression with its calibration. JSON-able. */
export interface OrderValueModel {
  /** Of the logarithm of the order's value. */
  readonly weights: Weights;
  /** Of the logarithm of the size of the residual. */
  readonly difficulty: Weights;
  /** Residuals of the calibration orders over their expected size, ascending. */
  readonly residuals: readonly number[];
}

/** The value of an order to come, in minor units. */
export interface ExpectedOrderValue {
  /** As likely to be exceeded as not. */
  readonly median: Minor;
  /** Ends of the interval, rounded outwards. */
  readonly lower: Minor;
  readonly upper: Minor;
  readonly level: number;
}

/** Residuals below a thousandth are rounding. */
const smallest = 1e-3;

/**
 * @param rows standardised features of ordered carts
 * @param orderValues what the orders came to
 * @example
 * const model = calibrateOrderValue(fitOrderValue(rows, orderValues, 1), laterRows, laterValues);
 */
export function fitOrderValue(
  rows: FeatureRows,
  orderValues: ArrayLike<number>,
  ridge: number,
): Omit<OrderValueModel, "residuals"> {
  const targets = Float64Array.from(orderValues, (value) => Math.log(value));
  const weights = fitLinear(rows, targets, ridge);
  const scores = scoresOf(weights, rows);
  const sizes = targets.map((target, row) => Math.log(Math.max(smallest, Math.abs(target - scores[row]))));
  return { weights, difficulty: fitLinear(rows, sizes, ridge) };
}

/**
 * @param rows of orders that the regression has not seen
 * @example
 * calibrateOrderValue(fitted, rows, orderValues).residuals.length; // as many as rows
 */
export function calibrateOrderValue(
  { weights, difficulty }: Omit<OrderValueModel, "residuals">,
  rows: FeatureRows,
  orderValues: ArrayLike<number>,
): OrderValueModel {
  const scores = scoresOf(weights, rows);
  const sizes = scoresOf(difficulty, rows);
  const residuals = scores.map((score, row) => (Math.log(orderValues[row]) - score) / Math.exp(sizes[row])).sort();
  return { weights, difficulty, residuals: [...residuals] };
}

/**
 * @param features standardised, of one cart, beginning at `at`
 * @param level share of orders that the interval shall hold
 * @throws InvalidOption when the level asks for more than the calibration orders can tell
 * @example
 * expectOrderValue(model, features, 0.9).lower;
 */
export function expectOrderValue(
  { weights, difficulty, residuals }: OrderValueModel,
  features: ArrayLike<number>,
  level: number,
  at = 0,
): ExpectedOrderValue {
  requireNumber("level", level, 0.01, 0.9999);
  const count = residuals.length;
  // A hair is added and taken away, lest rounding move a whole rank.
  const lowerRank = Math.floor(((count + 1) * (1 - level)) / 2 + 1e-9);
  const upperRank = Math.ceil(((count + 1) * (1 + level)) / 2 - 1e-9);
  if (lowerRank < 1 || upperRank > count) {
    const most = (1 - 2 / (count + 1)).toFixed(3);
    throw new InvalidOption("level", level, `at most ${most}: there are ${count} orders to calibrate by`);
  }
  const width = weights.length - 1;
  const score = scoreAt(weights, features, at, width);
  const size = Math.exp(scoreAt(difficulty, features, at, width));
  // A cart far beyond those of the past is worth a lot, and no more than can be counted.
  const valueAt = (residual: number): number =>
    Math.min(Number.MAX_SAFE_INTEGER, residual === 0 ? Math.exp(score) : Math.exp(score + size * residual));
  return {
    median: Math.round(valueAt((residuals[(count - 1) >> 1] + residuals[count >> 1]) / 2)),
    lower: Math.floor(valueAt(residuals[lowerRank - 1])),
    upper: Math.ceil(valueAt(residuals[upperRank - 1])),
    level,
  };
}
