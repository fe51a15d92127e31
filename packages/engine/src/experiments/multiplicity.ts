/**
 * Many metrics, one decision: with twenty of them, one looks like an effect by chance alone. Metrics that decide are held to
 * Holm's rule (no false claim among them at all), those that only explain to Benjamini and Hochberg's (few among the
 * claims). Valid for p-values of confidence sequences as for those of one look.
 */
import { InvalidInput, InvalidOption, requireNumber } from "../errors.ts";
import { benjaminiHochbergLog, holmLog } from "../statistics/index.ts";

/** A p-value after the others are taken into account. */
export interface AdjustedPValue {
  /** The smallest level at which it would be claimed. */
  readonly pValue: number;
  readonly isClaimed: boolean;
}

/**
 * @param pValues of all metrics that were planned, in any order; one that could not be computed is 1
 * @param rule `holm` for metrics that decide, `benjamini-hochberg` for those that explain
 * @param level 0.95 accepts one mistake in twenty
 * @throws InvalidInput when a p-value is not in [0, 1]; InvalidOption when `level` is not
 * @example
 * adjustPValues([0.01, 0.04, 0.03], "holm").map(({ pValue }) => pValue); // [0.03, 0.06, 0.06]
 */
export function adjustPValues(
  pValues: readonly number[],
  rule: "holm" | "benjamini-hochberg",
  level = 0.95,
): AdjustedPValue[] {
  if (rule !== "holm" && rule !== "benjamini-hochberg") {
    throw new InvalidOption("rule", rule, '"holm" or "benjamini-hochberg"');
  }
  requireNumber("level", level, 0, 1);
  for (const [index, p] of pValues.entries()) {
    if (!(p >= 0 && p <= 1)) throw new InvalidInput(`pValues[${index}]`, p, "a number from 0 to 1");
  }
  const adjust = rule === "holm" ? holmLog : benjaminiHochbergLog;
  const { qValues, rejected } = adjust(pValues.map(Math.log), { level: 1 - level });
  return pValues.map((_, index) => ({ pValue: Math.exp(qValues[index]), isClaimed: rejected[index] === 1 }));
}
