/**
 * How long a holdout must run before it can prove a gain, and what it costs meanwhile. The figure compared is revenue
 * per visitor, not order value: a recommendation may win orders and lower their mean.
 *
 * With conversion p, mean order value m and its standard deviation s, revenue per visitor is 0 or an order value:
 *   mean     = p m
 *   variance = p (s^2 + m^2) - (p m)^2
 * Visitors in all for a two-sided z test of two means, a share h of them held out (Chow, Shao and Wang, "Sample Size
 * Calculations in Clinical Research", 2008, section 3.2, with unequal arms and equal variances):
 *   N = variance (1 / h + 1 / (1 - h)) (z_{1 - significance / 2} + z_power)^2 / (lift x mean)^2
 * A gain that comes of more orders widens the spread of the treatment, too, which the formula leaves out: nothing to speak of
 * at 5 %, but a plan for 25 % proves it in 75 of 100 cases where 80 were asked for.
 * Who wants to look every day plans for that: the reach of the confidence sequence after N visitors takes the place of the
 * first quantile.
 */
import { InvalidOption, requireNumber } from "../errors.ts";
import { normalQuantile } from "../statistics/index.ts";
import { sequenceReach } from "./confidence-sequence.ts";

/** A shop's traffic. "Visitors" may be any unit that is assigned once: then say so beside the figures. */
export interface Traffic {
  /** New visitors a week: one who returns counts once. */
  readonly visitorsPerWeek: number;
  /** Share of visitors who order, above 0 and up to 1. */
  readonly conversionRate: number;
  /** Mean net value of an order, in minor units. */
  readonly averageOrderValue: number;
  /** Standard deviation of the net value of an order, in minor units. */
  readonly orderValueDeviation: number;
}

/** How a holdout is laid out. */
export interface HoldoutDesign {
  /** Share of visitors held out, above 0 and below 1. */
  readonly holdoutShare?: number;
  /** Chance to prove the gain when it is real. */
  readonly power?: number;
  /** Chance to claim a gain or loss when there is none, both sides together. */
  readonly significance?: number;
  /** `fixed`: it is judged once, at the end. `sequential`: it may be judged every day, and takes longer. */
  readonly interval?: "fixed" | "sequential";
  /** For `sequential`: see `compareMeans`. */
  readonly tunedFor?: number;
}

/** A metric as it is before the experiment. */
export interface Baseline {
  /** Per visitor, for example net revenue in minor units. Above zero. */
  readonly mean: number;
  readonly standardDeviation: number;
  /** New visitors a week: one who returns counts once. */
  readonly visitorsPerWeek: number;
}

/** The gain to be proved, and how long that may take, for a metric whose spread is known. */
export interface DurationOptions extends Baseline, HoldoutDesign {
  /** The smallest relative gain worth proving: 0.02 is 2 %. */
  readonly minimumDetectableLift: number;
  /** The time that `visitorsPerWeekNeeded` and `liftWithin` are counted for. */
  readonly withinWeeks?: number;
}

/** The gain to be proved, and how long that may take. */
export interface HoldoutPlanOptions extends Traffic, HoldoutDesign {
  /** The smallest relative gain in revenue per visitor worth proving: 0.02 is 2 %. */
  readonly minimumDetectableLift: number;
  /** The time that `visitorsPerWeekNeeded` and `liftWithin` are counted for. */
  readonly withinWeeks?: number;
}

/** What it takes to prove a gain. Money is in minor units. */
export interface HoldoutPlan {
  readonly minimumDetectableLift: number;
  readonly holdoutShare: number;
  readonly power: number;
  readonly significance: number;
  /** Mean revenue per visitor without recommendations. */
  readonly revenuePerVisitor: number;
  /** Standard deviation of revenue per visitor. */
  readonly revenueDeviation: number;
  /** Visitors in both arms together, rounded up. */
  readonly visitorsNeeded: number;
  /** How long that takes at the shop's traffic, in weeks and parts of them. Run whole weeks: weekdays differ. */
  readonly weeks: number;
  /** Visitors a week that would bring the answer within `withinWeeks`. */
  readonly visitorsPerWeekNeeded: number;
  readonly withinWeeks: number;
  /** The smallest gain that can be proved within `withinWeeks` at the shop's traffic. */
  readonly liftWithin: number;
  /** Revenue forgone on held-out visitors until then if the gain is real: the price of knowing. */
  readonly costIfReal: number;
}

/**
 * Mean and variance of revenue per visitor, those who buy nothing included.
 * @throws InvalidOption when a figure of the traffic is out of its range
 * @example
 * const traffic = { visitorsPerWeek: 20_000, conversionRate: 0.03, averageOrderValue: 40, orderValueDeviation: 25 };
 * revenuePerVisitor(traffic).mean; // 1.2
 */
export function revenuePerVisitor({ conversionRate, averageOrderValue, orderValueDeviation }: Traffic): {
  readonly mean: number;
  readonly variance: number;
} {
  requireNumber("conversionRate", conversionRate, Number.MIN_VALUE, 1);
  requireNumber("averageOrderValue", averageOrderValue, Number.MIN_VALUE);
  requireNumber("orderValueDeviation", orderValueDeviation, 0);
  const mean = conversionRate * averageOrderValue;
  if (!Number.isFinite(averageOrderValue ** 2))
    throw new InvalidOption("averageOrderValue", averageOrderValue, "an amount");
  if (!Number.isFinite(orderValueDeviation ** 2)) {
    throw new InvalidOption("orderValueDeviation", orderValueDeviation, "an amount");
  }
  return { mean, variance: conversionRate * (orderValueDeviation ** 2 + averageOrderValue ** 2) - mean ** 2 };
}

