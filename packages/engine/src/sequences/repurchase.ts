/**
 * When a customer will need a product again, and when they will order at all. Gaps between purchases spread like a
 * log-normal: their logarithms have a mean that differs by product and by customer, and few gaps say little, so that
 * each mean is drawn towards the next wider one - customer and product, product, shop (Gelman et al., "Bayesian Data
 * Analysis", 2013, section 5.4). Gaps still open at the end of the history are not counted, which makes rarely bought
 * products look quicker than they are.
 */
import { InvalidFile, InvalidInput, requireNumber } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { rowOf } from "../matrix/sparse.ts";
import { columnOf, integerSetting, numberSetting, requireKind } from "../models/model-columns.ts";
import { createPacer, paced, type TrainingControls } from "../models/training.ts";
import { normalQuantile } from "../statistics/normal.ts";
import { basketsByCustomer, type CustomerBaskets } from "../history/customer-baskets.ts";

const kind = "repurchase";
const day = 86_400_000;
/** Two orders within a day are one purchase that was split. */
const shortestGapDays = 1;

export interface RepurchaseOptions {
  /** Gaps that the wider mean counts for: as many of one's own weigh the same. */
  readonly shrinkage?: number;
}

/** When something is expected; all times in milliseconds since 1970, UTC. */
export interface ExpectedPurchase {
  /** The median: as likely before as after. */
  readonly at: number;
  /** Between these with the coverage asked for. */
  readonly from: number;
  readonly until: number;
  /** Gaps that speak: the customer's own, and all of the product (of the shop, for orders). */
  readonly ownGaps: number;
  readonly gaps: number;
}

export interface Repurchase {
  readonly kind: string;
  readonly productCount: number;
  /**
   * @param boughtAt when the customer bought the product, ascending; at least once
   * @param coverage of the interval, between 0 and 1
   * @returns nothing where neither the shop nor the customer ever bought anything twice
   */
  expectProduct(product: number, boughtAt: ArrayLike<number>, coverage?: number): ExpectedPurchase | undefined;
  /** The same for the next order of a customer, whatever is in it. */
  expectOrder(orderedAt: ArrayLike<number>, coverage?: number): ExpectedPurchase | undefined;
  /** Median days from one purchase of the product to the next; NaN where nothing is known. */
  daysOf(product: number): number;
  save(): ModelFile;
}

/** Logarithms of gaps, in days: how many, their sum and their sum of squares. */
interface Gaps {
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
}

/** What a trained model consists of; the last entry of each column is for orders. */
interface Trained {
  readonly productCount: number;
  readonly shrinkage: number;
  readonly gaps: Gaps;
}

/**
 * Memory 24 bytes a product.
 * @throws InvalidOption when `shrinkage` is not above 0
 * @example
 * const repurchase = await trainRepurchase(view);
 * repurchase.expectProduct(42, [Date.UTC(2026, 0, 4), Date.UTC(2026, 1, 2)])?.at;
 */
