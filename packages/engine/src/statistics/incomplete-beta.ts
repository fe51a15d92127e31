/**
 * The regularised incomplete beta function I and its inverse, and the tail of the F distribution that follows from it.
 * DLMF 8.17.22 (continued fraction, evaluated by Lentz's method).
 */
import { InvalidOption, requireNumber } from "../errors.ts";
import { logGamma } from "./saddle-point.ts";

/** Steps after which the fraction gives up; it needs about sqrt(max(a, b)) of them. */
const stepLimit = 100_000;

/**
 * I_x(a, b) = P[Beta(a, b) <= x].
 * @param x in [0, 1]
 * @param a above zero
 * @param b above zero
 * @throws InvalidOption when an argument is out of range
 * @example
 * regularisedBeta(0.5, 2, 3); // 0.6875
 */
export function regularisedBeta(x: number, a: number, b: number): number {
  requireNumber("x", x, 0, 1);
  requireShape("a", a);
  requireShape("b", b);
  if (x === 0 || x === 1) return x;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // The fraction converges fast on this side of the mean only; the other side is its mirror image.
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

/**
 * The x with I_x(a, b) = probability, by bisection: exact to the last figures, about 50 evaluations.
 * @throws InvalidOption when an argument is out of range
 * @example
 * betaQuantile(0.5, 1, 1); // 0.5
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  requireNumber("probability", probability, 0, 1);
  let low = 0;
  let high = 1;
  if (probability === 0 || probability === 1) return probability;
  while (high - low > 1e-14 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high || high < Number.MIN_VALUE * 4) break;
    if (regularisedBeta(middle, a, b) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * P[F(numerator, denominator) > statistic], the upper tail of the F distribution.
 * @param statistic zero or more
 * @param numerator degrees of freedom of the numerator, above zero
 * @param denominator degrees of freedom of the denominator, above zero
 * @throws InvalidOption when an argument is out of range
 * @example
 * fUpperTail(3, 11, 20); // 0.0159
 */
export function fUpperTail(statistic: number, numerator: number, denominator: number): number {
  requireNumber("statistic", statistic, 0);
  requireShape("numerator", numerator);
  requireShape("denominator", denominator);
  const rest = denominator / (denominator + numerator * statistic);
  return regularisedBeta(rest, denominator / 2, numerator / 2);
}

function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1), tiny);
  let value = d;
  for (let m = 1; m < stepLimit; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d, tiny);
    c = away(1 + even / c, tiny);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d, tiny);
    c = away(1 + odd / c, tiny);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return value;
}

function away(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

function requireShape(option: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new InvalidOption(option, value, "a positive number");
}
