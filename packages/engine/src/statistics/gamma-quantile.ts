/** The inverse of the regularised incomplete gamma function P: quantiles of the gamma distribution. */
import { requireNumber } from "../errors.ts";
import { logRegularisedGammaP, requireGammaArguments } from "./incomplete-gamma.ts";
import { normalQuantile } from "./normal.ts";
import { logGamma, logPoissonMass } from "./saddle-point.ts";

/**
 * The x with P(shape, x) = probability: the quantile of the gamma distribution of scale 1.
 * Newton's method on log P over log x, kept inside a shrinking bracket; relative error about 1e-12.
 * @throws InvalidOption unless shape > 0 and 0 <= probability <= 1
 * @example
 * gammaQuantile(0.975, 1); // 3.688879, the upper 95 % bound of a rate after no event
 */
export function gammaQuantile(probability: number, shape: number): number {
  requireNumber("probability", probability, 0, 1);
  requireGammaArguments(shape, 0);
  if (probability === 0) return 0;
  if (probability === 1) return Infinity;
  const target = Math.log(probability);
  let low = 0;
  let high = Infinity;
  let x = firstGuess(probability, shape);
  for (let step = 0; step < 200; step++) {
    const logP = logRegularisedGammaP(shape, x);
    if (logP < target) low = x;
    else high = x;
    // d log P / d log x = x^shape e^-x / (Gamma(shape) P)
    const slope = shape * Math.exp(logPoissonMass(shape, x) - logP);
    let next = x * Math.exp((target - logP) / slope);
    if (!(next > low && next < high)) next = high === Infinity ? 2 * x : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-13 * x) return next;
    x = next;
  }
  return x;
}

/** Wilson and Hilferty's cube root of a normal, or the leading term of the series where that fails. */
function firstGuess(probability: number, shape: number): number {
  const ninth = 1 / (9 * shape);
  const root = 1 - ninth + normalQuantile(probability) * Math.sqrt(ninth);
  const guess = shape * root ** 3;
  if (root > 0.2 && guess > 0) return guess;
  return Math.exp((Math.log(probability) + logGamma(shape + 1)) / shape);
}
