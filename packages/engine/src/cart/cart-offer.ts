/** What can be offered with a cart, and what is at stake: the margin of what is bought and what each taker is given. */
import { percentageOf, requireMinor, type Minor } from "../catalogue/money.ts";
import { offerOf } from "../catalogue/catalogue.ts";
import { InvalidInput } from "../errors.ts";
import { requireCurrency, requirePercentage } from "./amounts.ts";
import type { CartContents } from "./cart-lines.ts";
import { marginIn, showableIn, type Shop } from "./shop.ts";

/** So many out of a whole. */
export interface Tally {
  readonly count: number;
  readonly of: number;
}

interface CommonOffer {
  readonly id: string;
  /** Shoppers who took it, out of those who saw it. */
  readonly accepted: Tally;
  /** Shoppers who bought the same, out of those like them who did not see it: a holdout. */
  readonly natural: Tally;
}

/** Something that could be offered. */
export type CartOffer = CommonOffer &
  (
    | {
        /** One more product, at a discount in percent or at full price. */
        readonly kind: "product";
        readonly productId: string;
        readonly percentage?: number;
      }
    | {
        /** Products that the cart lacks, together, for so much less. */
        readonly kind: "bundle";
        readonly productIds: readonly string[];
        readonly discount: Minor;
        /** ISO 4217; the market's when left out. */
        readonly currency?: string;
      }
    | {
        /** Percent off the cart. Accepted and natural count completed orders. */
        readonly kind: "discount";
        readonly percentage: number;
      }
    | {
        /** Free shipping from a threshold on. Accepted and natural count orders that reach it. */
        readonly kind: "free-shipping";
        readonly threshold: Minor;
        /** What shipping costs the shop. */
        readonly shippingCost: Minor;
        readonly currency?: string;
      }
  );

/** Why an offer cannot be made. */
export type OfferObstacle =
  | "in-cart"
  | "excluded"
  | "not-available"
  | "unknown-cost"
  | "threshold-reached"
  | "empty-cart";

/** In minor units of the market's currency. */
export interface Stake {
  /** Of what is bought, before anything is given; fractions included. */
  readonly margin: number;
  readonly given: Minor;
  /** What that costs the shop: a discount lowers the tax as well. */
  readonly cost: number;
}

/**
 * @param path where the offer stands, for errors
 * @returns what is at stake, or why the offer cannot be made
 * @throws InvalidInput naming the field that is wrong
 * @example
 * stakeOf(offer, cart, { catalogue, market }, new Set(), "offers[0]");
 */
export function stakeOf(
  offer: CartOffer,
  cart: CartContents,
  shop: Shop,
  exclude: ReadonlySet<number>,
  path: string,
): Stake | OfferObstacle {
  checkTally(offer.accepted, `${path}.accepted`);
  checkTally(offer.natural, `${path}.natural`);
  switch (offer.kind) {
    case "product": {
      requirePercentage(offer.percentage ?? 0, `${path}.percentage`);
      const index = indexOf(offer.productId, shop, `${path}.productId`);
      return stakeOfProducts([index], cart, shop, exclude, (price) => percentageOf(price, offer.percentage ?? 0));
    }
    case "bundle": {
      if (offer.productIds.length === 0) throw new InvalidInput(`${path}.productIds`, "[]", "at least one product");
      requireMinor(offer.discount, `${path}.discount`);
      requireCurrency(offer.currency, shop.market, `${path}.currency`);
      const indices = offer.productIds.map((id, place) => indexOf(id, shop, `${path}.productIds[${place}]`));
      return stakeOfProducts(indices, cart, shop, exclude, (price) => {
        if (offer.discount <= price) return offer.discount;
        throw new InvalidInput(`${path}.discount`, offer.discount, `at most what the products cost (${price})`);
      });
    }
    case "discount": {
      requirePercentage(offer.percentage, `${path}.percentage`);
      if (cart.subtotal === 0) return "empty-cart";
      const margin = cartMargin(cart, shop);
      return settled(margin, percentageOf(cart.subtotal, offer.percentage), shop);
    }
    case "free-shipping": {
      requireMinor(offer.threshold, `${path}.threshold`);
      requireMinor(offer.shippingCost, `${path}.shippingCost`);
      requireCurrency(offer.currency, shop.market, `${path}.currency`);
      if (cart.subtotal === 0) return "empty-cart";
      if (cart.subtotal >= offer.threshold) return "threshold-reached";
      // Who tops up adds at least the gap, at the margin that the cart earns.
      const margin = (cartMargin(cart, shop) / cart.subtotal) * (offer.threshold - cart.subtotal);
      return settled(margin, offer.shippingCost, {});
    }
    default:
      throw new InvalidInput(`${path}.kind`, (offer as CartOffer).kind, "product, bundle, discount or free-shipping");
  }
}

/**
 * What the cart leaves at the prices the shopper was told, in minor units, fractions included.
 * @returns NaN where a cost is unknown
 * @example
 * cartMargin(cart, { catalogue, market });
 */
export function cartMargin({ lines }: CartContents, shop: Shop): number {
  const { taxRate = 0 } = shop;
  const marginOf = marginIn(shop);
  return lines.reduce((sum, { product, price, line }) => {
    if (price === undefined) return sum;
    // A price that was promised lower costs margin to the full.
    const promised = (line.unitPrice ?? price) - price;
    return sum + line.quantity * (marginOf(product, price) + promised / (1 + taxRate));
  }, 0);
}

function stakeOfProducts(
  indices: readonly number[],
  { products }: CartContents,
  shop: Shop,
  exclude: ReadonlySet<number>,
  givenOf: (price: Minor) => Minor,
): Stake | OfferObstacle {
  const isShown = showableIn(shop);
  const marginOf = marginIn(shop);
  let price = 0;
  let margin = 0;
  for (const index of indices) {
    if (products.includes(index)) return "in-cart";
    if (exclude.has(index)) return "excluded";
    const offer = isShown(index) ? offerOf(shop.catalogue.products[index], shop.market) : undefined;
    if (!offer) return "not-available";
    price += offer.price;
    margin += marginOf(index, offer.price);
  }
  return settled(margin, givenOf(price), shop);
}

function settled(margin: number, given: Minor, { taxRate = 0 }: Pick<Shop, "taxRate">): Stake | OfferObstacle {
  return Number.isNaN(margin) ? "unknown-cost" : { margin, given, cost: given / (1 + taxRate) };
}

function indexOf(productId: string, { catalogue }: Shop, path: string): number {
  const index = catalogue.ids.indexOf(productId);
  if (index === undefined) throw new InvalidInput(path, productId, "the id of a product of the catalogue");
  return index;
}

function checkTally({ count, of }: Tally, path: string): void {
  if (!Number.isSafeInteger(of) || of < 0) throw new InvalidInput(`${path}.of`, of, "a count, zero or more");
  if (!Number.isSafeInteger(count) || count < 0 || count > of) {
    throw new InvalidInput(`${path}.count`, count, `a count of at most the whole (${of})`);
  }
}
