/** Every estimator on the same rows, by name. */
import type { InPieces } from "../../matrix/pieces.ts";
import { chooseLambdaInPieces, type LambdaOptions } from "./choose-lambda.ts";
import { directMethodTerms } from "./direct-method.ts";
import { doublyRobustTerms, selfNormalisedDoublyRobustTerms, shrinkWeight, switchWeight } from "./doubly-robust.ts";
import type { EstimationRows } from "./estimation-rows.ts";
import { inversePropensityTerms, selfNormalisedTerms } from "./inverse-propensity.ts";
import type { Terms } from "./terms.ts";

/** Estimators by their names in the literature. */
export type EstimatorName = "ips" | "snips" | "dm" | "dr" | "sndr" | "switchDr" | "drOs";

export const estimatorNames: readonly EstimatorName[] = ["ips", "snips", "dm", "dr", "sndr", "switchDr", "drOs"];

/** An estimator at work. */
export interface Estimator {
  readonly terms: Terms;
  /** Chosen by the log; Infinity leaves the weights as they are. */
  readonly lambda?: number;
  /** The most that stands in for weights up to a limit; the limit itself when left out. */
  readonly heldBack?: (limit: number) => number;
}

export function* estimatorsInPieces(
  rows: EstimationRows,
  tuning?: LambdaOptions,
): InPieces<Record<EstimatorName, Estimator>> {
  const switched = yield* chooseLambdaInPieces(rows, switchWeight, tuning);
  const shrunk = yield* chooseLambdaInPieces(rows, shrinkWeight, tuning);
  return {
    ips: { terms: inversePropensityTerms(rows) },
    snips: { terms: selfNormalisedTerms(rows) },
    dm: { terms: directMethodTerms(rows) },
    dr: { terms: doublyRobustTerms(rows) },
    sndr: { terms: selfNormalisedDoublyRobustTerms(rows) },
    switchDr: { ...switched, heldBack: (limit) => Math.min(limit, switched.lambda) },
    // lambda w / (w^2 + lambda) is largest at the root of lambda.
    drOs: { ...shrunk, heldBack: (limit) => shrinkWeight(Math.min(limit, Math.sqrt(shrunk.lambda)), shrunk.lambda) },
  };
}
