/** Every word the widgets say by themselves, in English; a shop gives its own for what it wants to say differently. */
import type { RecommendationItem } from "@basketlift/engine/decision";

export interface RowLabels {
  readonly heading: string;
  readonly previous: string;
  readonly next: string;
  readonly addToCart: string;
  /** On the button of the product that was added last. */
  readonly added: string;
  /** Spoken once a product is in the cart. */
  readonly addedProduct: (title: string) => string;
  /** Shown and spoken when adding failed. */
  readonly notAdded: (title: string) => string;
  readonly inStock: string;
  readonly low: string;
  readonly outOfStock: string;
  /** Why a product is here; the engine's own sentence by default. */
  readonly reason: (item: RecommendationItem) => string;
  /** How screen readers name the row as a whole (`aria-roledescription`). */
  readonly carousel: string;
  /** How screen readers name one product's place in it. */
  readonly slide: string;
}

export const defaultLabels: RowLabels = {
  heading: "You may also like",
  previous: "Previous products",
  next: "Next products",
  addToCart: "Add to cart",
  added: "Added",
  addedProduct: (title) => `${title} is in your cart`,
  notAdded: (title) => `${title} could not be added. Please try again.`,
  inStock: "In stock",
  low: "Few left",
  outOfStock: "Out of stock",
  reason: (item) => item.reason,
  carousel: "carousel",
  slide: "slide",
};

/** @returns the default words with a shop's own in their place */
export function withDefaults(labels: Partial<RowLabels> = {}): RowLabels {
  return { ...defaultLabels, ...labels };
}
