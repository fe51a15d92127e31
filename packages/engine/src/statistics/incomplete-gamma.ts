/**
 * Regularised incomplete gamma functions P and Q, and their logs.
 * DLMF 8.2 and 8.11.4 (series), 8.9.2 (continued fraction, evaluated by Lentz's method).
 */
import { requireNumber } from "../errors.ts";
import { logPoissonMass } from "./saddle-point.ts";

/** Terms after which a series gives up; it needs about 6 sqrt(shape) of them where shape and x are alike. */
const termLimit = 1_000_000;

/**
 * P(shape, x) = P[Gamma(shape) <= x], the lower tail.
 * @param shape above zero
 * @param x zero or more
 * @throws InvalidOption when an argument is out of range
 * @example
 * regularisedGammaP(2, 1); // 0.2642411
 */
export function regularisedGammaP(shape: number, x: number): number {
  return Math.exp(logRegularisedGammaP(shape, x));
}

/**
 * Q(shape, x) = P[Gamma(shape) > x], the upper tail.
 * @example
 * regularisedGammaQ(2, 1); // 0.7357589
 */
export function regularisedGammaQ(shape: number, x: number): number {
  return Math.exp(logRegularisedGammaQ(shape, x));
}

/**
 * log P(shape, x), finite where P itself is far below the smallest float.
 * @example
 * logRegularisedGammaP(2, 1e-200); // -921.727, far below the smallest float
 */
export function logRegularisedGammaP(shape: number, x: number): number {
  requireGammaArguments(shape, x);
  if (x === 0) return -Infinity;
  return x < shape + 1 ? logLowerSeries(shape, x) : logComplement(logUpperFraction(shape, x));
}

/**
 * log Q(shape, x), finite where Q itself is far below the smallest float.
 * @example
 * logRegularisedGammaQ(2, 1000); // -993.091
 */
export function logRegularisedGammaQ(shape: number, x: number): number {
  requireGammaArguments(shape, x);
  if (x === 0) return 0;
  return x < shape + 1 ? logComplement(logLowerSeries(shape, x)) : logUpperFraction(shape, x);
}

function logLowerSeries(shape: number, x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; k < termLimit; k++) {
    term *= x / (shape + k);
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return logPoissonMass(shape, x) + Math.log(sum);
}

function logUpperFraction(shape: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - shape;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < termLimit; k++) {
    const a = -k * (k - shape);
    b += 2;
    d = 1 / nonZero(a * d + b, tiny);
    c = nonZero(b + a / c, tiny);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return logPoissonMass(shape, x) + Math.log(shape * fraction);
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** log(1 - exp(logValue)). Mächler, "Accurately computing log(1 - exp(-|a|))" (2012). */
export function logComplement(logValue: number): number {
  if (logValue >= 0) return -Infinity;
  return logValue > -Math.LN2 ? Math.log(-Math.expm1(logValue)) : Math.log1p(-Math.exp(logValue));
}

/** @throws InvalidOption unless `shape` is above zero and `x` at least zero */
export function requireGammaArguments(shape: number, x: number): void {
  if (!(shape > 0)) requireNumber("shape", shape, Number.MIN_VALUE);
  if (!(x >= 0)) requireNumber("x", x, 0);
}
