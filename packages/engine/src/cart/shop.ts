/** What every answer on a cart asks of the shop: which products may be shown, and what selling one leaves. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import { ledgerOf } from "../catalogue/ledger.ts";
import type { Minor } from "../catalogue/money.ts";
import type { Market } from "../catalogue/product.ts";
import { hasRestrictions, restrictionOf } from "../catalogue/restrictions.ts";
import { shelfOf } from "../catalogue/shelf.ts";
import { requireNumber } from "../errors.ts";

/** A shop as one shopper meets it. */
export interface Shop {
  readonly catalogue: Catalogue;
  readonly market: Market;
  /** In years; products with an age limit are not shown while nobody asked. */
  readonly age?: number;
  /** Share of tax on top of the net price when prices include it, for margins: 0.19 for 19 %. */
  readonly taxRate?: number;
}

/**
 * Whether a product can be shown: active, sold in the market, in stock, and sold to this shopper.
 * @example
 * const isShown = showableIn(shop);
 * isShown(42);
 */
export function showableIn({ catalogue, market, age }: Shop): (product: number) => boolean {
  const { obstacle } = shelfOf(catalogue, market);
  const restricts = hasRestrictions(catalogue);
  const buyer = { country: market.country, age };
  return (product) =>
    obstacle[product] === 0 && (!restricts || restrictionOf(catalogue.products[product], buyer) === undefined);
}

/**
 * What selling one unit leaves after cost and tax, in minor units of the market's currency, fractions included:
 * price / (1 + tax) x the share of the net home price that is left after cost, of the variant the product is shown with.
 * Below zero where the product loses money.
 * @returns NaN where price or cost is unknown. Private: it never goes to a page.
 * @throws InvalidOption when the tax rate is out of range
 * @example
 * marginIn({ catalogue, market, taxRate: 0.19 })(42, 1999);
 */
export function marginIn({ catalogue, market, taxRate = 0 }: Shop): (product: number, price: Minor) => number {
  requireNumber("taxRate", taxRate, 0, 10);
  const { homePrice, cost } = ledgerOf(catalogue, market);
  return (product, price) => {
    const netHomePrice = homePrice(product) / (1 + taxRate);
    return netHomePrice > 0 ? (price / (1 + taxRate)) * (1 - cost(product) / netHomePrice) : NaN;
  };
}
