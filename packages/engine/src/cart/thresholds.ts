/**
 * Where a free-shipping or gift threshold could stand: how many orders fall just short of it, how much they lack, and
 * what they would add if a stated part of them topped up. This is arithmetic on past orders, not the effect of an
 * offer: whether shoppers top up only a test can tell, and every result says so.
 */
import type { Minor } from "../catalogue/money.ts";
import { InvalidInput, requireInteger, requireNumber } from "../errors.ts";
import { countBelow } from "../matrix/bisect.ts";
import { normalQuantile, poissonRateInterval, quantileOf, type Interval } from "../statistics/index.ts";
import { findBunching, type Bunching } from "./bunching.ts";

/** What an order above the threshold costs and earns. Without it only revenue is stated. */
export interface ThresholdEconomics {
  /** Contribution margin as a share of revenue, in [0, 1]. */
  readonly marginRate: number;
  /** What the offer costs the shop for each order that reaches the threshold, for example postage. */
  readonly offerCost: Minor;
}

/** Which thresholds to look at, and what an offer would cost. */
export interface ThresholdOptions {
  /** Thresholds to look at. Round amounts between the median and the 90th percentile when left out. */
  readonly candidates?: readonly Minor[];
  /** Thresholds that were in force while the orders came in: these are looked at for bunching. */
  readonly existing?: readonly Minor[];
  /** An order is just short when it reaches at least this share of the threshold. */
  readonly reach?: number;
  /** Assumed share of just-short orders that top up: an assumption, not a finding. */
  readonly uptake?: number;
  readonly economics?: ThresholdEconomics;
  /** Coverage of the intervals. */
  readonly level?: number;
}

/** A money figure in minor units, or a count, with its interval. */
export interface ThresholdFigure extends Interval {
  readonly value: number;
}

/** What offering a threshold would cost, under the assumed uptake. */
export interface ThresholdBalance {
  /** Orders that would get the offer: those already above it, and those that top up. */
  readonly qualifyingOrders: number;
  /** Extra margin minus the cost of the offer, in minor units. Negative: the offer costs more than it brings. */
  readonly net: ThresholdFigure;
  /** Share of just-short orders that must top up for nothing to be lost; absent when even all of them do not pay. */
  readonly breakEvenUptake?: number;
}

/** One threshold. */
export interface ThresholdOpportunity {
  readonly threshold: Minor;
  /** Orders at or above it today. */
  readonly ordersAbove: number;
  /** Orders with reach x threshold <= value < threshold; the interval is an exact Poisson one. */
  readonly ordersJustShort: ThresholdFigure;
  /** Just-short orders as a share of all orders. */
  readonly shareJustShort: ThresholdFigure;
  /** Median amount that just-short orders lack; absent when there are fewer than six of them. */
  readonly medianGap?: ThresholdFigure;
  /** uptake x the gaps of all just-short orders: what exact topping up would add over the period of the orders. */
  readonly extraRevenue: ThresholdFigure;
  /** Present when `economics` were given. */
  readonly balance?: ThresholdBalance;
}

/** What the orders of a shop say of thresholds. */
export interface ThresholdAnalysis {
  /** Always false: nothing here shows what an offer would cause. */
  readonly causal: false;
  /** Orders with a value above zero; the others are left out of everything here. */
  readonly orders: number;
  readonly leftOutOrders: number;
  readonly assumptions: { readonly reach: number; readonly uptake: number; readonly level: number };
  /** Order values at 10, 25, 50, 75 and 90 %. */
  readonly quantiles: readonly { readonly fraction: number; readonly value: number }[];
  /** By threshold, ascending. */
  readonly opportunities: readonly ThresholdOpportunity[];
  /** One entry for each existing threshold with enough orders around it. */
  readonly bunching: readonly Bunching[];
}

const fractions = [0.1, 0.25, 0.5, 0.75, 0.9] as const;

/**
 * @param orderValues value of each order at checkout, after discounts, in minor units of one currency
 * @throws InvalidInput when no order has a value above zero or a threshold is not a positive whole amount
 * @example
 * const { opportunities } = findThresholdOpportunities(values, { candidates: [5000], uptake: 0.1 });
 * opportunities[0].ordersJustShort.value;
 */
export function findThresholdOpportunities(
  orderValues: ArrayLike<number>,
  { candidates, existing = [], reach = 0.8, uptake = 0.1, economics, level = 0.95 }: ThresholdOptions = {},
): ThresholdAnalysis {
  requireNumber("reach", reach, 0.01, 0.99);
  requireNumber("uptake", uptake, 0, 1);
  requireNumber("level", level, 0.5, 0.9999);
  if (economics) {
    requireNumber("economics.marginRate", economics.marginRate, 0, 1);
    requireInteger("economics.offerCost", economics.offerCost, 0);
  }
  const values = Float64Array.from(orderValues)
    .filter((value) => value > 0)
    .toSorted();
  if (values.length === 0) throw new InvalidInput("orderValues", "none above zero", "at least one order with a value");
  const thresholds = checked("candidates", candidates ?? roundAmounts(values));
  const assumptions = { reach, uptake, level };
  return {
    causal: false,
    orders: values.length,
    leftOutOrders: orderValues.length - values.length,
    assumptions,
    quantiles: fractions.map((fraction) => ({ fraction, value: quantileOf(values, fraction) })),
    opportunities: thresholds.map((threshold) => opportunityAt(threshold, values, assumptions, economics)),
    bunching: checked("existing", existing)
      .map((threshold) => findBunching(values, threshold, { level }))
      .filter((evidence) => evidence !== undefined),
  };
}

