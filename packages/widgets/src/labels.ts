/** Every word the widgets say by themselves, in English; a shop gives its own for what it wants to say differently. */
import type { ShownItem } from "./shown.ts";

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
  readonly reason: (item: ShownItem) => string;
  /** How screen readers name the row as a whole (`aria-roledescription`). */
  readonly carousel: string;
  /** How screen readers name one product's place in it. */
  readonly slide: string;
}

/** What a bundle says beside what a row says. */
export interface BundleLabels {
  readonly bundleHeading: string;
  /** Marks the product that the page is about. */
  readonly thisProduct: string;
  /** How screen readers name the check box of a product. */
  readonly include: (title: string) => string;
  /** How screen readers name the choice of a product's variant. */
  readonly variantOf: (title: string) => string;
  readonly total: (products: number) => string;
  readonly addAll: (products: number) => string;
  readonly addedAll: (products: number) => string;
  /** Shown and spoken when adding failed: nothing is in the cart then. */
  readonly notAddedAll: string;
}

export type Labels = RowLabels & BundleLabels;

export const defaultLabels: Labels = {
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
  bundleHeading: "Often bought together",
  thisProduct: "This product",
  include: (title) => `Include ${title}`,
  variantOf: (title) => `Choose for ${title}`,
  total: (products) => (products === 1 ? "Price" : `Price of all ${products}`),
  addAll: (products) => (products === 1 ? "Add to cart" : `Add all ${products} to cart`),
  addedAll: (products) => (products === 1 ? "It is in your cart" : `All ${products} are in your cart`),
  notAddedAll: "Nothing was added. Please try again.",
};

/** @returns the default words with a shop's own in their place */
export function withDefaults(labels: Partial<Labels> = {}): Labels {
  return { ...defaultLabels, ...labels };
}
