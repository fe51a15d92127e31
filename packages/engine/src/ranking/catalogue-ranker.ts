/**
 * The linear ranker over a whole catalogue, exactly, at the cost of what the signals touch: priors are added up once, a
 * column a bucket, and of the products that no signal touches only those that lead by priors are ever looked at.
 */
import { InvalidInput, requireInteger } from "../errors.ts";
import { Accumulator } from "../matrix/accumulator.ts";
import { TopK, topOf, type Ranked } from "../matrix/top-k.ts";
import { forbidden, type Query } from "../models/recommender.ts";
import { bend, featureOrigin, type Curve } from "./feature.ts";
import { checkPlan, signalNames, type RankingPlan } from "./plan.ts";
import { rememberingLast, type Ranker, type SignalShare } from "./ranker.ts";
import { weightsOf, type Weights } from "./weights.ts";

/** What one bucket makes of the priors. */
interface Standing {
  readonly scores: Float64Array;
  /** Every product, best first. */
  readonly leaders: Uint32Array;
}

/** A feature of a signal, and its place among all features. */
interface Reading {
  readonly feature: number;
  readonly curve: Curve;
}

/** A ranker that can be held to some products. */
export interface CatalogueRanker<Question extends Query> extends Ranker<Question> {
  /** @param only answers nothing else; everything when left out */
  rank(question: Question, count: number, only?: ReadonlySet<number>): Ranked;
}

/**
 * Ranks every product of the catalogue: the plan's pool plays no part. A question object is heard once: asking with the
 * same one again costs the ranking alone, and its explanation next to nothing. Memory: 13 bytes a product and signal, 12 a
 * product and bucket that was asked.
 * @throws InvalidInput when weights and plan do not fit
 * @example
 * createCatalogueRanker(plan, weights).rank({ history: [3, 17] }, plan.productCount); // all but 3 and 17
 */
export function createCatalogueRanker<Question extends Query>(
  plan: RankingPlan<Question>,
  weights: Weights,
): CatalogueRanker<Question> {
  checkPlan(plan);
  const { productCount, sources, features } = plan;
  if (weights.width !== features.length) {
    throw new InvalidInput("weights.width", weights.width, `${features.length}, the number of features`);
  }
  const names = signalNames(plan);
  const columns = names.map(() => new Accumulator(productCount));
  const columnsOf = sources.map(({ signals }) => signals.map((name) => columns[names.indexOf(name)]));
  const readingsOf = names.map((name) => readingsOfSignal(plan, name));
  const featureReadings = features.map((feature, place) => {
    const origin = featureOrigin(feature);
    if ("prior" in feature) return { place, origin, prior: plan.priors[feature.prior] };
    return { place, origin, curve: feature.curve, values: columns[names.indexOf(feature.signal)].values };
  });
  const total = new Accumulator(productCount);
  const standings = new Map<Float64Array["byteOffset"], Standing>();
  const askedLast = new Uint32Array(productCount);
  let asked = 0;

  const standingOf = (ownWeights: Float64Array): Standing => {
    const known = standings.get(ownWeights.byteOffset);
    if (known) return known;
    const scores = addPriors(plan, ownWeights);
    const standing = { scores, leaders: topOf(scores, productCount).products };
    standings.set(ownWeights.byteOffset, standing);
    return standing;
  };
  // The signals of the newest question stay in their columns: a ranking is explained without hearing it all again.
  let heard: Question | undefined;
  const hear = (question: Question, ownWeights: Float64Array): void => {
    if (question === heard) return;
    heard = undefined;
    for (const column of columns) column.clear();
    total.clear();
    for (const [place, source] of sources.entries()) source.fill(question, columnsOf[place]);
    for (const [s, column] of columns.entries()) addSignal(total, column, readingsOf[s], ownWeights);
    heard = question;
  };
  return {
    rank(question, count, only) {
      requireInteger("count", count, 0);
      const ownWeights = weightsOf(weights, plan.bucketOf(question));
      const { scores, leaders } = standingOf(ownWeights);
      hear(question, ownWeights);
      const isLeftOut = leftOut(question, only);
      const best = new TopK(Math.min(count, productCount));
      asked = (asked + 1) % 2 ** 32;
      const { touched, values } = total;
      for (let i = 0; i < touched.length; i++) {
        const product = touched[i];
        askedLast[product] = asked;
        const score = scores[product] + values[product];
        if (best.admits(product, score) && !isLeftOut(product)) best.offer(product, score);
      }
      for (const product of leaders) {
        if (!best.admits(product, scores[product])) break;
        if (askedLast[product] !== asked && !isLeftOut(product)) best.offer(product, scores[product]);
      }
      return best.ranked();
    },
    sharesOf: rememberingLast((question, product) => {
      if (product >= productCount) return [];
      const ownWeights = weightsOf(weights, plan.bucketOf(question));
      hear(question, ownWeights);
      const amounts = new Map<string, number>();
      for (const { origin, ...reading } of featureReadings) {
        const value =
          "prior" in reading ? reading.prior[product] : bentOrNothing(reading.curve, reading.values[product]);
        const amount = ownWeights[reading.place] * value;
        if (amount !== 0) amounts.set(origin, (amounts.get(origin) ?? 0) + amount);
      }
      return [...amounts]
        .map(([signal, amount]): SignalShare => ({ signal, amount }))
        .sort((a, b) => b.amount - a.amount);
    }),
  };
}

function leftOut(question: Query, only: ReadonlySet<number> | undefined): (product: number) => boolean {
  const isForbidden = forbidden(question);
  return only ? (product) => !only.has(product) || isForbidden(product) : isForbidden;
}

function readingsOfSignal<Question extends Query>({ features }: RankingPlan<Question>, name: string): Reading[] {
  return features.flatMap((feature, place) =>
    "signal" in feature && feature.signal === name ? [{ feature: place, curve: feature.curve }] : [],
  );
}

function addPriors<Question extends Query>(
  { productCount, features, priors }: RankingPlan<Question>,
  weights: Float64Array,
): Float64Array {
  const scores = new Float64Array(productCount);
  for (const [f, feature] of features.entries()) {
    if (!("prior" in feature) || weights[f] === 0) continue;
    const column = priors[feature.prior];
    for (let product = 0; product < productCount; product++) scores[product] += weights[f] * column[product];
  }
  return scores;
}

function addSignal(
  total: Accumulator,
  { touched, values }: Accumulator,
  readings: readonly Reading[],
  weights: Float64Array,
): void {
  for (const { feature, curve } of readings) {
    const weight = weights[feature];
    if (weight === 0) continue;
    if (curve === "linear") {
      for (let i = 0; i < touched.length; i++) total.add(touched[i], weight * values[touched[i]]);
    } else {
      const scale = 1 / curve.knot;
      for (let i = 0; i < touched.length; i++) {
        total.add(touched[i], weight * Math.log(values[touched[i]] * scale + 1));
      }
    }
  }
}

/** As in a candidate's features: of what a signal does not touch it says nothing. */
function bentOrNothing(curve: Curve, value: number): number {
  return value === 0 ? 0 : bend(curve, value);
}
