/**
 * False discovery control: Benjamini and Hochberg, "Controlling the false discovery rate", JRSS B 57 (1995), as
 * adjusted p-values (q-values), for families in which most hypotheses are never computed because their p is 1.
 */
import { InvalidInput, InvalidOption, requireInteger, requireNumber } from "../errors.ts";
import { countBelow } from "../matrix/bisect.ts";
import { atOnce, pieceSize, type InPieces } from "../matrix/pieces.ts";
import { sortInPieces } from "../matrix/sort.ts";

/** The family that is judged, and how strictly. */
export interface BenjaminiHochbergOptions {
  /**
   * Hypotheses in the whole family. Those beyond the ones given count as p = 1. It must not depend on what the data
   * showed. The number of p-values given when left out.
   */
  readonly familySize?: number;
  /** Share of false discoveries among the rejections that is accepted, in [0, 1]. */
  readonly level?: number;
}

/** The verdict on each hypothesis, in the order of the input. */
export interface Discoveries {
  /** Smallest level at which each hypothesis would be rejected; in the order and on the scale of the input. */
  readonly qValues: Float64Array;
  /** 1 where the hypothesis is rejected: its q-value is at most `level`. */
  readonly rejected: Uint8Array;
  readonly rejections: number;
}

/**
 * @param pValues each in [0, 1], in any order
 * @returns the same as R's `p.adjust(p, "BH", n = familySize)`; O(n log n)
 * @throws InvalidInput when a p-value is not in [0, 1]
 * @throws InvalidOption when the family is smaller than the list, or `level` is not in [0, 1]
 * @example
 * benjaminiHochberg([0.01, 0.04, 0.03], { level: 0.05 }).qValues; // [0.03, 0.04, 0.04]
 */
export function benjaminiHochberg(pValues: ArrayLike<number>, options: BenjaminiHochbergOptions = {}): Discoveries {
  for (let i = 0; i < pValues.length; i++) {
    if (!(pValues[i] >= 0 && pValues[i] <= 1)) throw new InvalidInput(`pValues[${i}]`, pValues[i], "in [0, 1]");
  }
  const scale: Scale = { adjust: (p, factor) => p * factor, certain: 1, threshold: (level) => level };
  return atOnce(stepUp(pValues, options, scale));
}

/**
 * The same on natural logs, so that evidence far below the smallest float stays in order.
 * @param logPValues each at most 0; -Infinity for p = 0
 * @returns q-values as natural logs
 * @example
 * benjaminiHochbergLog([-800, -3], { familySize: 1000 }).rejections; // 1
 */
export function benjaminiHochbergLog(
  logPValues: ArrayLike<number>,
  options: BenjaminiHochbergOptions = {},
): Discoveries {
  return atOnce(benjaminiHochbergLogInPieces(logPValues, options));
}

/** The same, pausing on the way: a shop has millions of pairs. */
export function* benjaminiHochbergLogInPieces(
  logPValues: ArrayLike<number>,
  options: BenjaminiHochbergOptions = {},
): InPieces<Discoveries> {
  for (let i = 0; i < logPValues.length; i++) {
    if (!(logPValues[i] <= 0)) throw new InvalidInput(`logPValues[${i}]`, logPValues[i], "at most 0");
    if (i % pieceSize === 0) yield;
  }
  const scale: Scale = { adjust: (p, factor) => p + Math.log(factor), certain: 0, threshold: Math.log };
  return yield* stepUp(logPValues, options, scale);
}

/** How p-values are written: plainly or as logs. */
interface Scale {
  readonly adjust: (p: number, factor: number) => number;
  /** p = 1. */
  readonly certain: number;
  readonly threshold: (level: number) => number;
}

function* stepUp(
  pValues: ArrayLike<number>,
  { familySize = pValues.length, level = 0.05 }: BenjaminiHochbergOptions,
  { adjust, certain, threshold }: Scale,
): InPieces<Discoveries> {
  requireInteger("familySize", familySize, 0);
  if (familySize < pValues.length) {
    throw new InvalidOption("familySize", familySize, `at least the ${pValues.length} p-values given`);
  }
  requireNumber("level", level, 0, 1);

  const sorted = yield* sortInPieces(pValues);
  const adjusted = new Float64Array(sorted.length);
  let smallest = certain;
  for (let i = sorted.length - 1; i >= 0; i--) {
    smallest = Math.min(smallest, adjust(sorted[i], familySize / (i + 1)));
    adjusted[i] = smallest;
    if (i % pieceSize === 0) yield;
  }

  const bound = threshold(level);
  const qValues = new Float64Array(pValues.length);
  const rejected = new Uint8Array(pValues.length);
  let rejections = 0;
  for (let i = 0; i < pValues.length; i++) {
    // Equal p-values share one q-value, so the first place serves them all: cheaper than sorting positions.
    qValues[i] = adjusted[countBelow(sorted, pValues[i])];
    if (qValues[i] <= bound) {
      rejected[i] = 1;
      rejections++;
    }
    if (i % pieceSize === 0) yield;
  }
  return { qValues, rejected, rejections };
}
