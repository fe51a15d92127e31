/**
 * What weights make of signals and priors, straight from the columns. A ranking needs no features side by side, as fits
 * do: most of them are 0. Priors are added up once a bucket, so that a candidate costs one look at them.
 */
import { InvalidInput } from "../errors.ts";
import type { Query } from "../models/recommender.ts";
import type { SignalColumn, SignalColumns } from "../models/signal-columns.ts";
import { featureOrigin } from "./feature.ts";
import type { RankingPlan } from "./plan.ts";
import { weightsOf, type Weights } from "./weights.ts";

/** What one signal or prior adds to a score; below 0 where it speaks against the product. */
export interface SignalShare {
  readonly signal: string;
  readonly amount: number;
}

/** The features of one signal that weigh something, with the weights of a bucket. */
export interface SignalReading {
  readonly name: string;
  readonly column: SignalColumn;
  /** Sum of the weights of features that read the signal as it is. */
  readonly slope: number;
  /** Weights of the bent ones, and 1 / knot of each. */
  readonly bent: Float64Array;
  readonly scales: Float64Array;
}

/** What the weights of one bucket make of products. */
export interface Scorer {
  /** The columns that are read. */
  readonly heard: SignalColumns;
  /** What priors add to each product, whatever is asked. */
  readonly standing: Float64Array;
  /** A reading a signal that weighs something. */
  readonly readings: readonly SignalReading[];
  /** What makes the score of one product, by what the columns hold, largest first. */
  sharesOf(product: number): SignalShare[];
}

/**
 * A scorer a bucket, each made when it is first asked for: 8 bytes a product.
 * @param heard a column a signal, in the order of `names`
 * @throws InvalidInput when weights and plan do not fit
 * @example
 * const scorerOf = createScorers(plan, names, heard, weights);
 * scorerOf(question).sharesOf(3);
 */
export function createScorers<Question extends Query>(
  plan: RankingPlan<Question>,
  names: readonly string[],
  heard: SignalColumns,
  weights: Weights,
): (question: Question) => Scorer {
  const { width, bucketCount } = weights;
  if (width !== plan.features.length) {
    throw new InvalidInput("weights.width", width, `${plan.features.length}, the number of features`);
  }
  const scorers: Scorer[] = [];
  return (question) => {
    const bucket = Math.min(plan.bucketOf(question), bucketCount - 1);
    return (scorers[bucket] ??= createScorer(plan, names, heard, weightsOf(weights, bucket)));
  };
}

/** The score of each product, by what the columns hold. */
export function scorePool({ standing, readings, heard }: Scorer, products: Uint32Array): Float64Array {
  const scores = new Float64Array(products.length);
  const slots = new Int32Array(products.length);
  // Loops of their own: the processor waits for many products at once.
  for (let c = 0; c < products.length; c++) scores[c] = standing[products[c]];
  for (let c = 0; c < products.length; c++) slots[c] = heard.slotOf[products[c]] - 1;
  for (const reading of readings) {
    const { values, end } = reading.column;
    for (let c = 0; c < slots.length; c++) {
      if (slots[c] >= 0 && slots[c] < end) scores[c] += amountOf(reading, values[slots[c]]);
    }
  }
  return scores;
}

/** The scores of all slots, without what priors add. */
export function scoreSlots({ readings, heard }: Scorer): Float64Array {
  const scores = new Float64Array(heard.count);
  for (const reading of readings) {
    const { values, end } = reading.column;
    const { slope, bent, scales } = reading;
    // A feature at a time: whole columns go through loops that the compiler keeps short.
    if (slope !== 0) for (let slot = 0; slot < end; slot++) scores[slot] += slope * values[slot];
    for (let f = 0; f < bent.length; f++) {
      const [weight, scale] = [bent[f], scales[f]];
      for (let slot = 0; slot < end; slot++) {
        if (values[slot] !== 0) scores[slot] += weight * Math.log(values[slot] * scale + 1);
      }
    }
  }
  return scores;
}

/**
 * @param weights of one bucket, a number a feature
 */
function createScorer<Question extends Query>(
  plan: Pick<RankingPlan<Question>, "productCount" | "features" | "priors">,
  names: readonly string[],
  heard: SignalColumns,
  weights: Float64Array,
): Scorer {
  const readings = names.flatMap((name, s) => readingOf(plan, name, heard.columns[s], weights));
  const priors = plan.features.flatMap((feature, place) =>
    "prior" in feature && weights[place] !== 0
      ? [{ signal: featureOrigin(feature), column: plan.priors[feature.prior], weight: weights[place] }]
      : [],
  );
  const standing = new Float64Array(plan.productCount);
  for (const { column, weight } of priors) {
    for (let product = 0; product < standing.length; product++) standing[product] += weight * column[product];
  }
  return {
    standing,
    readings,
    heard,
    sharesOf(product) {
      const shares: SignalShare[] = [];
      const share = (signal: string, amount: number): void => {
        if (amount !== 0) shares.push({ signal, amount });
      };
      for (const reading of readings) share(reading.name, amountOf(reading, reading.column.valueOf(product)));
      for (const { signal, column, weight } of priors) share(signal, weight * column[product]);
      return shares.sort((a, b) => b.amount - a.amount);
    },
  };
}

function readingOf<Question extends Query>(
  { features }: Pick<RankingPlan<Question>, "features">,
  name: string,
  column: SignalColumn,
  weights: Float64Array,
): SignalReading[] {
  let slope = 0;
  const bent: number[] = [];
  const scales: number[] = [];
  for (const [place, feature] of features.entries()) {
    if ("prior" in feature || feature.signal !== name || weights[place] === 0) continue;
    if (feature.curve === "linear") slope += weights[place];
    else {
      bent.push(weights[place]);
      scales.push(1 / feature.curve.knot);
    }
  }
  if (slope === 0 && bent.length === 0) return [];
  return [{ name, column, slope, bent: Float64Array.from(bent), scales: Float64Array.from(scales) }];
}

/** What a value of a signal adds to a score; of what a signal does not touch it says nothing. */
export function amountOf({ slope, bent, scales }: SignalReading, value: number): number {
  if (value === 0) return 0;
  let amount = slope * value;
  for (let i = 0; i < bent.length; i++) amount += bent[i] * Math.log(value * scales[i] + 1);
  return amount;
}
