/** How sure a share is. */
import { InvalidInput, requireInteger, requireNumber } from "../errors.ts";
import { wilsonInterval } from "../statistics/index.ts";
import type { Effect } from "./effects.ts";

/**
 * A share with Wilson's interval.
 * @returns nothing is known of no trials: 0, from 0 to 1
 * @throws InvalidInput when there are more successes than trials
 * @example
 * shareWithInterval(10, 100); // { value: 0.1, lower: 0.0552, upper: 0.1744, level: 0.95 }
 */
export function shareWithInterval(
  successes: number,
  trials: number,
  level = 0.95,
): Pick<Effect, "value" | "lower" | "upper" | "level"> {
  requireInteger("successes", successes, 0);
  requireInteger("trials", trials, 0);
  requireNumber("level", level, Number.EPSILON, 1 - Number.EPSILON);
  if (successes > trials) throw new InvalidInput("successes", successes, `at most the number of trials (${trials})`);
  if (trials === 0) return { value: 0, lower: 0, upper: 1, level };
  return { value: successes / trials, ...wilsonInterval(successes, trials, level), level };
}
