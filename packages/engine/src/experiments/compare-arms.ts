/**
 * Two arms as claims are made of them, sound also while a small holdout has but a handful of buyers. Two things go wrong
 * then. An arm in which hardly anybody bought looks as if its mean were sure: without a buyer its spread is zero. And a
 * relative difference divides by a mean that is hardly known. So:
 *   - no arm is taken to spread less than the visitors of both arms together, whose spread it shares if nothing has changed
 *   - a relative interval holds the lifts r that the data do not contradict, |t - (1 + r) c| <= reach x standard error
 *     (Fieller, "Some problems in interval estimation", JRSS B 16, 1954), not a linear approximation of them: it says of no
 *     effect just what the absolute one says, and where the control cannot be told from zero there is none
 */
import { compareMeans, relativeTo, type ArmMoments, type CompareOptions, type Effect } from "./effects.ts";

/** One difference, said in two ways. They agree on which side of zero it lies. */
export interface ArmComparison {
  /** In the unit of the means. */
  readonly absolute: Effect;
  /** In shares of the control; undefined where the control's mean cannot be told from zero. */
  readonly relative: Effect | undefined;
}

/**
 * @param control per unit that was assigned: visitors, not orders
 * @throws InvalidInput when an arm has fewer than two units, or a figure is not finite; InvalidOption as `compareMeans`
 * @example
 * const { absolute, relative } = compareArms(momentsOf(revenueOfHoldout), momentsOf(revenueOfTreatment));
 */
export function compareArms(
  control: ArmMoments,
  treatment: ArmMoments,
  options: Omit<CompareOptions, "difference"> = {},
): ArmComparison {
  // Checks the arms, before they are put together.
  compareMeans(control, treatment, { ...options, difference: "absolute" });
  const [steadyControl, steadyTreatment] = steadyArms([control, treatment]);
  const absolute = compareMeans(steadyControl, steadyTreatment, { ...options, difference: "absolute" });
  return { absolute, relative: relativeEffect(steadyControl, steadyTreatment, absolute) };
}

/**
 * The arms with no variance below the one of all their units together.
 * @example
 * const chances = chancesToBeBest(steadyArms(arms));
 */
export function steadyArms(arms: readonly ArmMoments[]): ArmMoments[] {
  const count = arms.reduce((sum, arm) => sum + arm.count, 0);
  const mean = arms.reduce((sum, arm) => sum + arm.count * arm.mean, 0) / count;
  const squares = arms.reduce(
    (sum, arm) => sum + (arm.count - 1) * arm.variance + arm.count * (arm.mean - mean) ** 2,
    0,
  );
  const variance = squares / (count - 1);
  return arms.map((arm) => ({ ...arm, variance: Math.max(arm.variance, variance) }));
}

/** The ends are the roots k = 1 + r of (t - k c)^2 = reach^2 (v_t + k^2 v_c). */
function relativeEffect(control: ArmMoments, treatment: ArmMoments, absolute: Effect): Effect | undefined {
  const base = relativeTo(control);
  if (base === 0) return undefined;
  const ratio = 1 + absolute.value / base;
  // In squares of the control's mean.
  const ofControl = control.variance / control.count / base ** 2;
  const ofTreatment = treatment.variance / treatment.count / base ** 2;
  const reach = absolute.standardError === 0 ? 0 : (absolute.upper - absolute.value) / absolute.standardError;
  const known = 1 - reach ** 2 * ofControl;
  if (!(known > 0)) return undefined;
  const half = reach * Math.sqrt(Math.max(0, known * ofTreatment + ratio ** 2 * ofControl));
  const ends = [(ratio - half) / known - 1, (ratio + half) / known - 1];
  // Of a control below zero, more is less of a loss.
  const [lower, upper] = base > 0 ? ends : [-ends[1], -ends[0]];
  return {
    value: absolute.value / Math.abs(base),
    lower,
    upper,
    level: absolute.level,
    standardError: Math.sqrt(ofTreatment + ratio ** 2 * ofControl),
    pValue: absolute.pValue,
  };
}
