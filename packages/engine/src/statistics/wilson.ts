/** An interval for a share of independent cases. */
import { InvalidOption, requireInteger, requireNumber } from "../errors.ts";
import { normalQuantile } from "./normal.ts";
import type { Interval } from "./poisson.ts";

/**
 * Wilson's interval for a share, which stays inside [0, 1] and holds up for few cases. Wilson, "Probable inference, the
 * law of succession, and statistical inference", JASA 22 (1927).
 * @param part cases that count, at most `whole`
 * @param whole all cases, at least one
 * @param confidence coverage, in (0, 1)
 * @throws InvalidOption when a number is out of its range
 * @example
 * wilsonInterval(10, 100); // { lower: 0.0552, upper: 0.1744 }
 */
export function wilsonInterval(part: number, whole: number, confidence = 0.95): Interval {
  requireInteger("whole", whole, 1);
  requireInteger("part", part, 0);
  if (part > whole) throw new InvalidOption("part", part, `at most the whole (${whole})`);
  requireNumber("confidence", confidence, Number.EPSILON, 1 - Number.EPSILON);
  const z = normalQuantile((1 + confidence) / 2);
  const value = part / whole;
  const middle = (value + (z * z) / (2 * whole)) / (1 + (z * z) / whole);
  const half = (z * Math.sqrt((value * (1 - value)) / whole + (z / (2 * whole)) ** 2)) / (1 + (z * z) / whole);
  // The ends of nothing and of everything are exact; rounding would leave a hair.
  return { lower: part === 0 ? 0 : middle - half, upper: part === whole ? 1 : middle + half };
}