/** @param values ascending, above zero */
function opportunityAt(
  threshold: Minor,
  values: Float64Array,
  { reach, uptake, level }: ThresholdAnalysis["assumptions"],
  economics: ThresholdEconomics | undefined,
): ThresholdOpportunity {
  const from = countBelow(values, threshold * reach);
  const to = countBelow(values, threshold);
  const gaps = values.slice(from, to).map((value) => threshold - value);
  const ordersAbove = values.length - to;
  const ordersJustShort = { value: gaps.length, ...poissonRateInterval(gaps.length, level) };
  const gapSum = sumOfGaps(gaps, level);
  const medianGap = medianWithInterval(gaps, level);
  return {
    threshold,
    ordersAbove,
    ordersJustShort,
    shareJustShort: scaled(ordersJustShort, 1 / values.length),
    ...(medianGap && { medianGap }),
    extraRevenue: scaled(gapSum, uptake),
    ...(economics && { balance: balanceOf(gaps.length, ordersAbove, gapSum, uptake, economics) }),
  };
}

/** The sum as a compound Poisson figure, whose variance is the sum of squares. */
function sumOfGaps(gaps: Float64Array, level: number): ThresholdFigure {
  let value = 0;
  let squares = 0;
  for (const gap of gaps) {
    value += gap;
    squares += gap * gap;
  }
  const half = normalQuantile((1 + level) / 2) * Math.sqrt(squares);
  return { value, lower: Math.max(0, value - half), upper: value + half };
}

/** Distribution-free interval of the median by order statistics (normal approximation of their binomial ranks). */
function medianWithInterval(gaps: Float64Array, level: number): ThresholdFigure | undefined {
  if (gaps.length < 6) return undefined;
  const ascending = gaps.toSorted();
  const half = (normalQuantile((1 + level) / 2) * Math.sqrt(gaps.length)) / 2;
  const lowest = Math.max(0, Math.floor(gaps.length / 2 - half) - 1);
  const highest = Math.min(gaps.length - 1, Math.ceil(gaps.length / 2 + half));
  return { value: quantileOf(ascending, 0.5), lower: ascending[lowest], upper: ascending[highest] };
}

function balanceOf(
  short: number,
  above: number,
  gapSum: ThresholdFigure,
  uptake: number,
  { marginRate, offerCost }: ThresholdEconomics,
): ThresholdBalance {
  const qualifyingOrders = above + uptake * short;
  const cost = offerCost * qualifyingOrders;
  const margin = scaled(gapSum, uptake * marginRate);
  // Each order that tops up brings its gap's margin and costs one offer; those already above only cost.
  const earnedIfAll = gapSum.value * marginRate - offerCost * short;
  const breakEvenUptake = offerCost === 0 ? 0 : (offerCost * above) / earnedIfAll;
  return {
    qualifyingOrders,
    net: { value: margin.value - cost, lower: margin.lower - cost, upper: margin.upper - cost },
    ...(breakEvenUptake >= 0 && breakEvenUptake <= 1 && { breakEvenUptake }),
  };
}

function scaled({ value, lower, upper }: ThresholdFigure, factor: number): ThresholdFigure {
  return { value: value * factor, lower: lower * factor, upper: upper * factor };
}

/**
 * About six round amounts above the median and up to the 90th percentile, where a threshold asks for something. Where
 * all orders are worth about the same it is one, no rounder than a twentieth of them.
 */
function roundAmounts(values: Float64Array): Minor[] {
  const from = quantileOf(values, 0.5);
  const to = quantileOf(values, 0.9);
  const step = roundUp(Math.max(1, (to - from) / 6, from / 20));
  const amounts: Minor[] = [];
  for (let amount = (Math.floor(from / step) + 1) * step; amount <= to; amount += step) amounts.push(amount);
  return amounts.length > 0 ? amounts : [(Math.floor(from / step) + 1) * step];
}

/** The next of 1, 2, 5, 10, 20, 50 ... at or above an amount. */
function roundUp(amount: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(amount));
  const factor = [1, 2, 5].find((candidate) => candidate * magnitude >= amount) ?? 10;
  return factor * magnitude;
}

/** Thresholds once each, ascending. */
function checked(path: string, thresholds: readonly Minor[]): Minor[] {
  for (const [index, threshold] of thresholds.entries()) {
    if (!Number.isSafeInteger(threshold) || threshold <= 0) {
      throw new InvalidInput(`${path}[${index}]`, threshold, "a positive whole number of minor units");
    }
  }
  return [...new Set(thresholds)].toSorted((a, b) => a - b);
}
