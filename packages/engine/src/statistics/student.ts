/** Student's t distribution: its distribution function, upper tail and quantiles, through the incomplete beta function. */
import { requireNumber } from "../errors.ts";
import { regularisedBeta } from "./incomplete-beta.ts";
import { normalQuantile } from "./normal.ts";
import { logGamma } from "./saddle-point.ts";

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

/**
 * P[T > t] for t >= 0, with its relative precision kept far out.
 * @throws InvalidOption when `t` is below zero or `freedom` is not above it
 * @example
 * studentTail(12.7062, 1); // 0.025
 */
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
