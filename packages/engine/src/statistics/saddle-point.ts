/**
 * Probability masses without cancellation: Loader's saddle-point expansion, "Fast and accurate computation of
 * binomial probabilities" (2000), as R's dpois, dbinom and dhyper use it. Full relative precision, in logs, down to
 * probabilities far below the smallest float.
 */

const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);

/** Where Stirling's series, cut after seven terms, is good to the last bit. */
const seriesFrom = 15;

/**
 * log Gamma(x) for x > 0; error below 1e-14 where the value is small, else in the last two bits.
 * @returns Infinity at zero, NaN below
 * @example
 * Math.exp(logGamma(5)); // 24
 */
export function logGamma(x: number): number {
  if (x === 0 || x === Infinity) return Infinity;
  if (!(x > 0)) return NaN;
  if (x === 1 || x === 2) return 0;
  if (x >= seriesFrom) return (x - 0.5) * Math.log(x) - x + halfLogTwoPi + stirlingSeries(x);
  let shifted = x;
  let product = 1;
  while (shifted < seriesFrom) product *= shifted++;
  return (shifted - 0.5) * Math.log(shifted) - shifted + halfLogTwoPi + stirlingSeries(shifted) - Math.log(product);
}

/** log(x!) less its Stirling approximation, x > 0. Loader's delta(x). */
export function stirlingError(x: number): number {
  if (x >= seriesFrom) return stirlingSeries(x);
  return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - halfLogTwoPi;
}

/** x log(x / mean) + mean - x without the cancellation near x = mean. Loader's bd0. */
export function deviance(x: number, mean: number): number {
  const difference = x - mean;
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - difference;
  const ratio = difference / (x + mean);
  let sum = difference * ratio;
  let power = 2 * x * ratio;
  for (let odd = 3; odd < 1000; odd += 2) {
    power *= ratio * ratio;
    const next = sum + power / odd;
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/**
 * log of mean^shape e^-mean / Gamma(shape + 1): the Poisson mass where `shape` is a whole number, and the factor in
 * front of the incomplete gamma series where it is not.
 */
export function logPoissonMass(shape: number, mean: number): number {
  if (shape === 0) return -mean;
  if (mean === 0) return -Infinity;
  return -halfLogTwoPi - 0.5 * Math.log(shape) - stirlingError(shape) - deviance(shape, mean);
}

/** log of P[Binomial(trials, probability) = count]. */
export function logBinomialMass(count: number, trials: number, probability: number): number {
  if (count < 0 || count > trials) return -Infinity;
  const failures = trials - count;
  const complement = 1 - probability;
  if (probability === 0) return count === 0 ? 0 : -Infinity;
  if (probability === 1) return failures === 0 ? 0 : -Infinity;
  if (count === 0) return trials * Math.log1p(-probability);
  if (failures === 0) return trials * Math.log(probability);
  return (
    stirlingError(trials) -
    stirlingError(count) -
    stirlingError(failures) -
    deviance(count, trials * probability) -
    deviance(failures, trials * complement) +
    0.5 * Math.log(trials / count / failures) -
    halfLogTwoPi
  );
}

function stirlingSeries(x: number): number {
  const square = x * x;
  return (
    (1 / 12 -
      (1 / 360 -
        (1 / 1260 - (1 / 1680 - (1 / 1188 - (691 / 360360 - 1 / 156 / square) / square) / square) / square) / square) /
        square) /
    x
  );
}
