/**
 * Bundles inside a session: which of the products that a shopper looked at belong together. Learned from sessions in which
 * people, merchants or crowd workers, marked bundles: a ridge logistic regression on what is known of each pair
 * (`session-pairs.ts`) says how likely two products are in one bundle; products are then joined, the likeliest groups first,
 * while the mean likelihood between two groups is high enough (average linkage: Sokal and Michener, 1958).
 */
import { InvalidInput, requireNumber } from "../errors.ts";
import { factorCholesky, solveCholesky } from "../matrix/cholesky.ts";
import { logistic } from "../statistics/index.ts";
import {
  createKnowledge,
  featureCount,
  pairFeatures,
  tallyPair,
  type BundleItem,
  type PairKnowledge,
  type PairTallies,
} from "./session-pairs.ts";

/** A session and the bundles that people found in it; products by index. */
export interface BundledSession {
  readonly items: readonly number[];
  readonly bundles: readonly (readonly number[])[];
}

/** A trained model. */
export interface SessionBundler {
  readonly knowledge: PairKnowledge;
  /** Mean and standard deviation of each feature in training. */
  readonly centre: Float64Array;
  readonly scale: Float64Array;
  /** The intercept, then a weight for each standardised feature. */
  readonly weights: Float64Array;
}

/** A bundle found in a session. */
export interface SessionBundle {
  /** Ascending. */
  readonly items: readonly number[];
  /** Mean probability that two of its products belong together. */
  readonly togetherness: number;
}

/** One more than the features: the intercept. */
const weightCount = featureCount + 1;

/** Newton steps; the likelihood is concave and six features converge in fewer. */
const steps = 25;

/**
 * @param items every product that may occur, by index
 * @param sessions sessions with at least two distinct products teach, others are passed over
 * @param ridge strength of the pull of the weights towards zero
 * @throws InvalidInput when a session names a product that there is not, or none teaches
 * @example
 * const bundler = trainSessionBundles(items, sessions);
 */
export function trainSessionBundles(
  items: readonly BundleItem[],
  sessions: readonly BundledSession[],
  { ridge = 1 }: { readonly ridge?: number } = {},
): SessionBundler {
  requireNumber("ridge", ridge, 1e-6);
  checkSessions(items, sessions);
  const distinct = sessions.map(({ items: own, bundles }) => ({ items: distinctOf(own), bundles }));
  const knowledge = createKnowledge(items, distinctOf(distinct.flatMap((session) => session.items)));
  for (const session of distinct) tallySession(knowledge, knowledge.tallies, session);
  const rows: number[][] = [];
  const together: boolean[] = [];
  const importance: number[] = [];
  for (const session of distinct) {
    const own: PairTallies = new Map();
    tallySession(knowledge, own, session);
    forPairs(session.items, (a, b) => {
      rows.push(pairFeatures(knowledge, a, b, session.items.length, own));
      together.push(isTogether(session, a, b));
      // A session of n products has about n^2 pairs; large ones must not drown small ones.
      importance.push(1 / session.items.length);
    });
  }
  if (rows.length === 0) throw new InvalidInput("sessions", "none with two products", "at least one that can teach");
  const { centre, scale } = standardise(rows);
  return { knowledge, centre, scale, weights: fit(rows, together, importance, { centre, scale, ridge }) };
}

/**
 * @param items products of a session, by index; repeated ones count once
 * @param threshold mean probability of belonging together above which groups are joined. Lower, bundles are larger and
 * hold more of what people would add, and more that they would not; 0.8 did best by both in validation on BundleRec
 * @returns bundles that share no product, those with the highest probability first; where nothing reaches the threshold,
 * the likeliest pair; nothing for fewer than two products
 * @throws InvalidInput when a product is unknown; InvalidOption when the threshold is no probability
 * @example
 * const [bundle] = bundlesInSession(bundler, [4, 8, 15]);
 */
export function bundlesInSession(
  bundler: SessionBundler,
  items: readonly number[],
  { threshold = 0.8 }: { readonly threshold?: number } = {},
): SessionBundle[] {
  requireNumber("threshold", threshold, 0, 1);
  checkItems(bundler.knowledge.items, items, "items");
  const own = distinctOf(items);
  if (own.length < 2) return [];
  const likely = likelihoods(bundler, own);
  const groups = joined(own.length, likely, threshold);
  const found = groups.filter((group) => group.length > 1);
  const chosen = found.length > 0 ? found : [likeliestPair(own.length, likely)];
  return chosen
    .map((group) => ({
      items: group.map((place) => own[place]).sort((a, b) => a - b),
      togetherness: meanWithin(group, likely),
    }))
    .sort((a, b) => b.togetherness - a.togetherness || a.items[0] - b.items[0]);
}

/** Probability that two products of a session belong together, by their places in it. */
function likelihoods(
  { knowledge, centre, scale, weights }: SessionBundler,
  own: readonly number[],
): (a: number, b: number) => number {
  const table = new Float64Array(own.length * own.length);
  for (let a = 0; a < own.length; a++) {
    for (let b = 0; b < a; b++) {
      const features = pairFeatures(knowledge, own[a], own[b], own.length, new Map());
      const logOdds = features.reduce(
        (sum, value, f) => sum + (weights[f + 1] * (value - centre[f])) / scale[f],
        weights[0],
      );
      table[a * own.length + b] = table[b * own.length + a] = logistic(logOdds);
    }
  }
  return (a, b) => table[a * own.length + b];
}

