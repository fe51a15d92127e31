/** The products of a market by price, ascending: what a search for an amount walks along. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Market } from "../catalogue/product.ts";
import { shelfOf } from "../catalogue/shelf.ts";

/** Products that are active, sold in the market and in stock. Columns of one length. */
export interface PriceIndex {
  /** Catalogue indices. */
  readonly product: Uint32Array;
  /** Ascending, in minor units of the market's currency. */
  readonly price: Float64Array;
}

/** By market id, for as long as the catalogue lives. It never changes, so neither do its prices. */
const known = new WeakMap<Catalogue, Map<string, PriceIndex>>();

/**
 * O(n log n) once for a catalogue and market, 12 bytes a product. Ask for it once before the first shopper comes.
 * @example
 * const { price } = priceIndexOf(catalogue, marketOf(catalogue));
 * price[0]; // the cheapest
 */
export function priceIndexOf(catalogue: Catalogue, market: Market): PriceIndex {
  const indices = known.get(catalogue) ?? new Map<string, PriceIndex>();
  known.set(catalogue, indices);
  const index = indices.get(market.id) ?? createPriceIndex(catalogue, market);
  indices.set(market.id, index);
  return index;
}

function createPriceIndex(catalogue: Catalogue, market: Market): PriceIndex {
  const shelf = shelfOf(catalogue, market);
  const product = Uint32Array.from({ length: catalogue.products.length }, (_, index) => index)
    .filter((index) => shelf.obstacle[index] === 0 && shelf.price[index] > 0)
    .sort((a, b) => shelf.price[a] - shelf.price[b] || a - b);
  return { product, price: Float64Array.from(product, (index) => shelf.price[index]) };
}
