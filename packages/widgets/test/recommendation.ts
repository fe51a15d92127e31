/** A decision of a small shop, as the engine would answer it, for the widgets' tests. */
import type { Recommendation, RecommendationItem, Status } from "@basketlift/engine/decision";

const titles = [
  "Stoneware mug",
  "Teapot",
  "Oak tray",
  "Linen napkins",
  "Milk jug",
  "Sugar bowl",
  "Tea strainer",
  "Kettle",
];

export function item(position: number, changes: Partial<RecommendationItem> = {}): RecommendationItem {
  const title = titles[position % titles.length];
  return {
    productId: `product-${position}`,
    variantId: `variant-${position}`,
    title,
    position,
    score: 1 / (position + 1),
    propensity: 1,
    price: 1250 + position * 100,
    currency: "EUR",
    availability: "in-stock",
    reason: "Often bought together with Breakfast plate",
    source: "bought-together",
    evidence: { signals: [{ source: "bought-together", share: 1 }] },
    ...changes,
  };
}

export interface FixtureOptions {
  readonly id?: string;
  readonly status?: Status;
  readonly items?: readonly RecommendationItem[];
}

export function recommendation({
  id = "decision-1",
  status = "served",
  items = titles.map((_, position) => item(position)),
}: FixtureOptions = {}): Recommendation {
  const slate = items.map(({ productId, variantId, propensity }) => ({ productId, variantId, propensity }));
  return {
    id,
    type: "cross-sell",
    sourceProduct: "plate",
    recommendedProducts: items.map(({ productId }) => productId),
    score: items[0]?.score ?? 0,
    confidence: 1,
    reasoning: items[0]?.reason ?? "",
    model: "bought-together",
    context: { placement: "pdp" },
    createdAt: "2026-11-22T10:00:00.000Z",
    status,
    items,
    receipt: {
      decisionId: id,
      decidedAt: "2026-11-22T10:00:00.000Z",
      request: { placement: "pdp", productId: "plate" },
      status,
      arm: "treatment",
      strategy: { id: "companions", version: 1 },
      stateVersion: "0",
      seed: id,
      poolHash: "0",
      poolSize: items.length,
      slate,
    },
  };
}
