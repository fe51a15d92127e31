/** How near two prices are to each other, whatever the scale: people compare prices by their ratio. */
import { offerOf, type Catalogue } from "../catalogue/catalogue.ts";

/** @returns the natural logarithm of each product's price in the home market, NaN where it has none */
export function homePrices({ products, markets }: Catalogue): Float64Array {
  return Float64Array.from(products, (product) => Math.log(offerOf(product, markets[0])?.price ?? NaN));
}

/** 1 for equal prices, 1/2 at twice or half the price, 0 where a price is unknown or nothing. */
export function priceCloseness(logPrices: Float64Array, one: number, other: number): number {
  const closeness = Math.exp(-Math.abs(logPrices[one] - logPrices[other]));
  return Number.isFinite(logPrices[one]) && Number.isFinite(logPrices[other]) ? closeness : 0;
}
