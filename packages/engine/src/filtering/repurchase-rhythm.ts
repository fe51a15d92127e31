/**
 * When products are bought again: how long customers wait between two purchases of the same product, and how many do buy
 * it again. Few products have many second purchases, so what is known of a product is shrunk to its category, that to
 * the shop, and a customer's own rhythm to the product's.
 *
 * Intervals are gamma distributed; their shape (how regular they are) and mean come from the sufficient statistics n,
 * sum x and sum ln x, to which the level above adds `priorIntervals` intervals of its own averages. The shape solves
 * ln k - digamma(k) = ln(mean x) - mean(ln x) by the closed approximation of Minka, "Estimating a gamma distribution"
 * (2002), which errs by less than 1.5 %.
 * The share of purchases that are followed by another one at all is counted against the time there was for it: with F the
 * distribution of the intervals and T the time from a purchase to the end of the data, repeat = (second purchases) /
 * (sum of F(T)), so that what was sold yesterday is not held against a product.
 * Training O(cells log cells); memory 24 bytes a product.
 */
import { InvalidInput, InvalidOption, requireNumber } from "../errors.ts";
import { basketsByCustomerInPieces, type DatedPurchases } from "../history/customer-baskets.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { regularisedGammaP } from "../statistics/incomplete-gamma.ts";
import { millisecondsADay } from "./basket-weights.ts";

/** How much the levels above count. */
export interface RhythmOptions {
  /** Category of each product, -1 for none: `catalogue.categoryOf`. */
  readonly categoryOf?: Int32Array | undefined;
  /** Intervals that the category's are worth for a product, and the shop's for a category. */
  readonly priorIntervals?: number | undefined;
}

/** The rhythm of each product. Columns by product. */
export interface RepurchaseRhythm {
  /** Mean days between two purchases of it by one customer. */
  readonly meanDays: Float64Array;
  /** Shape of the gamma distribution of those days: 1 forgets, large is regular as a clock. */
  readonly shape: Float64Array;
  /** Share of its purchases that are followed by another. */
  readonly repeatRate: Float64Array;
}

/** Sufficient statistics of intervals, and purchases that might have led to one. */
interface Intervals {
  count: number;
  sum: number;
  logSum: number;
}

/** Same-day orders are one purchase made in two steps. */
const shortestInterval = 0.5;
/** What a shop without any second purchase assumes: once a quarter, loosely. */
const assumed: Intervals = { count: 1, sum: 90, logSum: Math.log(90) - 0.5 };
/** Beyond these, shapes are artefacts of few intervals. */
const [loosest, strictest] = [0.3, 100];

/**
 * Guests are left out: nobody knows when they came before. Intervals longer than the data are never seen, so that rhythms
 * of more than a third of its length are told too short.
 * @throws InvalidOption when `priorIntervals` is not above 0; InvalidInput when there is not one category a product
 * @example
 * const rhythm = await fitRepurchaseRhythm(view, { categoryOf: catalogue.categoryOf });
 * rhythm.meanDays[42]; // 31.5
 */
export async function fitRepurchaseRhythm(
  purchases: DatedPurchases,
  { categoryOf, priorIntervals = 5, ...controls }: RhythmOptions & TrainingControls = {},
): Promise<RepurchaseRhythm> {
  requireNumber("priorIntervals", priorIntervals, 0);
  if (priorIntervals === 0) throw new InvalidOption("priorIntervals", priorIntervals, "a number above 0");
  const productCount = purchases.baskets.columns;
  if (categoryOf && categoryOf.length !== productCount) {
    throw new InvalidInput("categoryOf", `${categoryOf.length} entries`, `one for each of ${productCount} products`);
  }
  const byProduct = await countIntervals(purchases, controls);
  const category = (product: number): number => categoryOf?.[product] ?? -1;
  const levels = sumLevels(byProduct.intervals, category);
  const prior = (stats: Intervals, above: Intervals) => withPrior(stats, above, priorIntervals);
  const shop = prior(levels.shop, assumed);

  const meanDays = new Float64Array(productCount);
  const shape = new Float64Array(productCount);
  const reached = new Float64Array(productCount);
  for (const [product, own] of byProduct.intervals.entries()) {
    const ofCategory = levels.categories.get(category(product));
    const stats = prior(own, ofCategory ? prior(ofCategory, shop) : shop);
    meanDays[product] = stats.sum / stats.count;
    shape[product] = shapeOf(Math.log(meanDays[product]) - stats.logSum / stats.count);
    reached[product] = byProduct.chances.reachedBy(product, meanDays[product], shape[product]);
  }
  return { meanDays, shape, repeatRate: repeatRates(byProduct.intervals, reached, category, priorIntervals) };
}

