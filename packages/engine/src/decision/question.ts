/** One question on its way through the pipeline: what was asked, by whom, over what, and when. */
import type { Context } from "./context.ts";
import type { RecommendationRequest } from "./request.ts";
import type { DecisionState } from "./state.ts";

/** What makes one decision different from the next over the same request and state. */
export interface Occasion {
  /** Unique; seeds the sampling. */
  readonly decisionId: string;
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
}

/** The same for every step. */
export interface Question {
  readonly request: RecommendationRequest;
  readonly context: Context;
  readonly state: DecisionState;
  readonly occasion: Occasion;
}