/**
 * @throws InvalidOption when a share, rate or amount is out of range
 * @example
 * const traffic = { visitorsPerWeek: 20_000, conversionRate: 0.03, averageOrderValue: 6000, orderValueDeviation: 4500 };
 * planHoldout({ ...traffic, minimumDetectableLift: 0.05 }).weeks;
 */
export function planHoldout({
  conversionRate,
  averageOrderValue,
  orderValueDeviation,
  ...design
}: HoldoutPlanOptions): HoldoutPlan {
  const { visitorsPerWeek } = design;
  const traffic = { visitorsPerWeek, conversionRate, averageOrderValue, orderValueDeviation };
  const { mean, variance } = revenuePerVisitor(traffic);
  return planDuration({ ...design, mean, standardDeviation: Math.sqrt(variance) });
}

/**
 * The same for any metric whose mean and spread are known, such as winsorised revenue.
 * @throws InvalidOption when a share, rate or amount is out of range
 * @example
 * planDuration({ mean: 180, standardDeviation: 1290, visitorsPerWeek: 20_000, minimumDetectableLift: 0.05 }).weeks;
 */
export function planDuration({
  mean,
  standardDeviation,
  visitorsPerWeek,
  minimumDetectableLift,
  withinWeeks = 8,
  ...design
}: DurationOptions): HoldoutPlan {
  const { holdoutShare, power, significance } = checkedDesign(design);
  requireNumber("mean", mean, Number.MIN_VALUE);
  requireNumber("standardDeviation", standardDeviation, 0);
  requireNumber("minimumDetectableLift", minimumDetectableLift, Number.MIN_VALUE);
  requireNumber("withinWeeks", withinWeeks, Number.MIN_VALUE);
  requireNumber("visitorsPerWeek", visitorsPerWeek, Number.MIN_VALUE);
  const spread = standardDeviation / mean;
  const visitorsNeeded = visitorsFor(minimumDetectableLift / spread, design);
  if (!(visitorsNeeded < Infinity)) {
    throw new InvalidOption(
      "minimumDetectableLift",
      minimumDetectableLift,
      "a gain that some number of visitors can prove",
    );
  }
  return {
    minimumDetectableLift,
    holdoutShare,
    power,
    significance,
    revenuePerVisitor: mean,
    revenueDeviation: standardDeviation,
    visitorsNeeded,
    weeks: visitorsNeeded / visitorsPerWeek,
    visitorsPerWeekNeeded: Math.ceil(visitorsNeeded / withinWeeks),
    withinWeeks,
    liftWithin: spread * detectableEffect(withinWeeks * visitorsPerWeek, design),
    costIfReal: Math.round(visitorsNeeded * holdoutShare * minimumDetectableLift * mean),
  };
}

/**
 * The inverse of `planHoldout`: the smallest relative gain that can be proved in a given time.
 * @param weeks above 0
 * @returns 0.05 for 5 %
 * @example
 * detectableLift({ ...traffic, weeks: 4 });
 */
export function detectableLift({ weeks, ...options }: Traffic & HoldoutDesign & { readonly weeks: number }): number {
  requireNumber("weeks", weeks, Number.MIN_VALUE);
  requireNumber("visitorsPerWeek", options.visitorsPerWeek, Number.MIN_VALUE);
  const { mean, variance } = revenuePerVisitor(options);
  return (Math.sqrt(variance) / mean) * detectableEffect(weeks * options.visitorsPerWeek, options);
}

/** The smallest effect, in standard deviations of a visitor, that so many visitors can prove. */
function detectableEffect(visitors: number, design: HoldoutDesign): number {
  const { holdoutShare, power, significance, interval, tunedFor } = checkedDesign(design);
  const reach =
    interval === "fixed"
      ? normalQuantile(1 - significance / 2)
      : sequenceReach(visitors, { level: 1 - significance, tunedFor });
  return (reach + normalQuantile(power)) * Math.sqrt((1 / holdoutShare + 1 / (1 - holdoutShare)) / visitors);
}

/** What takes more than these is not to be proved: they cannot be counted. */
const mostVisitors = Number.MAX_SAFE_INTEGER;

/** Its inverse, rounded up: of the formula where the reach is constant, by bisection where it is not. */
function visitorsFor(effect: number, design: HoldoutDesign): number {
  if (!(effect < Infinity)) return 0;
  if (checkedDesign(design).interval === "fixed") return Math.ceil((detectableEffect(1, design) / effect) ** 2);
  if (!(detectableEffect(mostVisitors, design) <= effect)) return Infinity;
  let low = 0;
  let high = 1;
  while (detectableEffect(high, design) > effect) {
    low = high;
    high = Math.min(2 * high, mostVisitors);
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (detectableEffect(middle, design) > effect) low = middle;
    else high = middle;
  }
  return high;
}

function checkedDesign({
  holdoutShare = 0.1,
  power = 0.8,
  significance = 0.05,
  interval = "fixed",
  tunedFor = 5000,
}: HoldoutDesign): Required<HoldoutDesign> {
  // 0.5 is the least sensible power and a thousandth the thinnest arm; both ends keep the quantiles finite.
  requireNumber("holdoutShare", holdoutShare, 0.001, 0.999);
  requireNumber("power", power, 0.5, 0.9999);
  requireNumber("significance", significance, 1e-9, 0.5);
  requireNumber("tunedFor", tunedFor, 1);
  if (interval !== "fixed" && interval !== "sequential") {
    throw new InvalidOption("interval", interval, '"fixed" or "sequential"');
  }
  return { holdoutShare, power, significance, interval, tunedFor };
}
