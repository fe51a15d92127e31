/**
 * All that affinities need to know of the baskets: how often each product sells, how large baskets are, which products
 * meet. These counts add up, so that new orders are counted alone and added, and old ones taken away again, without
 * a look at the others.
 */
import { InvalidInput, InvalidOption } from "../errors.ts";
import { pieceSize, type InPieces } from "../matrix/pieces.ts";
import { columnSizes, rowSizes, type Incidence } from "../matrix/sparse.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { selectBaskets } from "./baskets.ts";
import { tallyOf, type BasketMargins } from "./margin-classes.ts";
import { countPairs, type PairCountOptions, type PairCounts } from "./pair-counts.ts";

/** The counts of some baskets. */
export interface BasketCounts extends BasketMargins {
  readonly pairs: PairCounts;
  /** Pairs in fewer baskets are missing from `pairs`. Counts add up only when none is: at 1. */
  readonly minimumCount: number;
  /** Larger baskets were skipped. */
  readonly maximumBasketSize: number | undefined;
}

/**
 * Memory: 12 bytes a pair, 4 a product.
 * @param baskets orders x products, each product at most once in a basket
 * @throws InvalidInput when a basket repeats a product or is not ascending; InvalidOption on wrong options
 * @example
 * let counts = await countBaskets(baskets);
 * counts = await addBaskets(counts, ordersOfToday);
 * const affinities = await affinitiesOf(counts);
 */
export async function countBaskets(
  baskets: Incidence,
  { minimumCount = 1, maximumBasketSize, ...controls }: PairCountOptions = {},
): Promise<BasketCounts> {
  const { baskets: kept, skippedBaskets } = selectBaskets(baskets, maximumBasketSize);
  const pairs = await countPairs(kept, { minimumCount, ...controls });
  const margins = { productBaskets: columnSizes(kept), basketsOfSize: tallyOf(rowSizes(kept)) };
  return { ...margins, pairs: { ...pairs, skippedBaskets }, minimumCount, maximumBasketSize };
}

/**
 * Counts of more baskets: the same as counting all of them at once. Costs the new baskets and one pass over the pairs.
 * @param baskets new orders x products; the catalogue may have grown at its end
 * @throws InvalidOption when `counts` lacks rare pairs (`minimumCount` above 1); InvalidInput as `countBaskets`
 * @example
 * counts = await addBaskets(counts, basketsOf([[cup, saucer]], productCount));
 */
export async function addBaskets(
  counts: BasketCounts,
  baskets: Incidence,
  controls: TrainingControls = {},
): Promise<BasketCounts> {
  return combine(counts, baskets, 1, controls);
}

/**
 * Counts without some of their baskets: orders that were cancelled or have grown too old.
 * @param baskets orders x products that were counted before, as they were then
 * @throws InvalidInput when they cannot have been counted; InvalidOption as `addBaskets`
 * @example
 * counts = await removeBaskets(counts, ordersOfLastYear);
 */
export async function removeBaskets(
  counts: BasketCounts,
  baskets: Incidence,
  controls: TrainingControls = {},
): Promise<BasketCounts> {
  return combine(counts, baskets, -1, controls);
}

/** Baskets that hold at least one product. */
export function filledBasketsOf({ basketsOfSize }: BasketMargins): number {
  return basketsOfSize.reduce((total, baskets, size) => total + (size > 0 ? baskets : 0), 0);
}

async function combine(
  counts: BasketCounts,
  baskets: Incidence,
  sign: 1 | -1,
  controls: TrainingControls,
): Promise<BasketCounts> {
  const { minimumCount, maximumBasketSize } = counts;
  if (minimumCount > 1) throw new InvalidOption("minimumCount", minimumCount, "1 where counts are to be added");
  const change = await countBaskets(baskets, { maximumBasketSize, ...controls });
  const pace = createPacer("combining counts", 1, controls);
  const pairs = await pace.through(combinePairsInPieces(counts.pairs, change.pairs, sign), 0);
  pace.finish();
  const basketsOfSize = combineColumns("basketsOfSize", counts.basketsOfSize, change.basketsOfSize, sign);
  return {
    productBaskets: combineColumns("productBaskets", counts.productBaskets, change.productBaskets, sign),
    // As long as its largest basket, whichever way the counts came about.
    basketsOfSize: basketsOfSize.slice(
      0,
      1 +
        Math.max(
          0,
          basketsOfSize.findLastIndex((rows) => rows > 0),
        ),
    ),
    pairs,
    minimumCount,
    maximumBasketSize,
  };
}

function combineColumns(name: string, whole: Uint32Array, part: Uint32Array, sign: 1 | -1): Uint32Array {
  const combined = new Uint32Array(Math.max(whole.length, part.length));
  combined.set(whole);
  for (const [i, count] of part.entries()) {
    requireCounted(`${name}[${i}]`, combined[i] + sign * count);
    combined[i] += sign * count;
  }
  return combined;
}

/** Both lists are in the order of (left, right): one walk along both. */
function* combinePairsInPieces(whole: PairCounts, part: PairCounts, sign: 1 | -1): InPieces<PairCounts> {
  const left = new Uint32Array(whole.count.length + part.count.length);
  const right = new Uint32Array(left.length);
  const count = new Uint32Array(left.length);
  let length = 0;
  let i = 0;
  let j = 0;
  while (i < whole.count.length || j < part.count.length) {
    const order = compare(whole, i, part, j);
    const [source, place] = order <= 0 ? [whole, i] : [part, j];
    const together = (order <= 0 ? whole.count[i] : 0) + (order >= 0 ? sign * part.count[j] : 0);
    requireCounted(`pair ${source.left[place]}, ${source.right[place]}`, together);
    left[length] = source.left[place];
    right[length] = source.right[place];
    count[length] = together;
    if (together > 0) length++;
    if (order <= 0) i++;
    if (order >= 0) j++;
    if ((i + j) % pieceSize === 0) yield;
  }
  const skippedBaskets = whole.skippedBaskets + sign * part.skippedBaskets;
  requireCounted("skippedBaskets", skippedBaskets);
  return {
    left: left.slice(0, length),
    right: right.slice(0, length),
    count: count.slice(0, length),
    skippedBaskets,
  };
}

/** Below zero where the pair at `i` comes first, above where the one at `j` does; a list that is done comes last. */
function compare(whole: PairCounts, i: number, part: PairCounts, j: number): number {
  if (j === part.count.length) return -1;
  if (i === whole.count.length) return 1;
  return whole.left[i] - part.left[j] || whole.right[i] - part.right[j];
}

function requireCounted(path: string, count: number): void {
  if (count < 0) throw new InvalidInput(path, count, "no more than was counted before");
}
