/**
 * How many shoppers take a bundle, by discount. A shopper whose order holds the bundle's anchor product takes the whole set
 * with log odds
 *
 *     natural + display + slope x (discount in percent / 10)
 *
 * `natural` is how often such orders hold the whole set without any bundle, learned from the orders; `display` is what
 * being shown as a bundle adds; `slope` is what ten points of discount add. The last two are assumptions until trials of
 * the bundle, at whatever discounts, say more. By default display adds nothing on average (standard deviation 0.5), and
 * ten points add 0.28 (0.15): the mean price elasticity of -2.62 of Bijmolt, van Heerde and Pieters, "New empirical
 * generalizations on the determinants of price elasticity", Journal of Marketing Research 42 (2005), over 10 %.
 * The posterior is a normal one around its mode (Laplace's approximation).
 */
import { InvalidInput, requireNumber } from "../errors.ts";
import { factorCholesky, solveCholesky } from "../matrix/cholesky.ts";
import { normal, type Random } from "../random/index.ts";
import { logistic } from "../statistics/index.ts";
import { requireCount } from "./check-bundle.ts";

/** A mean and a standard deviation, in log odds. */
export interface NormalPrior {
  readonly mean: number;
  readonly deviation: number;
}

/** What is assumed where trials say nothing. */
export interface UptakePrior {
  readonly display: NormalPrior;
  /** For ten points of discount. */
  readonly slope: NormalPrior;
}

/** Orders without the bundle. */
export interface NaturalOrders {
  /** Orders that hold the anchor product. */
  readonly orders: number;
  /** Those among them that hold the whole set. */
  readonly joint: number;
}

/** The bundle as it was shown at one discount, to shoppers whose order held the anchor. */
export interface BundleTrial {
  /** Percent of the set's price, 0 to 100. */
  readonly discount: number;
  readonly views: number;
  readonly conversions: number;
}

/** What is known of the uptake; `drawUptake` draws from it. */
export interface UptakePosterior {
  /** Natural, display and slope at the mode. */
  readonly mode: readonly [natural: number, display: number, slope: number];
  /** Lower triangle of the factor of the precision matrix, row after row. */
  readonly factor: readonly number[];
}

/** One possible truth. */
export interface UptakeDraw {
  /** Share of orders with the anchor that hold the whole set without a bundle. */
  readonly natural: number;
  /** Share that takes the bundle at a discount in percent. A higher discount never lowers it. */
  takeRate(discount: number): number;
}

/** What is assumed by default; see the top of this file. */
export const defaultUptakePrior: UptakePrior = {
  display: { mean: 0, deviation: 0.5 },
  slope: { mean: 0.28, deviation: 0.15 },
};

const parameters = 3;

/** Binomial evidence on a sum of the parameters. */
interface Evidence {
  readonly weights: readonly [natural: number, display: number, slope: number];
  readonly successes: number;
  readonly trials: number;
}

/**
 * @throws InvalidInput when counts are not whole or a part exceeds its whole; InvalidOption when a deviation is not above 0
 * @example
 * const posterior = fitUptake({ orders: 4000, joint: 120 }, [{ discount: 10, views: 900, conversions: 40 }]);
 */
