/** How models reach the cart: as a function that names the products related to one product. */
import type { Recommender } from "../models/recommender.ts";

/** A product that stands in some relation to another. */
export interface RelatedProduct {
  /** Catalogue index. */
  readonly product: number;
  /** How strongly, above zero. What it means is the model's: a share of orders, a likeness. */
  readonly score: number;
  /** How much more often than by chance the two are bought together, where the model knows. */
  readonly lift?: number;
  /** Figures behind it, for the merchant. */
  readonly evidence?: Readonly<Record<string, number>>;
}

/** The products related to one, best first, at most `count`. */
export type RelatedProducts = (product: number, count: number) => readonly RelatedProduct[];

/**
 * Asks a trained model for one product at a time.
 * @example
 * const suggestions = upsellCart(cart, { catalogue, market }, { similar: relatedBy(similar) });
 */
export function relatedBy(model: Recommender): RelatedProducts {
  return (product, count) => {
    if (product >= model.productCount) return [];
    const { products, scores } = model.recommend({ history: [product] }, count);
    return Array.from(products, (related, place) => ({ product: related, score: scores[place] })).filter(
      ({ score }) => score > 0,
    );
  };
}
