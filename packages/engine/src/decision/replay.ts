/** Decides again from a receipt and says whether the same came out, bit for bit: slate, propensities, shadow and pool. */
import { canonicalText, type Receipt } from "./receipt.ts";
import type { Refine } from "./refined-steps.ts";
import { runPipeline, type Decision } from "./pipeline.ts";
import type { DecisionState } from "./state.ts";

/** What came of deciding again. */
export type Replay =
  | { readonly outcome: "identical"; readonly decision: Decision }
  | { readonly outcome: "different"; readonly decision: Decision; readonly fields: readonly (keyof Receipt)[] }
  | { readonly outcome: "impossible"; readonly why: string };

/** @param state the state of the version that the receipt names */
export function replayBy(receipt: Receipt, state: DecisionState, refine?: Refine): Replay {
  if (receipt.stateVersion !== state.version) {
    return {
      outcome: "impossible",
      why: `The receipt stands on state ${receipt.stateVersion}; this engine has ${state.version}. Load that version's files.`,
    };
  }
  const occasion = { decisionId: receipt.decisionId, now: Date.parse(receipt.decidedAt) };
  const decision = runPipeline(receipt.request, state, occasion, refine);
  const again = decision.recommendation.receipt;
  const fields = decided.filter((field) => canonicalText(again[field]) !== canonicalText(receipt[field]));
  return fields.length === 0 ? { outcome: "identical", decision } : { outcome: "different", decision, fields };
}

/** What a decision makes of its request, state and occasion. */
const decided = [
  "status",
  "arm",
  "strategy",
  "poolHash",
  "poolSize",
  "slate",
  "rules",
  "shadow",
] as const satisfies (keyof Receipt)[];
