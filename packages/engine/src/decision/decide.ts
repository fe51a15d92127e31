/** The decision with all of its steps: `pipeline.ts` with those of refined strategies and of rules. */
import { runPipeline, type Decision } from "./pipeline.ts";
import type { Occasion } from "./question.ts";
import { refine } from "./refine.ts";
import type { Receipt } from "./receipt.ts";
import { replayBy, type Replay } from "./replay.ts";
import type { RecommendationRequest } from "./request.ts";
import type { DecisionState } from "./state.ts";

/**
 * Decides what to show. Pure: equal arguments give equal decisions, in Node and in every browser whose exponentials and
 * logarithms round as V8's do: samples and calibration stand on them.
 * @throws InvalidInput when the request is malformed, or names an unknown market or strategy
 * @example
 * const { recommendation } = decide({ placement: "cart", cart }, engine.state, { decisionId: "d1", now: Date.now() });
 */
export function decide(request: RecommendationRequest, state: DecisionState, occasion: Occasion): Decision {
  return runPipeline(request, state, occasion, refine);
}

/**
 * Decides again from a receipt.
 * @param state the state of the version that the receipt names; with another one the replay is `impossible`, and says why
 * @example
 * const { receipt } = decide(request, state, occasion).recommendation;
 * replay(receipt, state).outcome; // "identical"
 */
export function replay(receipt: Receipt, state: DecisionState): Replay {
  return replayBy(receipt, state, refine);
}
