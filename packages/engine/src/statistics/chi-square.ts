/** The tail of the chi-square distribution: what tests of counts against expectations are judged by. */
import { InvalidOption, requireNumber } from "../errors.ts";
import { logRegularisedGammaQ } from "./incomplete-gamma.ts";

/**
 * P[chi-square > statistic].
 * @param statistic zero or more
 * @param degreesOfFreedom above zero; need not be whole
 * @throws InvalidOption when an argument is out of range
 * @example
 * chiSquareUpperTail(3.841459, 1); // 0.05
 */
export function chiSquareUpperTail(statistic: number, degreesOfFreedom: number): number {
  return Math.exp(logChiSquareUpperTail(statistic, degreesOfFreedom));
}

/**
 * Its natural log: keeps overwhelming evidence in order below the smallest float.
 * @example
 * logChiSquareUpperTail(3000, 11);
 */
export function logChiSquareUpperTail(statistic: number, degreesOfFreedom: number): number {
  requireNumber("statistic", statistic, 0);
  if (!(degreesOfFreedom > 0 && degreesOfFreedom < Infinity)) {
    throw new InvalidOption("degreesOfFreedom", degreesOfFreedom, "a positive number");
  }
  return logRegularisedGammaQ(degreesOfFreedom / 2, statistic / 2);
}
