/**
 * Control of any false discovery at all: Holm, "A simple sequentially rejective multiple test procedure", Scandinavian
 * Journal of Statistics 6 (1979), as adjusted p-values.
 */
import { InvalidInput, InvalidOption, requireInteger, requireNumber } from "../errors.ts";
import type { Discoveries } from "./benjamini-hochberg.ts";

/** The family that is judged, and how strictly. */
export interface HolmOptions {
  /** Hypotheses in the whole family; those beyond the ones given count as p = 1. As many as given when left out. */
  readonly familySize?: number;
  /** Chance of one false rejection or more that is accepted, in [0, 1]. */
  readonly level?: number;
}

/**
 * @param logPValues natural logs, each at most 0; -Infinity for p = 0. In any order.
 * @returns adjusted p-values as natural logs (`qValues`), the same as R's `p.adjust(p, "holm", n = familySize)`;
 * O(n log n)
 * @throws InvalidInput when a log is above 0 or no number; InvalidOption when the family is smaller than the list, or
 * `level` is not in [0, 1]
 * @example
 * holmLog([Math.log(0.01), Math.log(0.04), Math.log(0.03)]).qValues.map(Math.exp); // [0.03, 0.06, 0.06]
 */
export function holmLog(
  logPValues: ArrayLike<number>,
  { familySize = logPValues.length, level = 0.05 }: HolmOptions = {},
): Discoveries {
  for (let i = 0; i < logPValues.length; i++) {
    if (!(logPValues[i] <= 0)) throw new InvalidInput(`logPValues[${i}]`, logPValues[i], "at most 0");
  }
  requireInteger("familySize", familySize, 0);
  if (familySize < logPValues.length) {
    throw new InvalidOption("familySize", familySize, `at least the ${logPValues.length} p-values given`);
  }
  requireNumber("level", level, 0, 1);

  const ascending = Uint32Array.from({ length: logPValues.length }, (_, i) => i).sort((one, other) =>
    Math.sign(logPValues[one] - logPValues[other] || one - other),
  );
  const qValues = new Float64Array(logPValues.length);
  const rejected = new Uint8Array(logPValues.length);
  const bound = Math.log(level);
  let largest = -Infinity;
  let rejections = 0;
  for (const [rank, i] of ascending.entries()) {
    largest = Math.max(largest, Math.min(0, logPValues[i] + Math.log(familySize - rank)));
    qValues[i] = largest;
    if (largest > bound) continue;
    rejected[i] = 1;
    rejections++;
  }
  return { qValues, rejected, rejections };
}
