/**
 * Complements against substitutes. Both are looked at together; complements are bought together, substitutes are
 * compared and one of them is taken.
 *
 * A pair is a substitute where two sources agree: in visits it is an affinity (`affinity.ts` over sessions in place of
 * baskets), and in baskets it meets less often than chance, P[Poisson(expected) <= count], under the same null model. A
 * sum of independent unequal trials has the lighter lower tail of the two (Hoeffding 1956), so that p errs upwards.
 * Benjamini-Hochberg over the pairs that are viewed together and both sold: the family is chosen by visits, never by
 * what the baskets showed. That products are seldom bought together alone says little: most pairs are.
 */
import { InvalidInput, requireNumber } from "../errors.ts";
import { pieceSize, type InPieces } from "../matrix/pieces.ts";
import { incidenceInPieces, transposeInPieces, type Incidence } from "../matrix/sparse.ts";
import { createPacer, paced, type TrainingControls } from "../models/training.ts";
import { benjaminiHochbergLog, logRegularisedGammaQ } from "../statistics/index.ts";
import { findAffinities, type Affinities } from "./affinity.ts";
import { selectBaskets } from "./baskets.ts";
import { fitConfigurationModel } from "./configuration-model.ts";
import { rateIntervals } from "./rate-intervals.ts";

/** How strict the evidence must be. */
export interface SubstituteOptions extends TrainingControls {
  /** Share of coincidences accepted, among pairs of views as among substitutes. */
  readonly level?: number;
  /** What the upper end of bought together over expected must stay below, in (0, 1]. */
  readonly maximumLift?: number;
  /** Coverage of the two-sided intervals. */
  readonly confidence?: number;
  /** Baskets with more distinct products are skipped. No limit when left out. */
  readonly maximumBasketSize?: number | undefined;
  /** Sessions with more distinct products are skipped: robots and price comparers. No limit when left out. */
  readonly maximumSessionSize?: number | undefined;
}

/** Pairs that are compared and not combined. Columns of one length, in the order of (A, B); A < B. */
export interface Substitutes {
  readonly productA: Uint32Array;
  readonly productB: Uint32Array;
  /** Baskets with both. */
  readonly count: Uint32Array;
  /** Baskets with both that chance alone would give: more than `count`. */
  readonly expected: Float64Array;
  /** Sessions with both. */
  readonly viewedTogether: Uint32Array;
  /** Sessions with both that chance alone would give: fewer. */
  readonly viewsExpected: Float64Array;
  readonly logPValue: Float64Array;
  readonly logQValue: Float64Array;
  /** Pairs that are viewed together and both sold. */
  readonly familySize: number;
}

/**
 * Needs sales: a pair that chance would put into fewer than about five baskets cannot be told from one that happened
 * not to meet.
 * @param view orders x products, and sessions x products in any order with repetitions, as in a `TrainingView`
 * @throws InvalidInput when the two disagree about the catalogue or a basket repeats a product; InvalidOption on wrong
 * options
 * @example
 * const substitutes = await findSubstitutes(view, { maximumSessionSize: 50 });
 */
export async function findSubstitutes(
  { baskets, sessions }: { readonly baskets: Incidence; readonly sessions: Incidence },
  {
    level = 0.05,
    maximumLift = 0.67,
    confidence = 0.95,
    maximumBasketSize,
    maximumSessionSize,
    ...controls
  }: SubstituteOptions = {},
): Promise<Substitutes> {
  requireNumber("maximumLift", maximumLift, Number.MIN_VALUE, 1);
  if (baskets.columns !== sessions.columns) {
    throw new InvalidInput(
      "sessions.columns",
      sessions.columns,
      `as many products as baskets have: ${baskets.columns}`,
    );
  }
  const visits = await paced("reading sessions", distinctInPieces(sessions), controls);
  const viewed = await findAffinities(visits, {
    level,
    confidence,
    maximumBasketSize: maximumSessionSize,
    ...controls,
  });
  const { baskets: kept } = selectBaskets(baskets, maximumBasketSize);
  const tested = await weighAvoidance(kept, viewed, controls);
  const { rejected, qValues } = benjaminiHochbergLog(tested.logPValue, { level });
  const intervalOf = rateIntervals(confidence);
  const shown = Uint32Array.from(rejected.keys()).filter(
    (i) => rejected[i] === 1 && intervalOf(tested.count[i]).upper < maximumLift * tested.expected[i],
  );
  const pair = shown.map((i) => tested.pair[i]);
  return {
    productA: pair.map((p) => viewed.productA[p]),
    productB: pair.map((p) => viewed.productB[p]),
    count: shown.map((i) => tested.count[i]),
    expected: Float64Array.from(shown, (i) => tested.expected[i]),
    viewedTogether: pair.map((p) => viewed.count[p]),
    viewsExpected: Float64Array.from(pair, (p) => viewed.expected[p]),
    logPValue: Float64Array.from(shown, (i) => tested.logPValue[i]),
    logQValue: Float64Array.from(shown, (i) => qValues[i]),
    familySize: tested.pair.length,
  };
}

/** Sessions without their order and repetitions. */
function* distinctInPieces({ rows, columns, offsets, indices }: Incidence): InPieces<Incidence> {
  const row = new Uint32Array(indices.length);
  for (let session = 0; session < rows; session++) {
    row.fill(session, offsets[session], offsets[session + 1]);
    if (session % pieceSize === 0) yield;
  }
  return yield* incidenceInPieces({ rows, columns, row, column: indices });
}

/** Pairs viewed together, weighed by how rarely they are bought together. */
interface Avoidance {
  /** Places among the viewed pairs. */
  readonly pair: Uint32Array;
  readonly count: Uint32Array;
  readonly expected: Float64Array;
  readonly logPValue: Float64Array;
}

async function weighAvoidance(
  baskets: Incidence,
  { productA, productB }: Affinities,
  controls: TrainingControls,
): Promise<Avoidance> {
  const model = await fitConfigurationModel(baskets, controls);
  const pace = createPacer("weighing substitutes", productA.length, controls);
  const basketsOf = await pace.through(transposeInPieces(baskets), 0);
  const isSold = (product: number): boolean => basketsOf.offsets[product + 1] > basketsOf.offsets[product];
  const pair = Uint32Array.from(productA.keys()).filter((p) => isSold(productA[p]) && isSold(productB[p]));
  const count = new Uint32Array(pair.length);
  const expected = new Float64Array(pair.length);
  const logPValue = new Float64Array(pair.length);
  for (const [i, p] of pair.entries()) {
    if (pace.isDue()) await pace.rest(p);
    count[i] = countCommon(basketsOf, productA[p], productB[p]);
    expected[i] = model.expectedJointCount(productA[p], productB[p]);
    // P[Poisson(mean) <= count] is Q(count + 1, mean).
    logPValue[i] = Math.min(0, logRegularisedGammaQ(count[i] + 1, expected[i]));
  }
  pace.finish();
  return { pair, count, expected, logPValue };
}

/** Columns that two rows share; both ascend. */
function countCommon({ offsets, indices }: Incidence, one: number, other: number): number {
  let i = offsets[one];
  let j = offsets[other];
  let common = 0;
  while (i < offsets[one + 1] && j < offsets[other + 1]) {
    const difference = indices[i] - indices[j];
    if (difference === 0) common++;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return common;
}
