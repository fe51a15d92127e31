/** A product as a page shows it: what can be bought, for how much, and whether it is there. Nothing in it is private. */
import { availabilityOf, offerOf, type Availability } from "../catalogue/catalogue.ts";
import type { Minor } from "../catalogue/money.ts";
import type { Shop } from "./shop.ts";

export interface ShownProduct {
  readonly productId: string;
  readonly variantId: string;
  /** In minor units of the market's currency. */
  readonly price: Minor;
  readonly availability: Availability;
}

/**
 * @returns undefined when the product is not sold in the market
 * @example
 * shownProduct(42, { catalogue, market })?.price;
 */
export function shownProduct(index: number, { catalogue, market }: Shop): ShownProduct | undefined {
  const product = catalogue.products[index];
  const offer = offerOf(product, market);
  if (!offer) return undefined;
  const { variant, price } = offer;
  return { productId: product.id, variantId: variant.id, price, availability: availabilityOf(product, market) };
}