export async function trainRepurchase(
  data: CustomerBaskets,
  { shrinkage = 5, ...controls }: RepurchaseOptions & TrainingControls = {},
): Promise<Repurchase> {
  requireNumber("shrinkage", shrinkage, Number.MIN_VALUE);
  const { baskets, basketAt, productCount } = data;
  const gaps = createGaps(productCount + 1);
  const basketsOf = basketsByCustomer(data);
  const pace = createPacer("measuring gaps between purchases", basketsOf.rows, controls);
  for (let customer = 0; customer < basketsOf.rows; customer++) {
    if (pace.isDue()) await pace.rest(customer);
    const last = new Map<number, number>();
    const see = (entry: number, at: number): void => {
      const before = last.get(entry);
      if (before === undefined) last.set(entry, at);
      else if (at - before >= shortestGapDays * day) {
        addGap(gaps, entry, (at - before) / day);
        last.set(entry, at);
      }
    };
    for (const basket of rowOf(basketsOf, customer)) {
      see(productCount, basketAt[basket]);
      for (const product of rowOf(baskets, basket)) see(product, basketAt[basket]);
    }
  }
  pace.finish();
  return createRepurchase({ productCount, shrinkage, gaps });
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const repurchase = await loadRepurchase(readModel(bytes));
 */
export function loadRepurchase(file: ModelFile, controls: TrainingControls = {}): Promise<Repurchase> {
  return paced("loading gaps between purchases", readRepurchase(file), controls);
}

function* readRepurchase(file: ModelFile): InPieces<Repurchase> {
  requireKind(file, kind);
  const productCount = integerSetting(file, "productCount");
  const shrinkage = numberSetting(file, "shrinkage");
  if (shrinkage === 0) throw new InvalidFile(`Setting "shrinkage" of the ${kind} model must be above 0.`);
  const read = (name: string): InPieces<Float64Array> => columnOf(file, name, Float64Array, productCount + 1);
  const gaps = { count: yield* read("count"), sum: yield* read("sum"), squares: yield* read("squares") };
  return createRepurchase({ productCount, shrinkage, gaps });
}

function createRepurchase(trained: Trained): Repurchase {
  const { productCount, shrinkage, gaps } = trained;
  const shop = poolProducts(trained);
  const expect = (entry: number, times: ArrayLike<number>, coverage: number): ExpectedPurchase | undefined => {
    requireTimes(times);
    if (!(coverage > 0 && coverage < 1)) throw new InvalidInput("coverage", coverage, "a share between 0 and 1");
    const own = ownGaps(times);
    const wide = meanOf(trained, shop, entry);
    if (!wide && own.count === 0) return undefined;
    const prior = wide ?? { mean: own.sum / own.count, spread: 1 };
    const mean = (own.sum + shrinkage * prior.mean) / (own.count + shrinkage);
    // What is not known of the mean comes on top of how gaps differ.
    const spread = prior.spread * Math.sqrt(1 + 1 / (own.count + shrinkage));
    const reach = normalQuantile(0.5 + coverage / 2) * spread;
    const after = (logDays: number): number => times[times.length - 1] + Math.exp(logDays) * day;
    return {
      at: after(mean),
      from: after(mean - reach),
      until: after(mean + reach),
      ownGaps: own.count,
      gaps: gaps.count[entry],
    };
  };
  return {
    kind,
    productCount,
    expectProduct(product, boughtAt, coverage = 0.8) {
      if (!(Number.isInteger(product) && product >= 0 && product < productCount)) {
        throw new InvalidInput("product", product, `an index below ${productCount}`);
      }
      return expect(product, boughtAt, coverage);
    },
    expectOrder: (orderedAt, coverage = 0.8) => expect(productCount, orderedAt, coverage),
    daysOf: (product) => Math.exp(meanOf(trained, shop, product)?.mean ?? Number.NaN),
    save: () => ({ kind, settings: { productCount, shrinkage }, columns: { ...gaps } }),
  };
}

/** Mean and spread of logarithms of days. */
interface LogNormal {
  readonly mean: number;
  readonly spread: number;
}

/** A gap is no better known than to the day. */
const leastSpread = 0.1;

/** All products together; nothing where none was ever bought twice. */
function poolProducts({ productCount, gaps }: Trained): LogNormal | undefined {
  const total = (column: Float64Array): number =>
    column.subarray(0, productCount).reduce((sum, value) => sum + value, 0);
  const count = total(gaps.count);
  return count === 0 ? undefined : logNormal(count, total(gaps.sum), total(gaps.squares));
}

/** One product drawn towards the shop; orders stand for themselves, there is nothing wider. */
function meanOf(
  { productCount, shrinkage, gaps }: Trained,
  shop: LogNormal | undefined,
  entry: number,
): LogNormal | undefined {
  const count = gaps.count[entry];
  if (entry === productCount || !shop) {
    return count > 0 ? logNormal(count, gaps.sum[entry], gaps.squares[entry]) : undefined;
  }
  const wideSquares = shop.spread ** 2 + shop.mean ** 2;
  return logNormal(
    count + shrinkage,
    gaps.sum[entry] + shrinkage * shop.mean,
    gaps.squares[entry] + shrinkage * wideSquares,
  );
}

function logNormal(count: number, sum: number, squares: number): LogNormal {
  const mean = sum / count;
  return { mean, spread: Math.max(leastSpread, Math.sqrt(Math.max(0, squares / count - mean * mean))) };
}

function createGaps(size: number): Gaps {
  return { count: new Float64Array(size), sum: new Float64Array(size), squares: new Float64Array(size) };
}

function addGap({ count, sum, squares }: Gaps, entry: number, days: number): void {
  const log = Math.log(days);
  count[entry]++;
  sum[entry] += log;
  squares[entry] += log * log;
}

/** The customer's own gaps, split purchases joined. */
function ownGaps(times: ArrayLike<number>): { readonly count: number; readonly sum: number } {
  const gaps = createGaps(1);
  let before = times[0];
  for (let i = 1; i < times.length; i++) {
    if (times[i] - before < shortestGapDays * day) continue;
    addGap(gaps, 0, (times[i] - before) / day);
    before = times[i];
  }
  return { count: gaps.count[0], sum: gaps.sum[0] };
}

function requireTimes(times: ArrayLike<number>): void {
  if (times.length === 0) throw new InvalidInput("boughtAt", "no time", "at least one purchase");
  for (let i = 0; i < times.length; i++) {
    if (!(Number.isFinite(times[i]) && (i === 0 || times[i] >= times[i - 1]))) {
      throw new InvalidInput(`boughtAt[${i}]`, times[i], "milliseconds since 1970, ascending");
    }
  }
}
