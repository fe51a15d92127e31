/** Product factors, asked: the shopper's vector is worked out from the history, then scored against all products. */
import { InvalidFile, requireInteger } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { factorCholesky, solveCholesky } from "../matrix/cholesky.ts";
import { createDotScorer } from "../matrix/dot-scorer.ts";
import { factorGramInPieces } from "../matrix/factor-gram.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { TopK, type Ranked } from "../matrix/top-k.ts";
import { recentSteps } from "../models/history.ts";
import { columnOf, integerSetting, numberSetting, requireKind } from "../models/model-columns.ts";
import { forbidden, type Query, type Recommender } from "../models/recommender.ts";
import { sharesOf } from "../models/shares.ts";
import { penaltyOf, type IalsWeights } from "./ials-weights.ts";

const kind = "ials";

/** @param factors products x width, row after row */
export function* createIalsRecommender(
  factors: Float32Array,
  width: number,
  weights: IalsWeights,
): InPieces<Recommender> {
  const productCount = factors.length / width;
  const gram = yield* factorGramInPieces(factors, width);
  for (let i = 0; i < gram.length; i++) gram[i] *= weights.unobservedWeight;
  const scorer = createDotScorer(factors, width);
  const matrix = new Float64Array(gram.length);

  function vectorOf(product: number): Float32Array {
    return factors.subarray(product * width, (product + 1) * width);
  }
  /** (sum of h h' over the history + gram + penalty)^-1 `vector` */
  function solve(history: readonly number[], vector: Float64Array): void {
    matrix.set(gram);
    const penalty = penaltyOf(weights, history.length, productCount);
    for (let i = 0; i < width; i++) matrix[i * (width + 1)] += penalty;
    for (const product of history) addOuterProduct(vectorOf(product), matrix);
    factorCholesky(matrix, width);
    solveCholesky(matrix, width, vector);
  }
  /** The products of a history that the model knows something of. */
  function knownOf(query: Query): number[] {
    return recentSteps(query, productCount).map((step) => step.product);
  }
  return {
    kind,
    productCount,
    recommend(query, count) {
      requireInteger("count", count, 0);
      const history = knownOf(query);
      const shopper = new Float64Array(width);
      for (const product of history) vectorOf(product).forEach((value, i) => (shopper[i] += value));
      if (history.length > 0) solve(history, shopper);
      return bestPositive(scorer.scores(shopper), query, count);
    },
    explain(query, product) {
      const history = knownOf(query);
      if (product >= productCount || history.length === 0) return [];
      // A score is a sum over the history: h_j' A^-1 h_i (Hu, Koren, Volinsky, section 5).
      const pull = Float64Array.from(vectorOf(product));
      solve(history, pull);
      const amounts = history.map((source) => vectorOf(source).reduce((sum, value, i) => sum + value * pull[i], 0));
      return sharesOf(
        history,
        amounts.map((amount) => Math.max(0, amount)),
      );
    },
    save: () => ({ kind, settings: { productCount, factors: width, ...weights }, columns: { factors } }),
  };
}

/** @throws InvalidFile when the file is damaged or of another kind */
export function* readIalsRecommender(file: ModelFile): InPieces<Recommender> {
  requireKind(file, kind);
  const width = integerSetting(file, "factors", 4);
  const factors = yield* columnOf(file, "factors", Float32Array, integerSetting(file, "productCount") * width);
  const weights: IalsWeights = {
    unobservedWeight: numberSetting(file, "unobservedWeight"),
    regularisation: numberSetting(file, "regularisation", Number.MIN_VALUE),
    regularisationExponent: numberSetting(file, "regularisationExponent"),
  };
  if (width % 4 !== 0) throw new InvalidFile(`Setting "factors" of the ${kind} model must be a multiple of 4.`);
  return yield* createIalsRecommender(factors, width, weights);
}

/** Products with a score of zero or less are not spoken for, and never answered. */
function bestPositive(scores: Float32Array, query: Query, count: number): Ranked {
  const isForbidden = forbidden(query);
  const best = new TopK(Math.min(count, scores.length));
  for (let product = 0; product < scores.length; product++) {
    const score = scores[product];
    if (score > 0 && best.admits(product, score) && !isForbidden(product)) best.offer(product, score);
  }
  return best.ranked();
}

/** Adds v v' to the lower triangle. */
function addOuterProduct(vector: Float32Array, matrix: Float64Array): void {
  const width = vector.length;
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) matrix[i * width + j] += vector[i] * vector[j];
  }
}