export function fitUptake(
  natural: NaturalOrders,
  trials: readonly BundleTrial[] = [],
  prior: UptakePrior = defaultUptakePrior,
): UptakePosterior {
  checkNatural(natural, "natural");
  checkTrials(trials);
  requireNumber("prior.display.deviation", prior.display.deviation, 1e-6);
  requireNumber("prior.slope.deviation", prior.slope.deviation, 1e-6);
  const evidence: readonly Evidence[] = [
    // Jeffreys' prior on the natural rate: half an order of each kind.
    { weights: [1, 0, 0], successes: natural.joint + 0.5, trials: natural.orders + 1 },
    ...trials.map(({ discount, views, conversions }): Evidence => {
      return { weights: [1, 1, discount / 10], successes: conversions, trials: views };
    }),
  ];
  const start = Math.log((natural.joint + 0.5) / (natural.orders - natural.joint + 0.5));
  let mode = [start, prior.display.mean, prior.slope.mean];
  for (let step = 0; step < 100; step++) {
    const { gradient, precision } = curvature(mode, evidence, prior);
    factorCholesky(precision, parameters);
    solveCholesky(precision, parameters, gradient);
    // The log posterior is concave; steps of at most one unit of log odds keep Newton's method from overshooting.
    const longest = Math.max(...gradient.map(Math.abs));
    const scale = Math.min(1, 1 / longest);
    mode = mode.map((value, index) => value + scale * gradient[index]);
    if (longest < 1e-10) break;
  }
  const { precision } = curvature(mode, evidence, prior);
  factorCholesky(precision, parameters);
  return { mode: [mode[0], mode[1], mode[2]], factor: [...precision] };
}

/**
 * @returns a draw from the posterior
 * @example
 * drawUptake(posterior, createRandom("spring")).takeRate(10);
 */
export function drawUptake({ mode, factor }: UptakePosterior, random: Random): UptakeDraw {
  const offset = [normal(random), normal(random), normal(random)];
  // Solves L' x = z, so that x has the inverse of the precision as its covariance.
  for (let row = parameters - 1; row >= 0; row--) {
    offset[row] /= factor[row * parameters + row];
    for (let k = 0; k < row; k++) offset[k] -= factor[row * parameters + k] * offset[row];
  }
  const natural = mode[0] + offset[0];
  const display = mode[1] + offset[1];
  const slope = Math.max(0, mode[2] + offset[2]);
  return { natural: logistic(natural), takeRate: (discount) => logistic(natural + display + (slope * discount) / 10) };
}

/**
 * The share at the mode.
 * @example
 * takeRateAt(fitUptake({ orders: 4000, joint: 120 }), 10);
 */
export function takeRateAt({ mode: [natural, display, slope] }: UptakePosterior, discount: number): number {
  return logistic(natural + display + (Math.max(0, slope) * discount) / 10);
}

/** @throws InvalidInput unless both are whole and the part is at most the whole */
export function checkNatural({ orders, joint }: NaturalOrders, path: string): void {
  requireCount(orders, 0, `${path}.orders`);
  requireCount(joint, 0, `${path}.joint`);
  if (joint > orders) throw new InvalidInput(`${path}.joint`, joint, `at most the orders with the anchor (${orders})`);
}

function checkTrials(trials: readonly BundleTrial[]): void {
  for (const [index, { discount, views, conversions }] of trials.entries()) {
    const path = `trials[${index}]`;
    if (!(discount >= 0 && discount <= 100))
      throw new InvalidInput(`${path}.discount`, discount, "percent from 0 to 100");
    requireCount(views, 0, `${path}.views`);
    requireCount(conversions, 0, `${path}.conversions`);
    if (conversions > views) throw new InvalidInput(`${path}.conversions`, conversions, `at most the views (${views})`);
  }
}

/** Gradient of the log posterior and its negative second derivative. */
function curvature(
  mode: readonly number[],
  evidence: readonly Evidence[],
  { display, slope }: UptakePrior,
): { gradient: Float64Array; precision: Float64Array } {
  const gradient = new Float64Array(parameters);
  const precision = new Float64Array(parameters * parameters);
  for (const { weights, successes, trials } of evidence) {
    const rate = logistic(weights.reduce((sum, weight, index) => sum + weight * mode[index], 0));
    for (let a = 0; a < parameters; a++) {
      gradient[a] += weights[a] * (successes - trials * rate);
      for (let b = 0; b < parameters; b++) {
        precision[a * parameters + b] += weights[a] * weights[b] * trials * rate * (1 - rate);
      }
    }
  }
  for (const [index, { mean, deviation }] of [display, slope].entries()) {
    const at = index + 1;
    gradient[at] -= (mode[at] - mean) / deviation ** 2;
    precision[at * parameters + at] += 1 / deviation ** 2;
  }
  return { gradient, precision };
}
