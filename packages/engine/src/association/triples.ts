/**
 * Triples: three products that are bought together more than chance would have it, grown from affinities.
 *
 * Chance is the model of `affinity.ts`, in which each product enters a basket by its own popularity and the basket's
 * size: E = sum over baskets of P_a P_b P_c, p = P[Poisson(E) >= count], Benjamini-Hochberg over all triples of sold
 * products. Only triples whose three pairs are strong affinities are counted; the others stay in the family with p = 1,
 * which costs power, never validity.
 *
 * Three products of which two belong together already beat that chance with ease. Hence the effect is measured from
 * the pairs: among the baskets with a and b, chance puts c into n_ab E_abc / E_ab of them, and the same from the two
 * other sides. The lower end of the count's interval must clear `minimumLift` times the largest of the three: the third
 * product must come because of both.
 */
import { InvalidInput, requireInteger, requireNumber } from "../errors.ts";
import { columnSizes, rowOf, transposeInPieces, type Incidence } from "../matrix/sparse.ts";
import { GrowingColumn } from "../matrix/growing-column.ts";
import { TopK } from "../matrix/top-k.ts";
import { createPacer, paced, type TrainingControls } from "../models/training.ts";
import { benjaminiHochbergLogInPieces } from "../statistics/benjamini-hochberg.ts";
import { logPoissonUpperTail } from "../statistics/index.ts";
import type { Affinities } from "./affinity.ts";
import { selectBaskets } from "./baskets.ts";
import { pairOf, partnerOf, surplusOf } from "./companions.ts";
import { fitConfigurationModel, type ConfigurationModel } from "./configuration-model.ts";
import { countPairs } from "./pair-counts.ts";
import { rateIntervals } from "./rate-intervals.ts";

/** How strict the evidence must be. */
export interface TripleOptions extends TrainingControls {
  /** Share of coincidences accepted among the triples that pass the test. */
  readonly level?: number;
  /** What the lower end of the count must exceed, in counts that the best of the three pairs explains; at least 1. */
  readonly minimumLift?: number;
  /** Coverage of the two-sided interval of the count. */
  readonly confidence?: number;
  /** Baskets a triple must share to be looked at. */
  readonly minimumCount?: number;
  /**
   * Companions of a product that triples grow from, by surplus: a pair counts when it is among the best of either of
   * its products. Wholesalers have millions of triples in their boxes; time grows with the square of this.
   */
  readonly companions?: number;
  /** As for the affinities it grows from. */
  readonly maximumBasketSize?: number | undefined;
}

/** Triples with evidence, columns of one length in the order of (A, B, C); A < B < C. */
export interface Triples {
  readonly productA: Uint32Array;
  readonly productB: Uint32Array;
  readonly productC: Uint32Array;
  /** Baskets with all three. */
  readonly count: Uint32Array;
  /** Baskets with all three that chance alone would give. */
  readonly expected: Float64Array;
  /** The most that one of the pairs and chance would give: what the triple adds is beyond this. */
  readonly expectedFromPairs: Float64Array;
  readonly logPValue: Float64Array;
  readonly logQValue: Float64Array;
  /** All triples of sold products. */
  readonly familySize: number;
  /** Triples that were counted: three strong affinities and `minimumCount` baskets. */
  readonly testedTriples: number;
  /** Triples that passed the test, before the effect bound. */
  readonly significantTriples: number;
}

/**
 * Time: for each product, the pairs of its companions in its baskets. Memory: 28 bytes a tested triple, and the baskets
 * of one product at a time.
 * @param baskets the ones that the affinities were found in
 * @throws InvalidInput when they are others; InvalidOption on wrong options
 * @example
 * const triples = await findTriples(baskets, await findAffinities(baskets));
 */
export async function findTriples(
  baskets: Incidence,
  affinities: Affinities,
  {
    level = 0.05,
    minimumLift = 1.5,
    confidence = 0.95,
    minimumCount = 5,
    companions = 20,
    maximumBasketSize,
    ...controls
  }: TripleOptions = {},
): Promise<Triples> {
  requireNumber("level", level, 0, 1);
  requireNumber("minimumLift", minimumLift, 1);
  requireNumber("confidence", confidence, Number.EPSILON, 1 - Number.EPSILON);
  requireInteger("minimumCount", minimumCount, 1);
  requireInteger("companions", companions, 0);
  const { baskets: kept } = selectBaskets(baskets, maximumBasketSize);
  requireSameBaskets(kept, affinities);

  const tested = await countTriples(kept, affinities, { minimumCount, companions, ...controls });
  const model = await fitConfigurationModel(kept, controls);
  const weighed = await weighTriples(tested, affinities, model, controls);
  const { soldProducts } = affinities.facts;
  const familySize = (soldProducts * (soldProducts - 1) * (soldProducts - 2)) / 6;
  const test = benjaminiHochbergLogInPieces(weighed.logPValue, { familySize, level });
  const judged = await paced("judging triples", test, controls);

  const intervalOf = rateIntervals(confidence);
  const strong = Uint32Array.from(tested.count.keys()).filter(
    (triple) =>
      judged.rejected[triple] === 1 &&
      intervalOf(tested.count[triple]).lower > minimumLift * weighed.expectedFromPairs[triple],
  );
  return {
    productA: strong.map((triple) => tested.productA[triple]),
    productB: strong.map((triple) => tested.productB[triple]),
    productC: strong.map((triple) => tested.productC[triple]),
    count: strong.map((triple) => tested.count[triple]),
    expected: Float64Array.from(strong, (triple) => weighed.expected[triple]),
    expectedFromPairs: Float64Array.from(strong, (triple) => weighed.expectedFromPairs[triple]),
    logPValue: Float64Array.from(strong, (triple) => weighed.logPValue[triple]),
    logQValue: Float64Array.from(strong, (triple) => judged.qValues[triple]),
    familySize,
    testedTriples: tested.count.length,
    significantTriples: judged.rejections,
  };
}

