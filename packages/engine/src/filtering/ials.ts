/**
 * iALS: matrix factorisation of who holds what, where what is not held counts a little as well. Minimises
 *   sum over held (w_u h_i - 1)^2 + unobservedWeight x sum over all (w_u h_i)^2
 *   + regularisation x (sum of (held by u + unobservedWeight x products)^exponent |w_u|^2 + the same of products)
 * by turns over customers and products. Hu, Koren, Volinsky, "Collaborative filtering for implicit feedback datasets",
 * ICDM 2008, with the regularisation and the settings of Rendle, Krichene, Zhang, Koren, "Revisiting the performance of
 * iALS on item recommendation benchmarks", RecSys 2022. A customer is worked out from the history alone, so that new
 * ones are answered as well as old ones. Memory 4 bytes x factors x products, twice while it is asked, and as much for
 * the customers while training.
 */
import { InvalidOption, requireInteger, requireNumber } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import type { BlockProduct } from "../matrix/block-product.ts";
import { createFactorBlock } from "../matrix/factor-gram.ts";
import { pieceSize, type InPieces } from "../matrix/pieces.ts";
import { transposeInPieces, type Incidence } from "../matrix/sparse.ts";
import type { Recommender } from "../models/recommender.ts";
import { createPacer, paced, type Pacer, type TrainingControls } from "../models/training.ts";
import { normal } from "../random/distributions.ts";
import { createRandom } from "../random/generator.ts";
import { alignAxes } from "./ials-axes.ts";
import { createIalsRecommender, readIalsRecommender } from "./ials-recommender.ts";
import { penaltyOf, type IalsWeights } from "./ials-weights.ts";
import { createCholeskyStep, createConjugateGradientStep, type FactorStep } from "./ials-step.ts";

/** Size, weights and effort of the factorisation. */
export interface IalsOptions {
  /** Numbers a product; a multiple of 4. More is better as long as the regularisation is right, and costs its square. */
  readonly factors?: number | undefined;
  readonly iterations?: number | undefined;
  /** Weight of what is not held against what is. To be tuned together with the regularisation, and nothing else. */
  readonly unobservedWeight?: number | undefined;
  readonly regularisation?: number | undefined;
  /** How the regularisation grows with what is held: 1 with the frequency, 0 alike for all. */
  readonly regularisationExponent?: number | undefined;
  /** Exactly by Cholesky, or nearly and several times faster by a few conjugate gradients. */
  readonly solver?: "cholesky" | "conjugate-gradient" | undefined;
  /** Conjugate gradients a solution. */
  readonly steps?: number | undefined;
  /** Where the random beginning comes from. */
  readonly seed?: string | number | undefined;
}

/**
 * @param interactions customers x products, each product once a row
 * @returns a model whose scores are near 1 for what the history makes certain and near 0 for what it does not
 * @throws InvalidOption when a setting is out of its range
 * @example
 * const ials = await trainIals(customerMatrix(view), { factors: 128, regularisation: 0.002 });
 * ials.recommend({ history: [42] }, 5);
 */
export async function trainIals(
  interactions: Incidence,
  {
    factors = 64,
    iterations = 16,
    unobservedWeight = 0.1,
    regularisation = 0.003,
    regularisationExponent = 1,
    solver = "conjugate-gradient",
    steps = 3,
    seed = "ials",
    ...controls
  }: IalsOptions & TrainingControls = {},
): Promise<Recommender> {
  requireSize(factors, iterations, steps);
  if (solver !== "cholesky" && solver !== "conjugate-gradient") {
    throw new InvalidOption("solver", solver, '"cholesky" or "conjugate-gradient"');
  }
  const weights: IalsWeights = { unobservedWeight, regularisation, regularisationExponent };
  requireWeights(weights);
  const byProduct = await paced("linking customers and products", transposeInPieces(interactions), controls);
  const customers: Side = {
    held: interactions,
    width: factors,
    factors: new Float32Array(interactions.rows * factors),
  };
  const beginnings = randomFactors(byProduct.rows, factors, seed);
  const products: Side = {
    held: byProduct,
    width: factors,
    factors: await paced("drawing factors", beginnings, controls),
  };
  const pace = createPacer("factorising", 2 * iterations, controls);
  const block = createFactorBlock(Math.max(interactions.rows, interactions.columns), factors);
  const method: Method = { weights, stepLimit: solver === "cholesky" ? undefined : steps, block };
  for (let turn = 0; turn < iterations; turn++) {
    await improve(customers, products, method, pace, 2 * turn);
    await improve(products, customers, method, pace, 2 * turn + 1);
  }
  const model = await pace.through(createIalsRecommender(products.factors, factors, weights), 2 * iterations);
  pace.finish();
  return model;
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const ials = await loadIals(readModel(bytes));
 */
export function loadIals(file: ModelFile, controls: TrainingControls = {}): Promise<Recommender> {
  return paced("loading factors", readIalsRecommender(file), controls);
}

/** Customers or products: what each holds, and its vector. */
interface Side {
  readonly held: Incidence;
  readonly width: number;
  /** Row after row. */
  readonly factors: Float32Array;
}

interface Method {
  readonly weights: IalsWeights;
  /** Conjugate gradients a solution; exact solutions when undefined. */
  readonly stepLimit: number | undefined;
  readonly block: BlockProduct;
}

function requireSize(factors: number, iterations: number, steps: number): void {
  requireInteger("factors", factors, 4);
  if (factors % 4 !== 0) throw new InvalidOption("factors", factors, "a multiple of 4");
  requireInteger("iterations", iterations, 1);
  requireInteger("steps", steps, 1);
}

function requireWeights({ unobservedWeight, regularisation, regularisationExponent }: IalsWeights): void {
  requireNumber("unobservedWeight", unobservedWeight, Number.MIN_VALUE);
  requireNumber("regularisation", regularisation, Number.MIN_VALUE);
  requireNumber("regularisationExponent", regularisationExponent, 0);
}

/** Rows of length .1 or so, as in the reference. */
function* randomFactors(rows: number, width: number, seed: string | number): InPieces<Float32Array> {
  const random = createRandom(seed);
  const factors = new Float32Array(rows * width);
  const deviation = 0.1 / Math.sqrt(width);
  for (let i = 0; i < factors.length; i++) {
    factors[i] = deviation * normal(random);
    if (i % pieceSize === 0) yield;
  }
  return factors;
}

/** Solves for every vector of one side. */
async function improve(
  side: Side,
  other: Side,
  { weights, stepLimit, block }: Method,
  pace: Pacer,
  done: number,
): Promise<void> {
  const { held, width, factors } = side;
  const gram = await pace.through(alignAxes(other.factors, factors, width, block), done);
  for (let i = 0; i < gram.length; i++) gram[i] *= weights.unobservedWeight;
  const fixed = { factors: other.factors, gram, width };
  const step: FactorStep =
    stepLimit === undefined ? createCholeskyStep(fixed) : createConjugateGradientStep(fixed, stepLimit);
  const vector = new Float64Array(width);
  for (let row = 0; row < held.rows; row++) {
    const [begin, end] = [held.offsets[row], held.offsets[row + 1]];
    const own = factors.subarray(row * width, (row + 1) * width);
    // Who holds nothing is worth nothing, exactly.
    if (begin === end) own.fill(0);
    else {
      vector.set(own);
      await pace.through(step(held.indices, begin, end, penaltyOf(weights, end - begin, held.columns), vector), done);
      own.set(vector);
    }
  }
}
