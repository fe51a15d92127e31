/**
 * Whether the arms have the sizes they were meant to have. When they do not, the assignment or its logging is broken and
 * no effect can be believed. Pearson's chi-square test; Fabijan et al., "Diagnosing sample ratio mismatch in online
 * controlled experiments", KDD 2019.
 */
import { InvalidInput } from "../errors.ts";
import { regularisedGammaQ } from "../statistics/index.ts";

export interface SampleRatio {
  readonly chiSquare: number;
  readonly pValue: number;
  /** Too unlikely to be chance: look for the fault before reading effects. */
  readonly alarm: boolean;
}

/** Looked at daily for months, a larger threshold would cry wolf. */
const alarming = 0.001;
/** Expected units of an arm below which the test says nothing. */
const fewest = 8;

/**
 * @param observed units in each arm
 * @param shares what each arm was meant to have; they are taken relative to their sum
 * @throws InvalidInput unless there are two arms or more, as many as shares, every share is above zero, and
 * units are counts
 * @example
 * checkSampleRatio([9463, 7681], [0.5, 0.5]).alarm; // true
 */
export function checkSampleRatio(observed: readonly number[], shares: readonly number[]): SampleRatio {
  if (observed.length < 2 || observed.length !== shares.length) {
    throw new InvalidInput(
      "shares",
      `${shares.length} shares`,
      `one for each of two or more arms (${observed.length})`,
    );
  }
  for (const [arm, units] of observed.entries()) {
    if (!Number.isSafeInteger(units) || units < 0)
      throw new InvalidInput(`observed[${arm}]`, units, "a count of units");
  }
  const total = sum(observed);
  const whole = sum(shares);
  let chiSquare = 0;
  let least = Infinity;
  for (const [arm, share] of shares.entries()) {
    if (!(share > 0 && whole < Infinity)) throw new InvalidInput(`shares[${arm}]`, share, "a share above zero");
    const expected = (total * share) / whole;
    least = Math.min(least, expected);
    chiSquare += expected === 0 ? 0 : (observed[arm] - expected) ** 2 / expected;
  }
  if (!Number.isFinite(chiSquare)) throw new InvalidInput("shares", chiSquare, "shares of the same order of size");
  const pValue = regularisedGammaQ((observed.length - 1) / 2, chiSquare / 2);
  return { chiSquare, pValue, alarm: least >= fewest && pValue < alarming };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
