/**
 * What to believe of a difference after the data: a normal posterior of it, the chance that the treatment is better and what
 * is lost on average by choosing wrong. With the flat prior that is left out, as GrowthBook's statistics engine has it.
 *   precision = 1 / variance + 1 / prior variance
 *   mean      = (difference / variance + prior mean / prior variance) / precision
 */
import { InvalidInput, InvalidOption, requireNumber } from "../errors.ts";
import { normalCdf, normalDensity, normalQuantile } from "../statistics/index.ts";
import { differenceOf, type ArmMoments, type DifferenceKind } from "./effects.ts";

/** What was believed of the difference beforehand, in its own unit. */
export interface Prior {
  readonly mean: number;
  readonly variance: number;
}

export interface PosteriorOptions {
  readonly difference?: DifferenceKind;
  /** Nothing in particular when left out. */
  readonly prior?: Prior;
  readonly level?: number;
  /** Which direction is good. */
  readonly better?: "higher" | "lower";
}

export interface Posterior {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** Probability that the truth lies within `lower` and `upper`. */
  readonly level: number;
  readonly standardDeviation: number;
  /** Probability that the treatment is better. */
  readonly chanceToWin: number;
  /** What is given away on average by staying with the control, and by taking the treatment. In the unit of the difference. */
  readonly expectedLoss: { readonly control: number; readonly treatment: number };
}

/**
 * Not corrected for looking: a posterior is the same whenever it is looked at, but stopping as soon as the chance is high
 * claims more than the stated share of effects that are none. Stop by the interval of `compareMeans`.
 * @throws InvalidInput when an arm has fewer than two units, both have no spread, or a relative difference to zero is asked
 * for; InvalidOption when a setting is out of range
 * @example
 * posteriorOf(momentsOfShare(100, 49), momentsOfShare(100, 51)).chanceToWin; // 0.609
 */
export function posteriorOf(
  control: ArmMoments,
  treatment: ArmMoments,
  { difference = "relative", prior, level = 0.95, better = "higher" }: PosteriorOptions = {},
): Posterior {
  requireNumber("level", level, Number.EPSILON, 1 - Number.EPSILON);
  if (better !== "higher" && better !== "lower") throw new InvalidOption("better", better, '"higher" or "lower"');
  const data = differenceOf(control, treatment, difference);
  if (data.variance === 0) throw new InvalidInput("treatment.variance", 0, "above zero in one arm at least");
  const { value, standardDeviation } = updated(data, prior);
  const reach = normalQuantile((1 + level) / 2) * standardDeviation;
  const below = expectedExcess(-value, standardDeviation);
  const above = expectedExcess(value, standardDeviation);
  const isHigherBetter = better === "higher";
  return {
    value,
    lower: value - reach,
    upper: value + reach,
    level,
    standardDeviation,
    chanceToWin: normalCdf((isHigherBetter ? value : -value) / standardDeviation),
    expectedLoss: isHigherBetter ? { control: above, treatment: below } : { control: below, treatment: above },
  };
}

function updated(
  { value, variance }: { readonly value: number; readonly variance: number },
  prior: Prior | undefined,
): { readonly value: number; readonly standardDeviation: number } {
  if (!prior) return { value, standardDeviation: Math.sqrt(variance) };
  requireNumber("prior.mean", prior.mean, -Number.MAX_VALUE);
  requireNumber("prior.variance", prior.variance, Number.MIN_VALUE);
  const precision = 1 / variance + 1 / prior.variance;
  return {
    value: (value / variance + prior.mean / prior.variance) / precision,
    standardDeviation: Math.sqrt(1 / precision),
  };
}

/** E[max(0, X)] of a normal X. */
function expectedExcess(mean: number, deviation: number): number {
  const z = mean / deviation;
  return Math.max(0, mean * normalCdf(z) + deviation * normalDensity(z));
}
