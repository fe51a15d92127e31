/**
 * What a page may see of a decision: products in their order, a reason in words, public prices, coarse stock. No
 * figure, no evidence, no propensity, no cost.
 */
import { isInStock, marketOf, type Catalogue, type Product, type Variant } from "@basketlift/engine/catalogue";
import type { DecisionState, Recommendation, RecommendationItem } from "@basketlift/engine/decision";
import type { BasketliftContract } from "../contract/index.ts";
import type { RouteOutput } from "../contract/route.ts";
import { signDecision } from "./receipts.ts";

/** A recommendation as the API answers it. */
export type PublicRecommendation = RouteOutput<BasketliftContract["generateRecommendations"]>;
type PublicItem = PublicRecommendation["items"][number];

/** @param sessionId of the caller; it stands in the answer and nowhere in the decision */
export function presentRecommendation(
  recommendation: Recommendation,
  { catalogue, strategies }: DecisionState,
  sessionId: string | undefined,
  receiptKey: Uint8Array,
): PublicRecommendation {
  const { receipt } = recommendation;
  const { marginWeight = 1, weights } = strategies.get(receipt.strategy.id) ?? {};
  const items = recommendation.items.map((item) => presentItem(item, catalogue, receipt.request.market));
  return {
    id: recommendation.id,
    type: recommendation.type,
    sourceProduct: recommendation.sourceProduct,
    recommendedProducts: [...recommendation.recommendedProducts],
    // A score that margins, stock or sales have bent would tell them.
    score: marginWeight === 0 && weights === undefined ? recommendation.score : 0,
    confidence: recommendation.confidence,
    reasoning: recommendation.reasoning,
    model: recommendation.model,
    context: { ...recommendation.context, ...(sessionId !== undefined && { sessionId }) },
    createdAt: recommendation.createdAt,
    status: recommendation.status,
    receipt: {
      decisionId: receipt.decisionId,
      signature: signDecision(receipt.decisionId, receipt.request.visitorId, receiptKey),
    },
    items,
  };
}

function presentItem(item: RecommendationItem, catalogue: Catalogue, marketId: string | undefined): PublicItem {
  const index = catalogue.ids.indexOf(item.productId);
  const product = index === undefined ? undefined : catalogue.products[index];
  return {
    productId: item.productId,
    variantId: item.variantId,
    title: item.title,
    ...(product?.url !== undefined && { url: product.url }),
    ...(product?.image !== undefined && { image: product.image }),
    reason: item.reason,
    source: item.source,
    position: item.position,
    price: item.price,
    currency: item.currency,
    availability: item.availability,
    variants: product ? variantsIn(product, marketOf(catalogue, marketId).id) : [],
  };
}

/** Variants of a product by market: products never change, so neither do these. */
const known = new WeakMap<Product, Map<string, PublicItem["variants"]>>();

function variantsIn(product: Product, marketId: string): PublicItem["variants"] {
  const byMarket = known.get(product) ?? new Map<string, PublicItem["variants"]>();
  known.set(product, byMarket);
  const variants = byMarket.get(marketId) ?? product.variants.flatMap((variant) => presentVariant(variant, marketId));
  byMarket.set(marketId, variants);
  return variants;
}

function presentVariant(variant: Variant, marketId: string): PublicItem["variants"] {
  const price = variant.prices[marketId];
  if (price === undefined) return [];
  return [{ variantId: variant.id, options: { ...variant.options }, price, inStock: isInStock(variant) }];
}
