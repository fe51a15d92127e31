/**
 * What has just come in, judged: the newest first as in `new-arrivals.ts`, but not what has shown that nobody wants it, and with places kept for what
 * nobody could judge yet.
 *
 * An arrival with n baskets (or clicks, whatever is counted) out of an exposure x - days on sale, or impressions - is
 * compared with the arrivals' common rate r = (sum n) / (sum x). Its quality has a gamma posterior around 1 worth
 * `priorSales` = a expected sales,
 *   quality ~ Gamma(a + n, a + r x), mean (a + n) / (a + r x),
 * and whoever is below `minimumQuality` even at the upper end of its interval, exp(ln mean + z / sqrt(a + n)), is left
 * out. The score is freshness x quality, freshness halving every `halfLifeDays`; arrivals with an expectation r x below
 * `provenSales` are unproven: they are ranked by freshness and take their `quota` of the places.
 * Training O(cells), memory 12 bytes a product.
 */
import { InvalidInput, InvalidOption, requireNumber } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { parseTime } from "../history/time.ts";
import { TopK } from "../matrix/top-k.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Recommender } from "../models/recommender.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import { normalQuantile } from "../statistics/normal.ts";
import {
  addBasket,
  fadingOf,
  millisecondsADay,
  requireDays,
  visitBaskets,
  type DatedBaskets,
} from "./basket-weights.ts";
import { dealQuota, scoresByPlace } from "./exploration.ts";
import { createLeaderboard, readLeaderboard } from "./leaderboard.ts";

const kind = "judged-arrivals";

/** Baskets, and when each product came into the shop. */
export interface Arrivals extends DatedBaskets {
  /** Milliseconds since 1970, UTC, by product; NaN where unknown. See `publishedTimes`. */
  readonly publishedAt: ArrayLike<number>;
  /** How often each arrival was shown since it came. Days on sale stand for it when left out. */
  readonly impressions?: ArrayLike<number> | undefined;
}

/** What is new, and what it must have shown. */
export interface JudgedArrivalsOptions {
  /** Days since its publication that a product is new. */
  readonly newDays?: number | undefined;
  /** Age in days at which an arrival is half as fresh. */
  readonly halfLifeDays?: number | undefined;
  /** Expected sales that the prior, an arrival like the others, is worth. */
  readonly priorSales?: number | undefined;
  /** Share of the arrivals' common rate that a product must not be certain to miss; 0 keeps all. */
  readonly minimumQuality?: number | undefined;
  /** One-sided certainty with which a product is found below it. */
  readonly confidence?: number | undefined;
  /** Expected sales from which an arrival has had its chance. */
  readonly provenSales?: number | undefined;
  /** Share of the places for arrivals that had not. */
  readonly quota?: number | undefined;
}

/**
 * @returns a model that answers only arrivals; its scores say the place only
 * @throws InvalidOption when a setting is out of its range
 * @throws InvalidInput when times are missing, or there is not one publication a product
 * @example
 * const arrivals = await trainJudgedArrivals({ ...view, publishedAt: publishedTimes(catalogue) }, { newDays: 30 });
 * arrivals.recommend({ history: [] }, 12);
 */
export async function trainJudgedArrivals(
  data: Arrivals,
  {
    newDays = 60,
    halfLifeDays = 20,
    priorSales = 3,
    minimumQuality = 0.5,
    confidence = 0.9,
    provenSales = 3,
    quota = 0.2,
    ...controls
  }: JudgedArrivalsOptions & TrainingControls = {},
): Promise<Recommender> {
  requireDays("newDays", newDays);
  requireDays("halfLifeDays", halfLifeDays);
  requireNumber("priorSales", priorSales, 0);
  if (priorSales === 0) throw new InvalidOption("priorSales", priorSales, "a number above 0");
  requireNumber("minimumQuality", minimumQuality, 0);
  requireNumber("confidence", confidence, 0.5, 0.999_999);
  requireNumber("provenSales", provenSales, 0);
  requireNumber("quota", quota, 0, 1);
  const productCount = data.baskets.columns;
  requireColumn("publishedAt", data.publishedAt, productCount);
  if (data.impressions) requireColumn("impressions", data.impressions, productCount);

  const sales = new Float64Array(productCount);
  await visitBaskets(data, controls, (basket) => addBasket(data.baskets, basket, 1, sales));
  const ages = Float64Array.from(data.publishedAt, (at) => (data.until - at) / millisecondsADay);
  const arrivals = Uint32Array.from(ages.keys()).filter((product) => ages[product] >= 0 && ages[product] <= newDays);
  const expected = expectedSales(arrivals, sales, (product) => exposureOf(data, product, ages[product]));

  const proven = new TopK(arrivals.length);
  const unproven = new TopK(arrivals.length);
  const z = normalQuantile(confidence);
  for (const product of arrivals) {
    const quality = (priorSales + sales[product]) / (priorSales + expected[product]);
    if (quality * Math.exp(z / Math.sqrt(priorSales + sales[product])) < minimumQuality) continue;
    const freshness = fadingOf(ages[product], halfLifeDays);
    if (expected[product] < provenSales) unproven.offer(product, freshness);
    else proven.offer(product, freshness * quality);
  }
  const places = dealQuota(proven.ranked().products, unproven.ranked().products, quota, arrivals.length);
  // Whatever the quota is, nobody who is new and not known to be bad is left out for good.
  const products = Uint32Array.from(new Set([...places, ...unproven.ranked().products]));
  return createLeaderboard(kind, productCount, { products, scores: scoresByPlace(products.length) });
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const arrivals = await loadJudgedArrivals(readModel(bytes));
 */
export function loadJudgedArrivals(file: ModelFile, controls: TrainingControls = {}): Promise<Recommender> {
  return paced("loading arrivals", readLeaderboard(kind, file), controls);
}

/**
 * @returns milliseconds since 1970, UTC, of each product's publication; NaN where the catalogue does not say
 * @throws InvalidInput naming the first product whose time is not RFC 3339
 * @example
 * publishedTimes(catalogue)[0]; // 1769842800000
 */
export function publishedTimes({ products }: Catalogue): Float64Array {
  return Float64Array.from(products, ({ publishedAt }, index) => {
    if (publishedAt === undefined) return NaN;
    const time = parseTime(publishedAt);
    if (Number.isNaN(time)) {
      throw new InvalidInput(`products[${index}].publishedAt`, publishedAt, "an RFC 3339 time");
    }
    return time;
  });
}

/** Days on sale count from one on: what came this morning has not had a hundredth of a chance for the first sale. */
function exposureOf({ impressions }: Arrivals, product: number, age: number): number {
  if (!impressions) return Math.max(1, age);
  const shown = impressions[product];
  if (!(shown >= 0 && shown < Infinity)) throw new InvalidInput(`impressions[${product}]`, shown, "a number from 0");
  return shown;
}

/** What each arrival would have sold at the common rate of all. */
function expectedSales(
  arrivals: Uint32Array,
  sales: Float64Array,
  exposure: (product: number) => number,
): Float64Array {
  let sold = 0;
  let shown = 0;
  const expected = new Float64Array(sales.length);
  for (const product of arrivals) {
    expected[product] = exposure(product);
    sold += sales[product];
    shown += expected[product];
  }
  return expected.map((exposed) => (shown > 0 ? (exposed * sold) / shown : 0));
}

function requireColumn(name: string, column: ArrayLike<number>, productCount: number): void {
  if (column.length !== productCount) {
    throw new InvalidInput(name, `${column.length} entries`, `one for each of ${productCount} products`);
  }
}
