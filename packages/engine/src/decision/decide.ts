/**
 * The decision: request -> context -> strategy -> candidates -> rank -> constrain -> score -> sample -> offer ->
 * explain -> recommendation and receipt. One direction, each step a pure function in a file of its own.
 */
import type { Catalogue } from "../catalogue/catalogue.ts";
import { gatherCandidates } from "./candidates.ts";
import { constrain } from "./constrain.ts";
import { resolveContext } from "./context.ts";
import { explainItem } from "./explain.ts";
import { offerPicks, type OfferedPick } from "./offer.ts";
import { rankCandidates } from "./rank.ts";
import { hashPool, type Receipt, type Status } from "./receipt.ts";
import type { Recommendation, RecommendationItem } from "./recommendation.ts";
import { checkRequest, type RecommendationRequest } from "./request.ts";
import { sampleSlate } from "./sample.ts";
import { scoreCandidates } from "./score.ts";
import type { DecisionState } from "./state.ts";
import { chooseStrategy, impersonalSources } from "./strategy.ts";
import type { Steps } from "./trace.ts";

/** What makes one decision different from the next over the same request and state. */
export interface Occasion {
  /** Unique; seeds the sampling. */
  readonly decisionId: string;
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
}

/** The answer, and what every step on the way to it left behind. */
export interface Decision {
  readonly recommendation: Recommendation;
  readonly steps: Steps;
}

/**
 * Decides what to show. Pure: equal arguments give equal decisions, in Node and in every browser.
 * @throws InvalidInput when the request is malformed, or names an unknown market or strategy
 * @example
 * const { recommendation } = decide({ placement: "cart", cart }, engine.state, { decisionId: "d1", now: Date.now() });
 */
export function decide(request: RecommendationRequest, state: DecisionState, occasion: Occasion): Decision {
  checkRequest(request);
  const context = resolveContext(request, state);
  const strategy = chooseStrategy(request, state.strategies, state.placements);
  const limit = request.limit ?? strategy.limit;
  const candidates = gatherCandidates(context, strategy, state);
  const ranked = rankCandidates(candidates.proposals, state.catalogue);
  const constrained = constrain(ranked, request, context, strategy, state, limit);
  const scored = scoreCandidates(constrained.pool, strategy, state.catalogue, context.market);
  const sampled = sampleSlate(scored, strategy, state.catalogue, limit, occasion.decisionId);
  const picks = offerPicks(sampled, state.catalogue, context.market);

  const steps: Steps = { context, strategy, candidates, constrained, scored, picks };
  const receipt = writeReceipt(request, state, occasion, steps, limit);
  return { recommendation: present(receipt, steps, state.catalogue), steps };
}

function writeReceipt(
  request: RecommendationRequest,
  state: DecisionState,
  { decisionId, now }: Occasion,
  steps: Steps,
  limit: number,
): Receipt {
  return {
    decisionId,
    decidedAt: new Date(now).toISOString(),
    request,
    status: statusOf(steps, limit),
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
  };
}

/** A holdout is a holdout whatever there was to show; its slate is a ghost, logged and not shown. */
function statusOf({ context, strategy, candidates, picks }: Steps, limit: number): Status {
  if (context.arm === "holdout") return "holdout";
  if (picks.length === 0 && limit > 0)
    return strategy.whenShort === "evidence" ? "nothing-worth-showing" : "ineligible";
  return candidates.missing.some(({ why }) => why === "failed") ? "degraded" : "served";
}

const withoutItems: Readonly<Record<Status, string>> = {
  served: "Nothing was asked for",
  degraded: "Nothing was asked for",
  holdout: "This visitor is in the holdout group",
  "nothing-worth-showing": "Nothing here is backed by evidence",
  ineligible: "No product may be shown here",
};

function present(receipt: Receipt, steps: Steps, catalogue: Catalogue): Recommendation {
  const { request, status } = receipt;
  const items =
    status === "holdout" ? [] : steps.picks.map((pick, position) => presentItem(pick, position, steps, catalogue));
  const [first] = items;
  return {
    id: receipt.decisionId,
    type: steps.strategy.type,
    sourceProduct: request.productId ?? "",
    recommendedProducts: items.map((item) => item.productId),
    score: first?.score ?? 0,
    confidence: confidenceOf(items),
    reasoning: first?.reason ?? withoutItems[status],
    model: first?.source ?? "none",
    context: {
      placement: request.placement,
      ...(request.customerId !== undefined && { customerId: request.customerId }),
      ...(request.visitorId !== undefined && { visitorId: request.visitorId }),
    },
    createdAt: receipt.decidedAt,
    status,
    items,
    receipt,
  };
}

function presentItem(
  { product, variant, score, propensity, price, availability }: OfferedPick,
  position: number,
  { context, candidates }: Steps,
  catalogue: Catalogue,
): RecommendationItem {
  return {
    ...explainItem(product, candidates.proposals, catalogue),
    productId: catalogue.ids.idOf(product),
    variantId: variant.id,
    title: catalogue.products[product].title,
    position,
    score,
    propensity,
    price,
    currency: context.market.currency,
    availability,
  };
}

function confidenceOf(items: readonly RecommendationItem[]): number {
  if (items.length === 0) return 0;
  let personal = 0;
  for (const { evidence } of items) {
    for (const { source, share } of evidence.signals) if (!impersonalSources.has(source)) personal += share;
  }
  return personal / items.length;
}