function requireSameBaskets(baskets: Incidence, { productBaskets }: Affinities): void {
  const frequencies = columnSizes(baskets);
  const other = frequencies.findIndex((frequency, product) => frequency !== productBaskets[product]);
  if (frequencies.length !== productBaskets.length || other >= 0) {
    throw new InvalidInput("baskets", "others", "the baskets that the affinities were found in");
  }
}

type CountedTriples = Pick<Triples, "productA" | "productB" | "productC" | "count">;

/** Triples of three affinities, in the order of (A, B, C). */
async function countTriples(
  baskets: Incidence,
  affinities: Affinities,
  {
    minimumCount,
    companions,
    ...controls
  }: { readonly minimumCount: number; readonly companions: number } & TrainingControls,
): Promise<CountedTriples> {
  const pace = createPacer("counting triples", baskets.columns, controls);
  const basketsOf = await pace.through(transposeInPieces(baskets), 0);
  const isStrong = strongPairs(affinities, companions);
  const columns = Array.from({ length: 4 }, () => new GrowingColumn(Uint32Array));
  const [productA, productB, productC, count] = columns;
  const placeOf = new Int32Array(baskets.columns).fill(-1);
  for (let product = 0; product < baskets.columns; product++) {
    if (pace.isDue()) await pace.rest(product);
    const partners = partnersAbove(affinities, product, isStrong);
    if (partners.length < 2) continue;
    for (const [place, partner] of partners.entries()) placeOf[partner] = place;
    const among = basketsAmong(baskets, rowOf(basketsOf, product), placeOf, partners.length);
    const pairs = await countPairs(among, { minimumCount, signal: controls.signal });
    for (let pair = 0; pair < pairs.count.length; pair++) {
      const second = partners[pairs.left[pair]];
      const third = partners[pairs.right[pair]];
      const thirdPair = pairOf(affinities, second, third);
      if (thirdPair === undefined || !isStrong[thirdPair]) continue;
      productA.push(product);
      productB.push(second);
      productC.push(third);
      count.push(pairs.count[pair]);
    }
    for (const partner of partners) placeOf[partner] = -1;
  }
  pace.finish();
  return {
    productA: productA.trimmed(),
    productB: productB.trimmed(),
    productC: productC.trimmed(),
    count: count.trimmed(),
  };
}

/** 1 for each pair that is among the best companions of one of its products. */
function strongPairs(affinities: Affinities, companions: number): Uint8Array {
  const isStrong = new Uint8Array(affinities.count.length);
  for (let product = 0; product < affinities.pairsOf.rows; product++) {
    const best = new TopK(companions);
    for (const pair of rowOf(affinities.pairsOf, product)) best.offer(pair, surplusOf(affinities, pair, product));
    for (const pair of best.ranked().products) isStrong[pair] = 1;
  }
  return isStrong;
}

/** Strong companions of a product that stand after it, ascending. */
function partnersAbove(affinities: Affinities, product: number, isStrong: Uint8Array): Uint32Array {
  const pairs = rowOf(affinities.pairsOf, product).filter((pair) => isStrong[pair] === 1);
  const partners = pairs.map((pair) => partnerOf(affinities, pair, product));
  return partners.filter((partner) => partner > product).sort();
}

/** Some baskets, with only the products that have a place, by their places. */
function basketsAmong(baskets: Incidence, rows: Uint32Array, placeOf: Int32Array, columns: number): Incidence {
  const indices = new GrowingColumn(Uint32Array);
  const offsets = new Uint32Array(rows.length + 1);
  for (const [row, basket] of rows.entries()) {
    for (let i = baskets.offsets[basket]; i < baskets.offsets[basket + 1]; i++) {
      const place = placeOf[baskets.indices[i]];
      if (place >= 0) indices.push(place);
    }
    offsets[row + 1] = indices.length;
  }
  return { rows: rows.length, columns, offsets, indices: indices.trimmed() };
}

async function weighTriples(
  { productA, productB, productC, count }: CountedTriples,
  affinities: Affinities,
  model: ConfigurationModel,
  controls: TrainingControls,
): Promise<Pick<Triples, "expected" | "expectedFromPairs" | "logPValue">> {
  const expected = new Float64Array(count.length);
  const expectedFromPairs = new Float64Array(count.length);
  const logPValue = new Float64Array(count.length);
  /** Observed over expected of a pair: by how much it raises what is expected of the triple. */
  const liftOf = (one: number, other: number): number => {
    const pair = pairOf(affinities, one, other);
    return pair === undefined ? 1 : affinities.lift[pair];
  };
  const pace = createPacer("weighing triples", count.length, controls);
  for (let i = 0; i < count.length; i++) {
    if ((i & 255) === 0 && pace.isDue()) await pace.rest(i);
    const [a, b, c] = [productA[i], productB[i], productC[i]];
    expected[i] = model.expectedTripleCount(a, b, c);
    expectedFromPairs[i] = expected[i] * Math.max(liftOf(a, b), liftOf(a, c), liftOf(b, c));
    logPValue[i] = logPoissonUpperTail(count[i], expected[i]);
  }
  pace.finish();
  return { expected, expectedFromPairs, logPValue };
}
