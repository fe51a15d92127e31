/**
 * How much better one arm does than another. Sufficient statistics in, effect out: the same on a server, in a console and
 * on the edge.
 *
 * The relative difference of two means, its variance by the delta method:
 *   lift     = (m_t - m_c) / |m_c|
 *   variance = v_t / (n_t m_c^2) + v_c m_t^2 / (n_c m_c^4)
 * That is a linear approximation: while an arm has but dozens of buyers, take `compareArms`.
 *
 * Two kinds of interval. `fixed` is Welch's: right when it is looked at once, at a time chosen beforehand. `sequential` may
 * be looked at every day (`confidence-sequence.ts`).
 */
import { InvalidInput, InvalidOption, requireNumber } from "../errors.ts";
import { studentQuantile, studentTail, type Moments } from "../statistics/index.ts";
import { confidenceSequence, type Uncertainty } from "./confidence-sequence.ts";

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

/** What is known of one arm. */
export interface ArmMoments extends Moments {
  /**
   * The plain mean, where `mean` is adjusted for what was known before (`adjustment.ts`): what a relative difference is
   * relative to.
   */
  readonly unadjustedMean?: number;
}

/** Whether a difference is said in shares of the control or in its own unit. */
export type DifferenceKind = "relative" | "absolute";

export interface CompareOptions {
  /** `relative` is 0.05 for 5 % more; `absolute` is in the unit of the means. */
  readonly difference?: DifferenceKind;
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
  control: ArmMoments,
  treatment: ArmMoments,
  { difference = "relative", interval = "sequential", level = 0.95, tunedFor = 5000 }: CompareOptions = {},
): Effect {
  requireNumber("level", level, Number.EPSILON, 1 - Number.EPSILON);
  requireNumber("tunedFor", tunedFor, 1);
  if (interval !== "fixed" && interval !== "sequential") {
    throw new InvalidOption("interval", interval, '"fixed" or "sequential"');
  }
  const { value, variance } = differenceOf(control, treatment, difference);
  const { halfWidth, pValue } =
    interval === "fixed"
      ? welch(value, Math.sqrt(variance), welchFreedom(control, treatment), level)
      : confidenceSequence({ value, variance, count: control.count + treatment.count }, { level, tunedFor });
  const standardError = Math.sqrt(variance);
  return { value, lower: value - halfWidth, upper: value + halfWidth, level, standardError, pValue };
}

/** A difference of two arms. */
export interface Difference {
  readonly value: number;
  /** Of the estimate, not of a unit. */
  readonly variance: number;
}

/**
 * The difference alone, for those who judge it otherwise than by an interval.
 * @throws InvalidInput when an arm has fewer than two units, a figure is not finite, or a relative difference to zero is
 * asked for
 */
export function differenceOf(control: ArmMoments, treatment: ArmMoments, kind: DifferenceKind): Difference {
  if (kind !== "relative" && kind !== "absolute") {
    throw new InvalidOption("difference", kind, '"relative" or "absolute"');
  }
  requireMoments(control, "control");
  requireMoments(treatment, "treatment");
  const difference = kind === "absolute" ? absoluteOf(control, treatment) : relativeOf(control, treatment);
  if (Number.isFinite(difference.value) && Number.isFinite(difference.variance)) return difference;
  throw new InvalidInput("treatment.mean", treatment.mean, "of a size that a number can hold the difference of");
}

function absoluteOf(control: ArmMoments, treatment: ArmMoments): Difference {
  const variance = treatment.variance / treatment.count + control.variance / control.count;
  return { value: treatment.mean - control.mean, variance };
}

/** A loss that shrinks is a gain: what counts is the size of the control's mean. */
function relativeOf(control: ArmMoments, treatment: ArmMoments): Difference {
  const base = relativeTo(control);
  if (base === 0) throw new InvalidInput("control.mean", 0, "another value than zero: nothing is relative to it");
  const ofControl = control.variance / control.count;
  const ofTreatment = treatment.variance / treatment.count;
  return {
    value: (treatment.mean - control.mean) / Math.abs(base),
    variance: ofTreatment / base ** 2 + (ofControl * relativeTo(treatment) ** 2) / base ** 4,
  };
}

/** The plain mean: what a relative difference to this arm is relative to. */
export function relativeTo({ mean, unadjustedMean = mean }: ArmMoments): number {
  return unadjustedMean;
}

function welch(value: number, standardError: number, freedom: number, level: number): Uncertainty {
  if (standardError === 0) return { halfWidth: 0, pValue: value === 0 ? 1 : 0 };
  return {
    halfWidth: studentQuantile((1 + level) / 2, freedom) * standardError,
    pValue: 2 * studentTail(Math.abs(value) / standardError, freedom),
  };
}

/** Welch and Satterthwaite's degrees of freedom, by shares: squares of tiny variances would vanish. */
function welchFreedom(control: Moments, treatment: Moments): number {
  const ofControl = control.variance / control.count;
  const share = ofControl / (ofControl + treatment.variance / treatment.count);
  return 1 / (share ** 2 / (control.count - 1) + (1 - share) ** 2 / (treatment.count - 1));
}

/** Means may be this large: the squares of their differences are numbers then. */
const largest = 1e100;

/** @throws InvalidInput unless there are two units or more, with a finite mean and spread */
export function requireMoments({ count, mean, variance, unadjustedMean = mean }: ArmMoments, path: string): void {
  if (!(count >= 2 && count <= Number.MAX_SAFE_INTEGER))
    throw new InvalidInput(`${path}.count`, count, "at least two units");
  if (!(Math.abs(mean) <= largest)) throw new InvalidInput(`${path}.mean`, mean, "a finite number");
  if (!(Math.abs(unadjustedMean) <= largest)) {
    throw new InvalidInput(`${path}.unadjustedMean`, unadjustedMean, "a finite number");
  }
  if (!(variance >= 0 && variance <= largest ** 2)) {
    throw new InvalidInput(`${path}.variance`, variance, "a finite number, zero or more");
  }
}
