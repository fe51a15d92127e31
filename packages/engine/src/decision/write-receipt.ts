/** Writes down what was decided. */
import type { Question } from "./question.ts";
import { hashPool, type Receipt, type Status } from "./receipt.ts";
import type { RecommendationRequest } from "./request.ts";
import type { Steps } from "./trace.ts";

/** The receipt of one decision. */
export function writeReceipt({ request, state, occasion: { decisionId, now } }: Question, steps: Steps): Receipt {
  return {
    decisionId,
    decidedAt: new Date(now).toISOString(),
    request,
    status: statusOf(steps, request),
    arm: steps.context.arm,
    strategy: { id: steps.strategy.id, version: steps.strategy.version },
    stateVersion: state.version,
    seed: decisionId,
    poolHash: hashPool(steps.scored),
    poolSize: steps.scored.products.length,
    slate: steps.picks.map(({ product, variant, propensity }) => ({
      productId: state.catalogue.ids.idOf(product),
      variantId: variant.id,
      propensity,
    })),
    ...steps.receiptBesides,
  };
}

/** A holdout is a holdout whatever there was to show; its slate is a ghost, logged and not shown. */
function statusOf(
  { context, strategy, candidates, picks, limit }: Steps,
  { withhold = false }: RecommendationRequest,
): Status {
  if (context.arm === "holdout") return "holdout";
  if (withhold) return "nothing-worth-showing";
  if (picks.length === 0 && limit > 0)
    return strategy.whenShort === "evidence" ? "nothing-worth-showing" : "ineligible";
  return candidates.missing.some(({ why }) => why === "failed") ? "degraded" : "served";
}