/** Intervals of each product, and the times that its purchases have had to be followed by another. */
async function countIntervals(
  purchases: DatedPurchases,
  controls: TrainingControls,
): Promise<{ readonly intervals: readonly Intervals[]; readonly chances: Chances }> {
  const { baskets, basketAt, basketCustomer, until } = purchases;
  const intervals = Array.from({ length: baskets.columns }, (): Intervals => ({ count: 0, sum: 0, logSum: 0 }));
  const chances = createChances(baskets.columns);
  const lastAt = new Float64Array(baskets.columns);
  const lastCustomer = new Int32Array(baskets.columns).fill(-1);
  const pace = createPacer("measuring intervals", baskets.rows, controls);
  const { indices: byCustomer } = await pace.through(basketsByCustomerInPieces(purchases), 0);
  for (const [place, basket] of byCustomer.entries()) {
    if (pace.isDue()) await pace.rest(place);
    const customer = basketCustomer[basket];
    const at = basketAt[basket];
    for (let i = baskets.offsets[basket]; i < baskets.offsets[basket + 1]; i++) {
      const product = baskets.indices[i];
      if (lastCustomer[product] === customer) {
        const days = (at - lastAt[product]) / millisecondsADay;
        if (days < shortestInterval) continue;
        const stats = intervals[product];
        stats.count++;
        stats.sum += days;
        stats.logSum += Math.log(days);
      }
      lastCustomer[product] = customer;
      lastAt[product] = at;
      chances.add(product, (until - at) / millisecondsADay);
    }
  }
  pace.finish();
  return { intervals, chances };
}

/** How long ago purchases were, in a histogram of half octaves of days: enough to integrate a distribution over. */
interface Chances {
  add(product: number, days: number): void;
  /** Expected number of a product's purchases whose second would have come by now, if all had one. */
  reachedBy(product: number, meanDays: number, shape: number): number;
}

function createChances(productCount: number): Chances {
  const bins = 26;
  const counts = new Uint32Array(productCount * bins);
  return {
    add(product, days) {
      const bin = Math.floor(2 * Math.log2(Math.max(1, days)));
      counts[product * bins + Math.min(bins - 1, bin)]++;
    },
    reachedBy(product, meanDays, shape) {
      let reached = 0;
      for (let bin = 0; bin < bins; bin++) {
        const count = counts[product * bins + bin];
        const days = 2 ** ((bin + 0.5) / 2);
        if (count > 0) reached += count * regularisedGammaP(shape, (shape * days) / meanDays);
      }
      return reached;
    },
  };
}

function sumLevels(
  intervals: readonly Intervals[],
  category: (product: number) => number,
): { readonly shop: Intervals; readonly categories: ReadonlyMap<number, Intervals> } {
  const shop: Intervals = { count: 0, sum: 0, logSum: 0 };
  const categories = new Map<number, Intervals>();
  for (const [product, stats] of intervals.entries()) {
    const index = category(product);
    const ofCategory = categories.get(index) ?? { count: 0, sum: 0, logSum: 0 };
    if (index >= 0) categories.set(index, ofCategory);
    for (const level of [shop, ofCategory]) {
      level.count += stats.count;
      level.sum += stats.sum;
      level.logSum += stats.logSum;
    }
  }
  return { shop, categories };
}

/** As if `weight` more intervals had been seen, all like those above on average. */
function withPrior(stats: Intervals, above: Intervals, weight: number): Intervals {
  const scale = weight / above.count;
  return {
    count: stats.count + weight,
    sum: stats.sum + scale * above.sum,
    logSum: stats.logSum + scale * above.logSum,
  };
}

/** Minka's approximation of the shape at which ln(shape) - digamma(shape) is `gap`. */
function shapeOf(gap: number): number {
  if (!(gap > 0)) return strictest;
  const shape = (3 - gap + Math.sqrt((gap - 3) ** 2 + 24 * gap)) / (12 * gap);
  return Math.min(strictest, Math.max(loosest, shape));
}

/** Second purchases against those that had the time to come, each level shrunk to the one above. */
function repeatRates(
  intervals: readonly Intervals[],
  reached: Float64Array,
  category: (product: number) => number,
  prior: number,
): Float64Array {
  const categories = new Map<number, { repeats: number; reached: number }>();
  const shop = { repeats: 0, reached: 0 };
  for (const [product, { count }] of intervals.entries()) {
    const ofCategory = categories.get(category(product)) ?? { repeats: 0, reached: 0 };
    categories.set(category(product), ofCategory);
    for (const level of [shop, ofCategory]) {
      level.repeats += count;
      level.reached += reached[product];
    }
  }
  const rate = (repeats: number, of: number, above: number) => Math.min(1, (repeats + prior * above) / (of + prior));
  const ofShop = Math.min(1, (shop.repeats + 1) / (shop.reached + 2));
  return Float64Array.from(intervals, ({ count }, product) => {
    const ofCategory = category(product) < 0 ? undefined : categories.get(category(product));
    const above = ofCategory ? rate(ofCategory.repeats, ofCategory.reached, ofShop) : ofShop;
    return rate(count, reached[product], above);
  });
}
