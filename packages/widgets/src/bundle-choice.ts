/** The headless half of a bundle: which of its products are chosen, in which variant, and what they cost together. */
import type { Minor } from "@basketlift/engine/catalogue";

export interface BundleVariant {
  readonly variantId: string;
  /** What sets it apart, for example `{ size: "M" }`. */
  readonly options: Readonly<Record<string, string>>;
  readonly price: Minor;
  readonly inStock: boolean;
}

/** One product of a bundle. */
export interface BundleProduct {
  readonly productId: string;
  readonly title: string;
  readonly url?: string | undefined;
  readonly image?: string | undefined;
  /** Why it is here, in words; the product that the page is about needs none. */
  readonly reason?: string | undefined;
  readonly variants: readonly BundleVariant[];
}

/** The shopper's choice, by product id. */
export type BundleChoice = ReadonlyMap<string, ProductChoice>;

export interface ProductChoice {
  readonly isIncluded: boolean;
  readonly variantId: string;
}

/** Only what can be bought: a product without a variant in stock has no place in a bundle. */
export function buyable(products: readonly BundleProduct[]): readonly BundleProduct[] {
  return products.filter(({ variants }) => variants.some(({ inStock }) => inStock));
}

/** Everything, each in the variant it is shown with, or else the first one in stock. */
export function firstChoice(products: readonly BundleProduct[], shown: ReadonlyMap<string, string>): BundleChoice {
  return new Map(
    buyable(products).map(({ productId, variants }) => {
      const inStock = variants.filter((variant) => variant.inStock);
      const variant = inStock.find(({ variantId }) => variantId === shown.get(productId)) ?? inStock[0];
      return [productId, { isIncluded: true, variantId: variant.variantId }];
    }),
  );
}

/** A line of the cart for each product that is included. */
export interface BundleLine {
  readonly productId: string;
  readonly variantId: string;
  readonly quantity: number;
}

export function linesOf(choice: BundleChoice): readonly BundleLine[] {
  return Array.from(choice)
    .filter(([, { isIncluded }]) => isIncluded)
    .map(([productId, { variantId }]) => ({ productId, variantId, quantity: 1 }));
}

/** @returns minor units of the currency that all products share */
export function totalOf(products: readonly BundleProduct[], choice: BundleChoice): Minor {
  return products.reduce((total, product) => {
    const chosen = choice.get(product.productId);
    return total + (chosen?.isIncluded ? (chosenVariant(product, chosen)?.price ?? 0) : 0);
  }, 0);
}

export function chosenVariant({ variants }: BundleProduct, { variantId }: ProductChoice): BundleVariant | undefined {
  return variants.find((variant) => variant.variantId === variantId);
}

/** What sets a variant apart from its siblings, in words. */
export function variantName({ variantId, options }: Pick<BundleVariant, "variantId" | "options">): string {
  return Object.values(options).join(", ") || variantId;
}
