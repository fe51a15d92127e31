/** Which price levels are bought together, and what is bought with products in a price range. */
import { InvalidInput, InvalidOption, requireInteger, requireNumber } from "../errors.ts";
import type { TrainingView } from "../history/training-view.ts";
import { columnSizes, type Incidence } from "../matrix/sparse.ts";
import { TopK } from "../matrix/top-k.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { weighCounts } from "./count-evidence.ts";
import { expectedBeside, fitGroupChances } from "./group-chances.ts";
import { measureLabelAffinity, type LabelAffinity, type LabelAffinityOptions } from "./label-affinity.ts";
import type { ProductLabels } from "./product-labels.ts";

/** Price bands as labels, the cheapest first. */
export interface PriceBands extends ProductLabels {
  /** Lowest price of each band but the first, ascending. */
  readonly edges: Float64Array;
}

/**
 * Cuts prices into bands that sell about equally often; equal prices stay together, so that there may be fewer bands.
 * @param baskets orders x products
 * @param price of each product, in minor units of one currency (see `shelfOf`); NaN for none, which is in no band
 * @throws InvalidInput when there is not one price a product; InvalidOption when `bands` is not a positive integer
 * @example
 * const bands = cutPriceBands(view.baskets, shelfOf(catalogue, marketOf(catalogue)).price, 4);
 */
export function cutPriceBands(baskets: Incidence, price: Float64Array, bands = 5): PriceBands {
  requireInteger("bands", bands, 1);
  requirePrices(baskets, price);
  const sales = columnSizes(baskets);
  const priced = Uint32Array.from(price.keys()).filter((product) => !Number.isNaN(price[product]));
  priced.sort((a, b) => price[a] - price[b]);
  const total = priced.reduce((sum, product) => sum + sales[product], 0);
  const edges: number[] = [];
  let sold = 0;
  for (const product of priced) {
    const isNext = sold >= ((edges.length + 1) * total) / bands && edges.length < bands - 1;
    if (isNext && sold > 0 && price[product] > (edges.at(-1) ?? price[priced[0]])) edges.push(price[product]);
    sold += sales[product];
  }
  const labelOf = Int32Array.from(price, (amount) =>
    Number.isNaN(amount) ? -1 : edges.filter((edge) => edge <= amount).length,
  );
  return { labelOf, size: edges.length + 1, edges: Float64Array.from(edges) };
}

/**
 * @returns labels are bands, the cheapest first
 * @throws InvalidInput and InvalidOption as `cutPriceBands`
 * @example
 * const { edges, shrunkLift } = await measurePriceBandAffinity(view, shelf.price, { bands: 4 });
 */
export async function measurePriceBandAffinity(
  { baskets }: Pick<TrainingView, "baskets">,
  price: Float64Array,
  { bands = 5, ...options }: LabelAffinityOptions & { readonly bands?: number } = {},
): Promise<LabelAffinity & Pick<PriceBands, "edges" | "labelOf">> {
  const cut = cutPriceBands(baskets, price, bands);
  return { ...(await measureLabelAffinity(baskets, cut, options)), edges: cut.edges, labelOf: cut.labelOf };
}

/** Prices from and to, both included, in the minor units of the prices. */
export interface PriceRange {
  readonly from: number;
  readonly to: number;
}

/** A product that is bought with others of a price range. */
export interface PricePartner {
  readonly product: number;
  /** Baskets with it and another product of the range. */
  readonly count: number;
  readonly expected: number;
  readonly lift: number;
  readonly liftLower: number;
  readonly liftUpper: number;
  readonly shrunkLift: number;
  readonly qValue: number;
}

/**
 * What is bought together with products in a price range beyond chance: surplus baskets at the lower end of the interval,
 * the most first. A product of the range counts with the others of the range. O(cells + products x sizes).
 * @param count products wanted; fewer come back where fewer are bought with the range beyond chance (q-value of at most
 * `level`, lower end of the lift above 1)
 * @throws InvalidInput when there is not one price a product; InvalidOption on wrong options
 * @example
 * const partners = await boughtWithPriceRange(view, shelf.price, { from: 2000, to: 5000 }, 10);
 */
export async function boughtWithPriceRange(
  { baskets }: Pick<TrainingView, "baskets">,
  price: Float64Array,
  { from, to }: PriceRange,
  count: number,
  { level = 0.05, confidence = 0.95, ...controls }: LabelAffinityOptions & { readonly level?: number } = {},
): Promise<readonly PricePartner[]> {
  requirePrices(baskets, price);
  requireNumber("from", from, 0);
  if (!(to >= from)) throw new InvalidOption("to", to, `a price of at least "from" (${from})`);
  requireInteger("count", count, 0);
  requireNumber("level", level, 0, 1);
  requireNumber("confidence", confidence, Number.EPSILON, 1 - Number.EPSILON);
  const inRange = Uint8Array.from(price, (amount) => (amount >= from && amount <= to ? 1 : 0));
  const together = await countWithRange(baskets, inRange, controls);
  const expected = await expectWithRange(baskets, inRange, controls);
  const evidence = weighCounts(together, expected, confidence);
  const best = new TopK(Math.min(count, price.length));
  for (const [product, lower] of evidence.liftLower.entries()) {
    if (lower > 1 && evidence.qValue[product] <= level) best.offer(product, expected[product] * (lower - 1));
  }
  return Array.from(best.ranked().products, (product) => ({
    product,
    count: together[product],
    expected: expected[product],
    lift: evidence.lift[product],
    liftLower: evidence.liftLower[product],
    liftUpper: evidence.liftUpper[product],
    shrunkLift: evidence.shrunkLift[product],
    qValue: evidence.qValue[product],
  }));
}

async function countWithRange(
  { rows, columns, offsets, indices }: Incidence,
  inRange: Uint8Array,
  controls: TrainingControls,
): Promise<Uint32Array> {
  const together = new Uint32Array(columns);
  const pace = createPacer("counting with a price range", rows, controls);
  for (let basket = 0; basket < rows; basket++) {
    if ((basket & 63) === 0 && pace.isDue()) await pace.rest(basket);
    let members = 0;
    for (let i = offsets[basket]; i < offsets[basket + 1]; i++) members += inRange[indices[i]];
    for (let i = offsets[basket]; i < offsets[basket + 1]; i++) {
      if (members > inRange[indices[i]]) together[indices[i]]++;
    }
  }
  pace.finish();
  return together;
}

async function expectWithRange(
  baskets: Incidence,
  inRange: Uint8Array,
  controls: TrainingControls,
): Promise<Float64Array> {
  const chances = await fitGroupChances(baskets, controls);
  const range = chances.createGroup();
  for (const [product, isMember] of inRange.entries()) if (isMember) range.add(product);
  return Float64Array.from(inRange, (isMember, product) => {
    const own = chances.shareOf(product);
    const others = isMember ? range.share.map((share, size) => Math.max(0, share - own[size])) : range.share;
    return expectedBeside(chances, own, others);
  });
}

function requirePrices({ columns }: Incidence, price: Float64Array): void {
  if (price.length !== columns) {
    throw new InvalidInput("price", `${price.length} prices`, `one for each of ${columns} products`);
  }
}
