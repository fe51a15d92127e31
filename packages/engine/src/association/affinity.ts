/**
 * Affinities: pairs of products that are bought together more than chance would have it, and by enough to act upon.
 *
 * 1. Chance is the bipartite configuration model, which keeps product frequencies and basket sizes: Fisher's exact
 *    test does not know that baskets differ in size and calls almost every pair of a shop significant.
 * 2. p = P[Poisson(expected) >= count]. The count is a sum of independent unequal trials, whose upper tail a Poisson
 *    of the same mean covers from one above the mean on (Hoeffding 1956; Anderson and Samuels 1967): p errs upwards.
 * 3. Benjamini-Hochberg over every pair of products that were sold, whether they ever met or not: a family chosen
 *    by what was observed would be a selection. Pairs below `minimumCount` stay in it with p = 1.
 * 4. With data enough everything is significant, so the lower end of observed / expected must clear `minimumLift`.
 */
import { requireInteger, requireNumber } from "../errors.ts";
import { pieceSize, type InPieces } from "../matrix/pieces.ts";
import { groupByRowInPieces, type Incidence } from "../matrix/sparse.ts";
import { createPacer, paced, type TrainingControls } from "../models/training.ts";
import { benjaminiHochbergLogInPieces } from "../statistics/benjamini-hochberg.ts";
import { logPoissonUpperTail } from "../statistics/index.ts";
import { countBaskets, filledBasketsOf, type BasketCounts } from "./basket-counts.ts";
import { fitConfigurationModelTo, type ConfigurationModel, type Convergence } from "./configuration-model.ts";
import { frequentPairs, type PairCounts } from "./pair-counts.ts";
import { rateIntervals } from "./rate-intervals.ts";

/** How strict the evidence must be. */
export interface AffinityOptions extends TrainingControls {
  /** Share of coincidences accepted among the pairs that pass the test. */
  readonly level?: number;
  /** What the lower end of observed / expected must exceed; at least 1, for below it products avoid each other. */
  readonly minimumLift?: number;
  /** Coverage of the two-sided interval of observed / expected. */
  readonly confidence?: number;
  /** Baskets a pair must share to be looked at. Costs power, never validity: the family keeps its size. */
  readonly minimumCount?: number;
  /** Baskets with more distinct products are skipped, and counted. No limit when left out. */
  readonly maximumBasketSize?: number | undefined;
}

/** What was looked at and how, beside the affinities that were found. */
export interface AffinityFacts {
  /** Baskets that hold at least one product and were not skipped. */
  readonly basketCount: number;
  readonly skippedBaskets: number;
  /** Products that stand in at least one basket. */
  readonly soldProducts: number;
  /** All pairs of sold products. */
  readonly familySize: number;
  /** Pairs with at least `minimumCount` baskets. */
  readonly testedPairs: number;
  /** Pairs that passed the test, before the effect bound. */
  readonly significantPairs: number;
  readonly level: number;
  readonly minimumLift: number;
  readonly confidence: number;
  readonly minimumCount: number;
  /** How well the null model was fitted. */
  readonly convergence: Convergence;
}

/** What is known of each affinity; everything else follows from it. Columns of one length. */
export interface AffinityColumns {
  readonly productA: Uint32Array;
  /** Above `productA`; pairs stand in the order of (A, B). */
  readonly productB: Uint32Array;
  /** Baskets with both. */
  readonly count: Uint32Array;
  /** Baskets with both that chance alone would give. */
  readonly expected: Float64Array;
  /** Natural logs, because overwhelming evidence has no float: a p-value of e^-2000 is common. */
  readonly logPValue: Float64Array;
  readonly logQValue: Float64Array;
}

