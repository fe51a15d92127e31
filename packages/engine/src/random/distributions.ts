/**
 * Continuous distributions from a seeded stream. How many uniforms a draw takes may vary (rejection sampling), but
 * equal seeds always give equal draws.
 */
import { InvalidOption } from "../errors.ts";
import type { Random } from "./generator.ts";

/** Uniform in (0, 1): its logarithm is finite, and so is that of its complement. */
export function openUniform(random: Random): number {
  for (;;) {
    const unit = random.next();
    if (unit > 0) return unit;
  }
}

/**
 * Mean 1. Divide by a rate to have that rate.
 * @example
 * const minutesToNextVisit = 5 * exponential(createRandom("visits"));
 */
export function exponential(random: Random): number {
  return -Math.log(openUniform(random));
}

/**
 * Standard Gumbel: mean 0.5772, variance pi^2/6. The index of the largest `log(w) + gumbel` is drawn by weight `w`.
 * @example
 * const perturbed = score / temperature + gumbel(createRandom(decisionId));
 */
export function gumbel(random: Random): number {
  return -Math.log(exponential(random));
}

/**
 * Standard normal, by Marsaglia's polar method. Its second value is dropped, so that a stream holds no hidden state.
 * Marsaglia and Bray, "A convenient method for generating normal variables", SIAM Review 1964.
 * @example
 * const height = 170 + 8 * normal(random);
 */
export function normal(random: Random): number {
  for (;;) {
    const x = 2 * random.next() - 1;
    const y = 2 * random.next() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}

/**
 * Gamma with scale 1: mean and variance are both `shape`. Multiply by a scale to have that scale.
 * Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 2000.
 * @throws InvalidOption when `shape` is not a positive number
 * @example
 * const rate = gamma(createRandom("rates"), 2);
 */
export function gamma(random: Random, shape: number): number {
  requirePositive("shape", shape);
  return shape >= 1 ? gammaFromOne(random, shape) : Math.exp(logGammaDraw(random, shape));
}

/**
 * Beta on [0, 1] with mean `alpha / (alpha + beta)`.
 * @throws InvalidOption when `alpha` or `beta` is not a positive number
 * @example
 * const clickRate = beta(random, 1 + clicks, 1 + views - clicks); // one Thompson draw
 */
export function beta(random: Random, alphaShape: number, betaShape: number): number {
  requirePositive("alpha", alphaShape);
  requirePositive("beta", betaShape);
  // By logarithms, because both gammas underflow to zero when the shapes are tiny.
  const difference = logGammaDraw(random, betaShape) - logGammaDraw(random, alphaShape);
  return 1 / (1 + Math.exp(difference));
}

/** Logarithm of a gamma variate. Below shape 1 the draw is boosted: G(shape) = G(shape + 1) U^(1 / shape). */
function logGammaDraw(random: Random, shape: number): number {
  if (shape >= 1) return Math.log(gammaFromOne(random, shape));
  return Math.log(gammaFromOne(random, shape + 1)) - exponential(random) / shape;
}

/** The method proper, for shapes of at least 1. */
function gammaFromOne(random: Random, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = openUniform(random);
    if (u < 1 - 0.0331 * x ** 4 || Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v;
  }
}

function requirePositive(option: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new InvalidOption(option, value, "a positive number");
}
