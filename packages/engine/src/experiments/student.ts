/**
 * Student's t distribution, through the regularised incomplete beta function.
 * DLMF 8.17.4 (symmetry) and 8.17.22 (continued fraction, evaluated by Lentz's method).
 */
import { requireNumber } from "../errors.ts";
import { logGamma, normalQuantile } from "../statistics/index.ts";

/** Terms after which the fraction gives up; it needs about the square root of the larger parameter. */
const termLimit = 10_000;

/**
 * P[T <= t] with `freedom` degrees of freedom.
 * @throws InvalidOption when `freedom` is not above zero
 * @example
 * studentCdf(2.228, 10); // 0.975
 */
export function studentCdf(t: number, freedom: number): number {
  const tail = studentTail(Math.abs(t), freedom);
  return t < 0 ? tail : 1 - tail;
}

/** P[T > t] for t >= 0, with its relative precision kept far out. */
export function studentTail(t: number, freedom: number): number {
  requireNumber("freedom", freedom, Number.MIN_VALUE);
  requireNumber("t", t, 0);
  return 0.5 * regularisedBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/**
 * The t with P[T <= t] = probability. Newton's method from the normal quantile, kept inside a bracket.
 * @throws InvalidOption unless 0 < probability < 1 and `freedom` is above zero
 * @example
 * studentQuantile(0.975, 10); // 2.228139
 */
export function studentQuantile(probability: number, freedom: number): number {
  requireNumber("probability", probability, Number.MIN_VALUE, 1 - Number.EPSILON);
  requireNumber("freedom", freedom, Number.MIN_VALUE);
  if (probability < 0.5) return -studentQuantile(1 - probability, freedom);
  if (probability === 0.5) return 0;
  const tail = 1 - probability;
  let low = 0;
  let high = Math.max(1, normalQuantile(probability));
  while (studentTail(high, freedom) > tail) high *= 2;
  let t = Math.max(1e-3, normalQuantile(probability));
  for (let step = 0; step < 100; step++) {
    const excess = studentTail(t, freedom) - tail;
    if (excess > 0) low = t;
    else high = t;
    const next = t + excess / studentDensity(t, freedom);
    const moved = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(moved - t) <= 1e-15 * t) break;
    t = moved;
  }
  return t;
}

function studentDensity(t: number, freedom: number): number {
  const log =
    logGamma((freedom + 1) / 2) -
    logGamma(freedom / 2) -
    0.5 * Math.log(freedom * Math.PI) -
    ((freedom + 1) / 2) * Math.log1p((t * t) / freedom);
  return Math.exp(log);
}

/** I_x(a, b). */
function regularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast on this side of the mean only.
  if (x > (a + 1) / (a + b + 2)) return 1 - regularisedBeta(1 - x, b, a);
  const logFactor = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  return (Math.exp(logFactor) / a) * betaFraction(x, a, b);
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < termLimit; m++) {
    for (const coefficient of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / nonZero(1 + coefficient * d);
      c = nonZero(1 + coefficient / c);
      fraction *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return fraction;
}

function nonZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}
