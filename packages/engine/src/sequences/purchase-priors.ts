/** What is known of each product before a customer is looked at: how popular, how current, how new, how often rebought. */
import { columnSizes, rowOf } from "../matrix/sparse.ts";
import { basketsByCustomer, type CustomerBaskets } from "./customer-baskets.ts";

/** Columns with one value a product, all logarithms. */
export interface PurchasePriors {
  /** ln(1 + baskets). */
  readonly popularity: Float32Array;
  /** ln(1/2 + customers whose last basket held it). */
  readonly current: Float32Array;
  /** ln(1/2 + customers who came to it after their first basket, the newer the more). */
  readonly discovered: Float32Array;
  /** ln of the share of later baskets that hold it again, against the average product, smoothed. */
  readonly repeatRate: Float32Array;
}

/** What is left of a discovery's weight, a basket later. */
const discoveryDecay = 0.8;
/** Opportunities that every product is given at the average rate. */
const smoothing = 20;

/**
 * @example
 * const { popularity } = purchasePriors(view);
 */
export function purchasePriors(data: CustomerBaskets): PurchasePriors {
  const { baskets, productCount } = data;
  const basketsOf = basketsByCustomer(data);
  const lastHolders = new Float64Array(productCount);
  const discovered = new Float64Array(productCount);
  const repeats = new Float64Array(productCount);
  const chances = new Float64Array(productCount);
  for (let customer = 0; customer < basketsOf.rows; customer++) {
    const own = rowOf(basketsOf, customer);
    if (own.length === 0) continue;
    for (const product of rowOf(baskets, own[own.length - 1])) lastHolders[product]++;
    const known = new Set<number>();
    for (const [place, basket] of own.entries()) {
      for (const product of rowOf(baskets, basket)) {
        if (known.has(product)) {
          repeats[product]++;
          continue;
        }
        known.add(product);
        const later = own.length - 1 - place;
        chances[product] += later;
        if (place > 0) discovered[product] += discoveryDecay ** later;
      }
    }
  }
  return {
    popularity: Float32Array.from(columnSizes(baskets), (count) => Math.log(1 + count)),
    current: Float32Array.from(lastHolders, (count) => Math.log(0.5 + count)),
    discovered: Float32Array.from(discovered, (count) => Math.log(0.5 + count)),
    repeatRate: repeatRates(repeats, chances),
  };
}

function repeatRates(repeats: Float64Array, chances: Float64Array): Float32Array {
  const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0);
  const average = Math.max(sum(repeats), 1) / Math.max(sum(chances), 1);
  return Float32Array.from(repeats, (count, product) =>
    Math.log((count + smoothing * average) / (chances[product] + smoothing) / average),
  );
}
