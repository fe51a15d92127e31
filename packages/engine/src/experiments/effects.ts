/**
 * How much better one arm does than another. Sufficient statistics in, effect out: the same on a server, in a console and
 * on the edge.
 *
 * The relative difference of two means, its variance by the delta method:
 *   lift     = m_t / m_c - 1
 *   variance = v_t / (n_t m_c^2) + v_c m_t^2 / (n_c m_c^4)
 *
 * Two kinds of interval. `fixed` is Welch's: right when it is looked at once, at a time chosen beforehand. `sequential` is
 * the asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit
 * theory and asymptotic confidence sequences" (2021, arXiv 2103.06476), eq. 9: it may be looked at every day, and the
 * experiment stopped at any of them, and still errs with the stated chance over its whole life. It is wider: that is the
 * price of looking.
 */
import { InvalidInput, requireNumber } from "../errors.ts";
import type { Moments } from "../statistics/index.ts";
import { studentQuantile, studentTail } from "./student.ts";

/** An effect with the interval that belongs to it, both in the unit of the effect. */
export interface Effect {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** How often intervals made this way hold the truth, for example 0.95. */
  readonly level: number;
  readonly standardError: number;
  /** Two-sided: the chance of a difference at least this large were there none. Valid at every look when sequential. */
  readonly pValue: number;
}

export interface CompareOptions {
  /** `relative` is 0.05 for 5 % more; `absolute` is in the unit of the means. */
  readonly difference?: "relative" | "absolute";
  readonly interval?: "sequential" | "fixed";
  readonly level?: number;
  /** Visitors of both arms at which a sequential interval is narrowest compared with a fixed one. */
  readonly tunedFor?: number;
}

/**
 * @param control per unit that was assigned: visitors, not orders
 * @throws InvalidInput when an arm has fewer than two units, or a relative difference to zero is asked for
 * @throws InvalidOption when `level` is not between 0 and 1, or `tunedFor` is below 1
 * @example
 * const lift = compareMeans(momentsOf(revenueOfHoldout), momentsOf(revenueOfTreatment));
 * `${lift.value} (${lift.lower} to ${lift.upper})`;
 */
export function compareMeans(
  control: Moments,
  treatment: Moments,
  { difference = "relative", interval = "sequential", level = 0.95, tunedFor = 5000 }: CompareOptions = {},
): Effect {
  requireNumber("level", level, Number.EPSILON, 1 - Number.EPSILON);
  requireNumber("tunedFor", tunedFor, 1);
  requireTwo("control", control);
  requireTwo("treatment", treatment);
  const { value, variance } =
    difference === "relative" ? relativeDifference(control, treatment) : absoluteDifference(control, treatment);
  const standardError = Math.sqrt(variance);
  const { halfWidth, pValue } =
    interval === "fixed"
      ? welch(value, standardError, welchFreedom(control, treatment), level)
      : confidenceSequence(value, variance, control.count + treatment.count, level, tunedFor);
  return { value, lower: value - halfWidth, upper: value + halfWidth, level, standardError, pValue };
}

interface Difference {
  readonly value: number;
  /** Of the estimate, not of a unit. */
  readonly variance: number;
}

function relativeDifference(control: Moments, treatment: Moments): Difference {
  if (control.mean === 0)
    throw new InvalidInput("control.mean", 0, "another value than zero: nothing is relative to it");
  const ofTreatment = treatment.variance / treatment.count / control.mean ** 2;
  const ofControl = ((control.variance / control.count) * treatment.mean ** 2) / control.mean ** 4;
  return { value: treatment.mean / control.mean - 1, variance: ofTreatment + ofControl };
}

function absoluteDifference(control: Moments, treatment: Moments): Difference {
  return {
    value: treatment.mean - control.mean,
    variance: treatment.variance / treatment.count + control.variance / control.count,
  };
}

interface Uncertainty {
  readonly halfWidth: number;
  readonly pValue: number;
}

function welch(value: number, standardError: number, freedom: number, level: number): Uncertainty {
  if (standardError === 0) return { halfWidth: 0, pValue: value === 0 ? 1 : 0 };
  return {
    halfWidth: studentQuantile((1 + level) / 2, freedom) * standardError,
    pValue: 2 * studentTail(Math.abs(value) / standardError, freedom),
  };
}

/** Welch and Satterthwaite's degrees of freedom. */
function welchFreedom(control: Moments, treatment: Moments): number {
  const ofControl = control.variance / control.count;
  const ofTreatment = treatment.variance / treatment.count;
  return (
    (ofControl + ofTreatment) ** 2 / (ofControl ** 2 / (control.count - 1) + ofTreatment ** 2 / (treatment.count - 1))
  );
}

/**
 * rho tunes where the sequence is tightest:
 *   rho        = sqrt((-2 ln a + ln(-2 ln a + 1)) / tunedFor)
 *   half width = sqrt(s^2) sqrt(2 (n rho^2 + 1) / (n^2 rho^2) ln(sqrt(n rho^2 + 1) / a)),  s^2 = n variance
 */
function confidenceSequence(
  value: number,
  variance: number,
  count: number,
  level: number,
  tunedFor: number,
): Uncertainty {
  const alpha = 1 - level;
  const rhoSquared = (-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha) + 1)) / tunedFor;
  const growth = count * rhoSquared + 1;
  const spread = ((2 * growth) / (count ** 2 * rhoSquared)) * Math.log(Math.sqrt(growth) / alpha);
  if (variance === 0) return { halfWidth: 0, pValue: value === 0 ? 1 : 0 };
  // The inverse of the mixture martingale at no effect.
  const logEvidence = (rhoSquared * count * value ** 2) / (2 * growth * variance) - Math.log(growth) / 2;
  return { halfWidth: Math.sqrt(count * variance * spread), pValue: Math.min(1, Math.exp(-logEvidence)) };
}

function requireTwo(arm: string, { count }: Moments): void {
  if (!(count >= 2)) throw new InvalidInput(`${arm}.count`, count, "at least two units");
}
