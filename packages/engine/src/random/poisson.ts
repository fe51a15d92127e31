/**
 * Poisson counts, exact for every mean. Small means multiply uniforms (Knuth, TAOCP volume 2, 3.4.1); larger ones use
 * transformed rejection with squeeze, PTRS: Hoermann, "The transformed rejection method for generating Poisson random
 * variables", Insurance: Mathematics and Economics 1993.
 */
import { requireNumber } from "../errors.ts";
import { logPoissonMass } from "../statistics/saddle-point.ts";
import type { Random } from "./generator.ts";

/** PTRS is valid from here on. */
const smallestTransformedMean = 10;

/**
 * @param mean zero or more, in events; up to about 1e9
 * @returns a count: zero or a positive integer
 * @throws InvalidOption when `mean` is negative or not finite
 * @example
 * const visitsToday = poisson(random, 3.5);
 */
export function poisson(random: Random, mean: number): number {
  requireNumber("mean", mean, 0);
  return mean < smallestTransformedMean ? byMultiplication(random, mean) : byRejection(random, mean);
}

function byMultiplication(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count++;
  return count;
}

/** The constants are those of algorithm PTRS. */
function byRejection(random: Random, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = random.next() - 0.5;
    const v = random.next();
    const distance = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / distance + b) * u + mean + 0.43);
    if (distance >= 0.07 && v <= squeeze) return count;
    if (count < 0 || (distance < 0.013 && v > distance)) continue;
    const hat = Math.log((v * inverseAlpha) / (a / (distance * distance) + b));
    if (hat <= logPoissonMass(count, mean)) return count;
  }
}
