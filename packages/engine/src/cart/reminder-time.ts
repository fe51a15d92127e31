/**
 * When to remind: after most of those have come back who come back by themselves, so that the reminder is not spent on
 * them, and not so late that the others have forgotten. From carts that were not reminded, those still watched included
 * (Kaplan and Meier, 1958).
 */
import { InvalidInput, requireNumber } from "../errors.ts";
import { kaplanMeier, type SurvivalCurve } from "../statistics/index.ts";

/** Carts that were abandoned and not reminded. Columns of one length. */
export interface ReturnTimes {
  /** Hours from abandonment to the order, or as long as the cart was watched. */
  readonly hours: ArrayLike<number>;
  /** 1 where they ended in an order, else 0. */
  readonly returned: ArrayLike<number>;
}

/** When to remind, and why. */
export interface ReminderTime {
  /** Hours after abandonment; absent where nobody ever came back by themselves: any time will do. */
  readonly afterHours?: number;
  /** Share of all carts that come back by themselves before then, and by the horizon. */
  readonly returnedBefore: number;
  readonly returnedByHorizon: number;
}

/**
 * @param share of those who come back by the horizon that shall have come back before the reminder
 * @param horizonHours after which a cart is given up
 * @param earliestHours a reminder before it looks like haste
 * @throws InvalidInput when the columns do not fit or hold impossible times; InvalidOption on settings out of range
 * @example
 * const { afterHours } = reminderTime({ hours: [0.5, 2, 30, 72], returned: [1, 1, 1, 0] });
 */
export function reminderTime(
  { hours, returned }: ReturnTimes,
  { share = 0.8, horizonHours = 168, earliestHours = 1 } = {},
): ReminderTime {
  requireNumber("share", share, 0, 1);
  requireNumber("horizonHours", horizonHours, 0);
  requireNumber("earliestHours", earliestHours, 0, horizonHours);
  const curve = kaplanMeier(hours, returned);
  const returnedByHorizon = returnedBy(curve, horizonHours);
  if (returnedByHorizon === 0) return { returnedBefore: 0, returnedByHorizon };
  const step = curve.survival.findIndex((waiting) => 1 - waiting >= share * returnedByHorizon - 1e-12);
  const afterHours = Math.max(earliestHours, curve.time[step]);
  return { afterHours, returnedBefore: returnedBy(curve, afterHours), returnedByHorizon };
}

/**
 * The chance that a cart idle for so long still comes back by itself before the horizon: the shares that come back
 * between the two, out of those who have not yet.
 * @throws InvalidInput when the cart is idle for longer than the horizon
 * @example
 * chanceOfReturn({ hours: [0.5, 2, 30, 72], returned: [1, 1, 1, 0] }, 1); // 2 of the 3 left
 */
export function chanceOfReturn({ hours, returned }: ReturnTimes, idleHours: number, horizonHours = 168): number {
  if (!(idleHours >= 0 && idleHours <= horizonHours)) {
    throw new InvalidInput("idleHours", idleHours, `hours from 0 to the horizon (${horizonHours})`);
  }
  const curve = kaplanMeier(hours, returned);
  const waiting = 1 - returnedBy(curve, idleHours);
  return waiting > 0 ? (returnedBy(curve, horizonHours) - returnedBy(curve, idleHours)) / waiting : 0;
}

/** Share that has come back at a time or before. */
function returnedBy({ time, survival }: SurvivalCurve, hours: number): number {
  const step = time.findLastIndex((at) => at <= hours);
  return step < 0 ? 0 : 1 - survival[step];
}
