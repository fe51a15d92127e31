/**
 * Fisher's exact test of every pair, for comparison with `affinity.ts`: what arules' `fishersExactTest` and most tools
 * report. It takes all baskets for alike, and so calls products associated that meet only because some baskets are
 * large; do not show its pairs to anybody.
 */
import { requireInteger } from "../errors.ts";
import { columnSizes, type Incidence } from "../matrix/sparse.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { holmLog, logHypergeometricUpperTail } from "../statistics/index.ts";
import { filledBaskets } from "./baskets.ts";
import { countPairs, type PairCounts } from "./pair-counts.ts";

/** How strict the test is. */
export interface FisherOptions extends TrainingControls {
  /** Chance of one false pair or more that is accepted. */
  readonly level?: number;
  /** Baskets a pair must share to be tested. */
  readonly minimumCount?: number;
}

/** Each pair that was tested, in the order of (left, right). */
export interface FisherTests extends Omit<PairCounts, "skippedBaskets"> {
  /** Natural log of the one-sided p-value. */
  readonly logPValue: Float64Array;
  /** The same, adjusted by Holm over all pairs of products that were sold. */
  readonly logAdjusted: Float64Array;
  /** Pairs whose adjusted p-value is at most the level. */
  readonly rejections: number;
}

/**
 * @param baskets orders x products
 * @throws InvalidInput when a basket repeats a product or is not ascending; InvalidOption on wrong options
 * @example
 * const { rejections } = await testByFisher(baskets, { level: 0.01 });
 */
export async function testByFisher(
  baskets: Incidence,
  { level = 0.05, minimumCount = 5, ...controls }: FisherOptions = {},
): Promise<FisherTests> {
  requireInteger("minimumCount", minimumCount, 1);
  const { left, right, count } = await countPairs(baskets, { minimumCount, ...controls });
  const frequencies = columnSizes(baskets);
  const population = filledBaskets(baskets);
  const sold = frequencies.reduce((products, frequency) => products + (frequency > 0 ? 1 : 0), 0);

  const logPValue = new Float64Array(count.length);
  const pace = createPacer("testing pairs", count.length, controls);
  for (let pair = 0; pair < count.length; pair++) {
    if ((pair & 1023) === 0 && pace.isDue()) await pace.rest(pair);
    const urn = { population, marked: frequencies[left[pair]], drawn: frequencies[right[pair]] };
    logPValue[pair] = logHypergeometricUpperTail(count[pair], urn);
  }
  const { qValues, rejections } = holmLog(logPValue, { level, familySize: (sold * (sold - 1)) / 2 });
  pace.finish();
  return { left, right, count, logPValue, logAdjusted: qValues, rejections };
}