/** Joins the two groups with the highest mean probability between them, again and again. */
function joined(count: number, likely: (a: number, b: number) => number, threshold: number): number[][] {
  const groups = Array.from({ length: count }, (_, place) => [place]);
  for (;;) {
    let best = { mean: -1, a: 0, b: 0 };
    for (let a = 0; a < groups.length; a++) {
      for (let b = a + 1; b < groups.length; b++) {
        const mean = meanBetween(groups[a], groups[b], likely);
        if (mean > best.mean) best = { mean, a, b };
      }
    }
    if (best.mean < threshold) return groups;
    groups[best.a].push(...groups[best.b]);
    groups.splice(best.b, 1);
  }
}

function likeliestPair(count: number, likely: (a: number, b: number) => number): number[] {
  let best = [0, 1];
  for (let a = 0; a < count; a++)
    for (let b = a + 1; b < count; b++) if (likely(a, b) > likely(best[0], best[1])) best = [a, b];
  return best;
}

function meanBetween(
  one: readonly number[],
  other: readonly number[],
  likely: (a: number, b: number) => number,
): number {
  let sum = 0;
  for (const a of one) for (const b of other) sum += likely(a, b);
  return sum / (one.length * other.length);
}

function meanWithin(group: readonly number[], likely: (a: number, b: number) => number): number {
  let sum = 0;
  let pairs = 0;
  forPairs(group, (a, b) => {
    sum += likely(a, b);
    pairs++;
  });
  return sum / pairs;
}

function tallySession(knowledge: PairKnowledge, tallies: PairTallies, session: BundledSession): void {
  forPairs(session.items, (a, b) => tallyPair(knowledge, tallies, a, b, isTogether(session, a, b)));
}

function isTogether({ bundles }: BundledSession, a: number, b: number): boolean {
  return bundles.some((bundle) => bundle.includes(a) && bundle.includes(b));
}

function forPairs(items: readonly number[], visit: (a: number, b: number) => void): void {
  for (let a = 0; a < items.length; a++) for (let b = a + 1; b < items.length; b++) visit(items[a], items[b]);
}

function standardise(rows: readonly (readonly number[])[]): { centre: Float64Array; scale: Float64Array } {
  const centre = new Float64Array(featureCount);
  const scale = new Float64Array(featureCount);
  for (const row of rows) for (let f = 0; f < featureCount; f++) centre[f] += row[f] / rows.length;
  for (const row of rows) for (let f = 0; f < featureCount; f++) scale[f] += (row[f] - centre[f]) ** 2 / rows.length;
  // A feature that never varies says nothing; any scale will do.
  return { centre, scale: scale.map((variance) => Math.sqrt(variance) || 1) };
}

/** Weighted ridge logistic regression by Newton's method; the intercept is free. */
function fit(
  rows: readonly (readonly number[])[],
  together: readonly boolean[],
  importance: readonly number[],
  { centre, scale, ridge }: { readonly centre: Float64Array; readonly scale: Float64Array; readonly ridge: number },
): Float64Array {
  const standard = rows.map((row) => [1, ...row.map((value, f) => (value - centre[f]) / scale[f])]);
  const weights = new Float64Array(weightCount);
  for (let step = 0; step < steps; step++) {
    const gradient = weights.map((weight, f) => (f === 0 ? 0 : -ridge * weight));
    const curvature = new Float64Array(weightCount * weightCount);
    for (let f = 0; f < weightCount; f++) curvature[f * weightCount + f] = f === 0 ? 1e-6 : ridge;
    for (const [index, row] of standard.entries()) {
      const rate = logistic(row.reduce((sum, value, f) => sum + weights[f] * value, 0));
      const miss = importance[index] * (Number(together[index]) - rate);
      const bend = importance[index] * rate * (1 - rate);
      for (let f = 0; f < weightCount; f++) {
        gradient[f] += miss * row[f];
        for (let g = 0; g <= f; g++) curvature[f * weightCount + g] += bend * row[f] * row[g];
      }
    }
    factorCholesky(curvature, weightCount);
    solveCholesky(curvature, weightCount, gradient);
    for (let f = 0; f < weightCount; f++) weights[f] += gradient[f];
    if (gradient.every((change) => Math.abs(change) < 1e-9)) break;
  }
  return weights;
}

function distinctOf(items: readonly number[]): number[] {
  return [...new Set(items)];
}

function checkSessions(items: readonly BundleItem[], sessions: readonly BundledSession[]): void {
  for (const [index, session] of sessions.entries()) {
    checkItems(items, session.items, `sessions[${index}].items`);
    for (const [place, bundle] of session.bundles.entries())
      checkItems(items, bundle, `sessions[${index}].bundles[${place}]`);
  }
}

function checkItems(known: readonly BundleItem[], items: readonly number[], path: string): void {
  for (const [place, item] of items.entries()) {
    if (!(item in known)) throw new InvalidInput(`${path}[${place}]`, item, `an index of the ${known.length} products`);
  }
}
