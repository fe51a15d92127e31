/** What is known of each product before a customer is looked at: how popular, how current, how new, how often rebought. */
import { columnSizes, rowOf, type Incidence } from "../matrix/sparse.ts";
import { basketsByCustomer, type CustomerBaskets } from "../history/customer-baskets.ts";

/** Columns with one value a product, all logarithms. */
export interface PurchasePriors {
  /** ln(1 + baskets). */
  readonly popularity: Float32Array;
  /** ln(1/2 + customers whose last basket held it). */
  readonly current: Float32Array;
  /** ln(1/2 + customers who came to it after their first basket, the newer the more). */
  readonly discovered: Float32Array;
  /** ln(1/2 + baskets of known customers, each a fifth less than the same customer's next one). */
  readonly lately: Float32Array;
  /** ln of the share of later baskets that hold it again, against the average product, smoothed. */
  readonly repeatRate: Float32Array;
  /** ln(1/2 + baskets, those of 30 days ago for a half), by the clock; guests count too. */
  readonly thisMonth: Float32Array;
  /** The same with 7 days. */
  readonly thisWeek: Float32Array;
  /** ln(1 + days since it was first sold); 0 where it never was. */
  readonly age: Float32Array;
}

/** Names of the columns, as they stand in model files. */
export const priorNames = [
  "popularity",
  "current",
  "discovered",
  "lately",
  "repeatRate",
  "thisMonth",
  "thisWeek",
  "age",
] as const satisfies readonly (keyof PurchasePriors)[];

/** What is left of a basket's weight when the same customer's next one comes. */
const basketDecay = 0.8;
/** Opportunities that every product is given at the average rate. */
const smoothing = 20;
const day = 86_400_000;

/**
 * @param leastPopularity products sold less often are taken to have sold this often
 * @example
 * const { popularity } = purchasePriors(view);
 */
export function purchasePriors(data: CustomerBaskets, leastPopularity = 0): PurchasePriors {
  const { current, discovered, lately, repeats, chances } = tallyCustomers(data);
  const fromHalf = (counts: Float64Array): Float32Array => Float32Array.from(counts, (count) => Math.log(0.5 + count));
  return {
    popularity: Float32Array.from(columnSizes(data.baskets), (count) => Math.log(1 + Math.max(count, leastPopularity))),
    current: fromHalf(current),
    discovered: fromHalf(discovered),
    lately: fromHalf(lately),
    repeatRate: repeatRates(repeats, chances),
    thisMonth: fromHalf(fadedCounts(data, 30)),
    thisWeek: fromHalf(fadedCounts(data, 7)),
    age: ages(data),
  };
}

/** Sums over customers, a value a product. */
interface Tallies {
  readonly current: Float64Array;
  readonly discovered: Float64Array;
  readonly lately: Float64Array;
  readonly repeats: Float64Array;
  /** Baskets that came after the one in which a customer first bought the product. */
  readonly chances: Float64Array;
}

function tallyCustomers(data: CustomerBaskets): Tallies {
  const basketsOf = basketsByCustomer(data);
  const column = (): Float64Array => new Float64Array(data.productCount);
  const tallies = {
    current: column(),
    discovered: column(),
    lately: column(),
    repeats: column(),
    chances: column(),
  };
  for (let customer = 0; customer < basketsOf.rows; customer++) {
    tallyCustomer(tallies, rowOf(basketsOf, customer), data.baskets);
  }
  return tallies;
}

function tallyCustomer(tallies: Tallies, own: Uint32Array, baskets: Incidence): void {
  const known = new Set<number>();
  for (const [place, basket] of own.entries()) {
    const basketsSince = own.length - 1 - place;
    const weight = basketDecay ** basketsSince;
    for (const product of rowOf(baskets, basket)) {
      tallies.lately[product] += weight;
      if (basketsSince === 0) tallies.current[product]++;
      if (known.has(product)) {
        tallies.repeats[product]++;
        continue;
      }
      known.add(product);
      tallies.chances[product] += basketsSince;
      if (place > 0) tallies.discovered[product] += weight;
    }
  }
}

function repeatRates(repeats: Float64Array, chances: Float64Array): Float32Array {
  const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0);
  const average = Math.max(sum(repeats), 1) / Math.max(sum(chances), 1);
  return Float32Array.from(repeats, (count, product) =>
    Math.log((count + smoothing * average) / (chances[product] + smoothing) / average),
  );
}

/** Baskets by product, each counted less the older it is against the newest of all. */
function fadedCounts({ baskets, basketAt, productCount }: CustomerBaskets, halfLifeDays: number): Float64Array {
  const newest = latest(basketAt);
  const counts = new Float64Array(productCount);
  for (let basket = 0; basket < baskets.rows; basket++) {
    const weight = 0.5 ** ((newest - basketAt[basket]) / day / halfLifeDays);
    for (let i = baskets.offsets[basket]; i < baskets.offsets[basket + 1]; i++) counts[baskets.indices[i]] += weight;
  }
  return counts;
}

function ages({ baskets, basketAt, productCount }: CustomerBaskets): Float32Array {
  const newest = latest(basketAt);
  const first = new Float64Array(productCount).fill(newest);
  for (let basket = 0; basket < baskets.rows; basket++) {
    for (const product of rowOf(baskets, basket)) first[product] = Math.min(first[product], basketAt[basket]);
  }
  return Float32Array.from(first, (time) => Math.log(1 + (newest - time) / day));
}

function latest(times: Float64Array): number {
  return times.reduce((most, time) => Math.max(most, time), times[0] ?? 0);
}
