/**
 * Intervals that may be looked at every day: the asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and
 * Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences" (2021, arXiv 2103.06476), eq. 9. An
 * experiment may be stopped at any look and still errs with the stated chance over its whole life. It is wider than an
 * interval for one look: that is the price of looking.
 */
import { InvalidInput, requireNumber } from "../errors.ts";

/** How the evidence of an estimate adds up while units arrive. */
export interface SequenceOptions {
  /** How often intervals made this way hold the truth, at all looks together. */
  readonly level?: number;
  /** Units of both arms at which a sequence is narrowest compared with an interval for one look. */
  readonly tunedFor?: number;
}

/** How far an interval reaches, and what it makes of "no effect". */
export interface Uncertainty {
  readonly halfWidth: number;
  /** Two-sided, of no effect. */
  readonly pValue: number;
}

/** An estimate that is asymptotically normal. */
export interface Estimate {
  readonly value: number;
  /** Of the estimate, not of a unit. */
  readonly variance: number;
  /** Units behind it, of both arms. */
  readonly count: number;
}

/**
 * How many standard errors the interval reaches after `count` units: about 3 at `tunedFor`, more before and after.
 *   rho   = sqrt((-2 ln a + ln(-2 ln a + 1)) / tunedFor)
 *   reach = sqrt(2 (n rho^2 + 1) / (n rho^2) ln(sqrt(n rho^2 + 1) / a))
 * @throws InvalidInput when nothing was counted; InvalidOption when `level` is not between 0 and 1, or `tunedFor` below 1
 * @example
 * sequenceReach(5000); // 3.035
 */
export function sequenceReach(count: number, { level = 0.95, tunedFor = 5000 }: SequenceOptions = {}): number {
  const information = informationOf(count, level, tunedFor);
  return Math.sqrt(((2 * (information + 1)) / information) * Math.log(Math.sqrt(information + 1) / (1 - level)));
}

/**
 * @returns the half width of the interval, and a p-value that holds at every look: the inverse of the mixture martingale
 * at no effect
 * @throws InvalidInput when the estimate is not finite; InvalidOption when `level` is not between 0 and 1, or `tunedFor`
 * below 1
 * @example
 * confidenceSequence({ value: 0.1, variance: 0.0004, count: 5000 }).pValue; // 0.000045
 */
export function confidenceSequence(
  { value, variance, count }: Estimate,
  { level = 0.95, tunedFor = 5000 }: SequenceOptions = {},
): Uncertainty {
  const information = informationOf(count, level, tunedFor);
  if (!Number.isFinite(value ** 2)) throw new InvalidInput("value", value, "a finite number with a finite square");
  if (!(variance >= 0 && variance < Infinity)) throw new InvalidInput("variance", variance, "finite, zero or more");
  if (variance === 0) return { halfWidth: 0, pValue: value === 0 ? 1 : 0 };
  const share = information / (2 * (information + 1));
  const logEvidence = share * (value ** 2 / variance) - Math.log(information + 1) / 2;
  return {
    halfWidth: Math.sqrt(variance) * sequenceReach(count, { level, tunedFor }),
    pValue: Math.min(1, Math.exp(-logEvidence)),
  };
}

/** n rho^2. */
function informationOf(count: number, level: number, tunedFor: number): number {
  requireNumber("level", level, Number.EPSILON, 1 - Number.EPSILON);
  requireNumber("tunedFor", tunedFor, 1, Number.MAX_SAFE_INTEGER);
  if (!(count >= 1 && count <= Number.MAX_SAFE_INTEGER)) throw new InvalidInput("count", count, "a number of units");
  const twice = -2 * Math.log(1 - level);
  return (count * (twice + Math.log(twice + 1))) / tunedFor;
}