/** Pairs of products with evidence. */
export interface Affinities extends AffinityColumns {
  /** count / expected. */
  readonly lift: Float64Array;
  /** Ends of the exact interval of count / expected. */
  readonly liftLower: Float64Array;
  readonly liftUpper: Float64Array;
  /** e^logPValue: zero where it is below the smallest float. */
  readonly pValue: Float64Array;
  /** Smallest share of coincidences at which the pair would be kept: e^logQValue, zero below the smallest float. */
  readonly qValue: Float64Array;
  /** Baskets with each product of the catalogue. */
  readonly productBaskets: Uint32Array;
  /** Products x affinities: row `p` lists where the pairs of product `p` stand in the columns. */
  readonly pairsOf: Incidence;
  readonly facts: AffinityFacts;
}

/**
 * @param baskets orders x products, each product at most once in a basket (see `incidence`)
 * @returns pairs in the order of (A, B); the same for the same baskets in any order
 * @throws InvalidOption on wrong options; InvalidInput when a basket repeats a product or is not ascending
 * @example
 * const affinities = await findAffinities(baskets);
 * console.log(`${affinities.count.length} of ${affinities.facts.familySize} pairs`);
 */
export async function findAffinities(
  baskets: Incidence,
  { minimumCount = 5, maximumBasketSize, ...evidence }: AffinityOptions = {},
): Promise<Affinities> {
  requireEvidence(evidence);
  const { onProgress, signal } = evidence;
  const counts = await countBaskets(baskets, { minimumCount, maximumBasketSize, onProgress, signal });
  return affinitiesOf(counts, { ...evidence, minimumCount });
}

/**
 * The same from counts that were kept: see `addBaskets`.
 * @throws InvalidOption on wrong options, also when `counts` lacks pairs that `minimumCount` asks for
 * @example
 * const affinities = await affinitiesOf(await addBaskets(counts, ordersOfToday));
 */
export async function affinitiesOf(
  counts: BasketCounts,
  {
    level = 0.05,
    minimumLift = 1.5,
    confidence = 0.95,
    minimumCount = 5,
    ...controls
  }: Omit<AffinityOptions, "maximumBasketSize"> = {},
): Promise<Affinities> {
  requireEvidence({ level, minimumLift, confidence });
  requireInteger("minimumCount", minimumCount, counts.minimumCount);
  const { productBaskets } = counts;
  const soldProducts = productBaskets.reduce((sold, frequency) => sold + (frequency > 0 ? 1 : 0), 0);
  const familySize = (soldProducts * (soldProducts - 1)) / 2;

  const pairs = frequentPairs(counts.pairs, minimumCount);
  const model = await fitConfigurationModelTo(counts, controls);
  const promising = await weigh(pairs, model, { level, ...controls });
  const { columns, rejections } = await judge(promising, pairs, {
    familySize,
    level,
    minimumLift,
    confidence,
    ...controls,
  });
  const facts: AffinityFacts = {
    basketCount: filledBasketsOf(counts),
    skippedBaskets: counts.pairs.skippedBaskets,
    soldProducts,
    familySize,
    testedPairs: pairs.count.length,
    significantPairs: rejections,
    level,
    minimumLift,
    confidence,
    minimumCount,
    convergence: model.convergence,
  };
  return paced("describing pairs", affinitiesFrom(columns, productBaskets, facts), controls);
}

/** Pairs that are described between two pauses: each new count costs an interval. */
const pairsAPiece = 256;

function requireEvidence({ level = 0, minimumLift = 1, confidence = 0.5 }: AffinityOptions): void {
  requireNumber("level", level, 0, 1);
  requireNumber("minimumLift", minimumLift, 1);
  requireNumber("confidence", confidence, Number.EPSILON, 1 - Number.EPSILON);
}

