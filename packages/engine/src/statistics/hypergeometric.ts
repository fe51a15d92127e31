/** The hypergeometric tail: Fisher's exact test of a 2x2 table, one-sided. */
import { InvalidOption, requireInteger, requireNumber } from "../errors.ts";
import { logComplement } from "./incomplete-gamma.ts";
import { logBinomialMass } from "./saddle-point.ts";

/** An urn and a hand drawn from it without putting back. */
export interface Urn {
  /** Balls in the urn: baskets. */
  readonly population: number;
  /** Balls that are marked: baskets with one product. */
  readonly marked: number;
  /** Balls drawn: baskets with the other product. */
  readonly drawn: number;
}

/**
 * P[at least `count` of the drawn balls are marked]: the one-sided p-value of Fisher's exact test.
 * @throws InvalidOption when a number is not whole, or more balls are marked or drawn than there are
 * @example
 * hypergeometricUpperTail(3, { population: 8, marked: 4, drawn: 4 }); // 17/70, Fisher's lady tasting tea
 */
export function hypergeometricUpperTail(count: number, urn: Urn): number {
  return Math.exp(logHypergeometricUpperTail(count, urn));
}

/**
 * Natural log of `hypergeometricUpperTail`.
 * @example
 * Math.exp(logHypergeometricUpperTail(2, { population: 10, marked: 4, drawn: 3 })); // 0.3333
 */
export function logHypergeometricUpperTail(count: number, { population, marked, drawn }: Urn): number {
  requireInteger("population", population, 0);
  requirePart("marked", marked, population);
  requirePart("drawn", drawn, population);
  requireInteger("count", count, 0);
  const least = Math.max(0, marked + drawn - population);
  const most = Math.min(marked, drawn);
  if (count <= least) return 0;
  if (count > most) return -Infinity;
  const rest = population - marked - drawn;
  const mode = Math.floor(((marked + 1) * (drawn + 1)) / (population + 2));
  if (count > mode) {
    let sum = 1;
    let term = 1;
    for (let k = count; k < most && term > sum * 1e-17; k++) {
      term *= ((marked - k) * (drawn - k)) / ((k + 1) * (rest + k + 1));
      sum += term;
    }
    return Math.min(0, logMass(count, population, marked, drawn) + Math.log(sum));
  }
  let sum = 1;
  let term = 1;
  for (let k = count - 1; k > least && term > sum * 1e-17; k--) {
    term *= (k * (rest + k)) / ((marked - k + 1) * (drawn - k + 1));
    sum += term;
  }
  return logComplement(logMass(count - 1, population, marked, drawn) + Math.log(sum));
}

/**
 * The smallest number of marked balls that a hand exceeds with a chance of at most 1 - probability: R's `qhyper`.
 * @param probability in [0, 1]
 * @throws InvalidOption as `hypergeometricUpperTail`, or when `probability` is out of range
 * @example
 * hypergeometricQuantile(0.99, { population: 1000, marked: 100, drawn: 50 }); // 10
 */
export function hypergeometricQuantile(probability: number, urn: Urn): number {
  requireNumber("probability", probability, 0, 1);
  requirePart("marked", urn.marked, urn.population);
  requirePart("drawn", urn.drawn, urn.population);
  let low = Math.max(0, urn.marked + urn.drawn - urn.population);
  let high = Math.min(urn.marked, urn.drawn);
  const miss = Math.log1p(-probability);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    // P[X <= middle] >= probability, up to the rounding of a probability that is met exactly.
    if (logHypergeometricUpperTail(middle + 1, urn) <= miss + 1e-12) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** log mass as a ratio of binomials of one probability, which cancels (R's dhyper). */
function logMass(count: number, population: number, marked: number, drawn: number): number {
  const probability = drawn / population;
  return (
    logBinomialMass(count, marked, probability) +
    logBinomialMass(drawn - count, population - marked, probability) -
    logBinomialMass(drawn, population, probability)
  );
}

function requirePart(option: string, value: number, population: number): void {
  requireInteger(option, value, 0);
  if (value > population) throw new InvalidOption(option, value, `at most the population of ${population}`);
}
