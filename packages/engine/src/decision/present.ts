/** Turns the steps of a decision into the answer a page gets. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import { explainItem } from "./explain.ts";
import type { OfferedPick } from "./offer.ts";
import type { Receipt, Status } from "./receipt.ts";
import type { Recommendation, RecommendationItem } from "./recommendation.ts";
import { impersonalSources } from "./strategy.ts";
import type { Steps } from "./trace.ts";

const withoutItems: Readonly<Record<Status, string>> = {
  served: "Nothing was asked for",
  degraded: "Nothing was asked for",
  holdout: "This visitor is in the holdout group",
  "nothing-worth-showing": "Nothing here is backed by evidence",
  ineligible: "No product may be shown here",
};

/** The answer a page gets. */
export function present(receipt: Receipt, steps: Steps, catalogue: Catalogue): Recommendation {
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
    ...steps.answerBesides,
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