/** Adds the columns that follow from the others. */
export function* affinitiesFrom(
  columns: AffinityColumns,
  productBaskets: Uint32Array,
  facts: AffinityFacts,
): InPieces<Affinities> {
  const { productA, productB, count, expected, logPValue, logQValue } = columns;
  const intervalOf = rateIntervals(facts.confidence);
  const pairCount = productA.length;
  const [lift, liftLower, liftUpper, pValue, qValue] = Array.from({ length: 5 }, () => new Float64Array(pairCount));
  for (let i = 0; i < pairCount; i++) {
    const { lower, upper } = intervalOf(count[i]);
    lift[i] = count[i] / expected[i];
    liftLower[i] = lower / expected[i];
    liftUpper[i] = upper / expected[i];
    pValue[i] = Math.exp(logPValue[i]);
    qValue[i] = Math.exp(logQValue[i]);
    if (i % pairsAPiece === 0) yield;
  }
  // Each pair is listed with both of its products.
  const product = new Uint32Array(2 * pairCount);
  product.set(productA);
  product.set(productB, pairCount);
  const pair = product.map((_, i) => i % pairCount);
  return {
    ...columns,
    lift,
    liftLower,
    liftUpper,
    pValue,
    qValue,
    productBaskets,
    pairsOf: yield* groupByRowInPieces({ rows: productBaskets.length, columns: pairCount, row: product, column: pair }),
    facts,
  };
}

/** Pairs with a p-value of at most the level: where they stand among the counts, and how they weigh. */
interface PromisingPairs {
  readonly pair: Uint32Array;
  readonly expected: Float64Array;
  readonly logPValue: Float64Array;
}

/**
 * Tests every pair and keeps the promising ones: a p-value above the level is never rejected by Benjamini-Hochberg,
 * nor has it a part in the q-value of one that is.
 */
async function weigh(
  { left, right, count }: PairCounts,
  model: ConfigurationModel,
  { level, ...controls }: { readonly level: number } & TrainingControls,
): Promise<PromisingPairs> {
  const logLevel = Math.log(level);
  const pair = new Uint32Array(count.length);
  const expected = new Float64Array(count.length);
  const logPValue = new Float64Array(count.length);
  let kept = 0;
  const pace = createPacer("weighing pairs", count.length, controls);
  for (let i = 0; i < count.length; i++) {
    if ((i & 1023) === 0 && pace.isDue()) await pace.rest(i);
    pair[kept] = i;
    expected[kept] = model.expectedJointCount(left[i], right[i]);
    logPValue[kept] = logPoissonUpperTail(count[i], expected[kept]);
    if (logPValue[kept] <= logLevel) kept++;
  }
  pace.finish();
  return {
    pair: pair.subarray(0, kept),
    expected: expected.subarray(0, kept),
    logPValue: logPValue.subarray(0, kept),
  };
}

interface Judgement extends TrainingControls {
  readonly familySize: number;
  readonly level: number;
  readonly minimumLift: number;
  readonly confidence: number;
}

/** Keeps the pairs that are significant in their family and whose effect is large for certain. */
async function judge(
  { pair, expected, logPValue }: PromisingPairs,
  { left, right, count }: PairCounts,
  { familySize, level, minimumLift, confidence, ...controls }: Judgement,
): Promise<{ columns: AffinityColumns; rejections: number }> {
  const pace = createPacer("judging pairs", logPValue.length, controls);
  const discoveries = await pace.through(benjaminiHochbergLogInPieces(logPValue, { familySize, level }), 0);
  const { qValues, rejected, rejections } = discoveries;
  const intervalOf = rateIntervals(confidence);
  const strong: number[] = [];
  for (let i = 0; i < rejected.length; i++) {
    if (i % pieceSize === 0 && pace.isDue()) await pace.rest(i);
    if (rejected[i] === 1 && intervalOf(count[pair[i]]).lower > minimumLift * expected[i]) strong.push(i);
  }
  pace.finish();
  const columns = {
    productA: Uint32Array.from(strong, (i) => left[pair[i]]),
    productB: Uint32Array.from(strong, (i) => right[pair[i]]),
    count: Uint32Array.from(strong, (i) => count[pair[i]]),
    expected: Float64Array.from(strong, (i) => expected[i]),
    logPValue: Float64Array.from(strong, (i) => logPValue[i]),
    logQValue: Float64Array.from(strong, (i) => qValues[i]),
  };
  return { columns, rejections };
}
