/**
 * How much better a product sells in given circumstances than it usually does.
 *
 * For a label (weekday = saturday) with N baskets, and a product with n of them where its overall share r = n_all / N_all
 * would let one expect E = N r, the lift has a gamma prior of mean 1 worth `priorBaskets` = a expected sales:
 *   lift ~ Gamma(a + n, a + E), mean m = (a + n) / (a + E), standard deviation of its logarithm about 1 / sqrt(a + n).
 * What is kept is the end of its interval that is nearer to 1, exp(ln m -/+ z / sqrt(a + n)), and 1 where the interval
 * holds 1: with `confidence` 0.5, z is 0 and the mean itself is kept, shrunk only. E counts the label's own baskets in
 * with the whole, so that a label that is all of history lifts nothing.
 * Lifts of several labels multiply (Gamma-Poisson shrinkage as in DuMouchel, "Bayesian data mining in large frequency
 * tables", The American Statistician 53, 1999; independence of the labels is an assumption), within `maximumLift`.
 * Memory 8 bytes for each product and label whose lift is not 1, while training 8 bytes for each product and label; time
 * O(cells x features + labels x products).
 */
import { createIdentifiers, type Identifiers } from "../catalogue/identifiers.ts";
import { InvalidInput, InvalidOption, requireNumber } from "../errors.ts";
import type { Accumulator } from "../matrix/accumulator.ts";
import { countBelow } from "../matrix/bisect.ts";
import { GrowingColumn } from "../matrix/growing-column.ts";
import type { Incidence } from "../matrix/sparse.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { normalQuantile } from "../statistics/normal.ts";
import { fadingOf, requireDays, visitBaskets, type DatedBaskets } from "./basket-weights.ts";
import type { Context } from "./context.ts";
import { addFaded, asPoisson, createFadedCounts, type FadedCounts } from "./faded-counts.ts";

/** Baskets with the circumstances of each. */
export interface ContextualBaskets extends DatedBaskets {
  /** The labels of a basket, by its row. Features that it lacks say nothing of it. */
  readonly contextOf: (basket: number) => Context;
}

/** How much evidence a lift needs, and how far it may go. */
export interface ContextLiftOptions {
  /** Expected sales that the prior, no lift at all, is worth. */
  readonly priorBaskets?: number | undefined;
  /** One-sided certainty of what is kept of a lift; 0.5 keeps the shrunk mean. */
  readonly confidence?: number | undefined;
  /** The most that all labels together multiply a score by, or divide it by. */
  readonly maximumLift?: number | undefined;
  /** Days before `until` that count. All of history by default: a season needs a year. */
  readonly windowDays?: number | undefined;
  /** Age in days at which a basket counts half. Baskets do not fade by default. */
  readonly halfLifeDays?: number | undefined;
}

/** What circumstances do to each product. */
export interface ContextLifts {
  /** Labels as `feature=value`, in order of first sight. */
  readonly labels: Identifiers;
  /** Labels x products with a lift that is not 1, products ascending; `lifts` holds one number a cell. */
  readonly cells: Incidence;
  readonly lifts: Float32Array;
  readonly maximumLift: number;
  /** (Faded) share of all baskets that hold each product. */
  readonly shares: Float64Array;
}

/** A label is a circumstance that many share: with a label for each customer, every basket would cost a catalogue. */
const mostLabels = 1000;
/** Lifts nearer to 1 than this are not worth their memory. */
const faintest = 0.005;

/**
 * @throws InvalidOption when a setting is out of its range
 * @throws InvalidInput when times are missing, a label is no text, or there are more than 1,000 labels
 * @example
 * const clock = createContextClock();
 * const lifts = await fitContextLifts({ ...view, contextOf: (basket) => clock(view.basketAt[basket]) });
 * liftIn(lifts, { weekday: "saturday" }, 42); // 1.8
 */
export async function fitContextLifts(
  data: ContextualBaskets,
  {
    priorBaskets = 10,
    confidence = 0.9,
    maximumLift = 5,
    windowDays = Infinity,
    halfLifeDays = Infinity,
    ...controls
  }: ContextLiftOptions & TrainingControls = {},
): Promise<ContextLifts> {
  requireNumber("priorBaskets", priorBaskets, 0);
  if (priorBaskets === 0) throw new InvalidOption("priorBaskets", priorBaskets, "a number above 0");
  requireNumber("confidence", confidence, 0.5, 0.999_999);
  requireNumber("maximumLift", maximumLift, 1);
  requireDays("windowDays", windowDays);
  requireDays("halfLifeDays", halfLifeDays);
  const { baskets, contextOf } = data;
  const labels = createIdentifiers();
  const whole = createFadedCounts(baskets.columns);
  const byLabel: FadedCounts[] = [];
  await visitBaskets(data, controls, (basket, age) => {
    if (age > windowDays) return;
    const weight = fadingOf(age, halfLifeDays);
    addFaded(whole, baskets, basket, weight);
    for (const label of labelsOf(contextOf(basket))) {
      const index = labels.intern(label);
      if (index >= mostLabels) throw new InvalidInput("contextOf", label, `one of at most ${mostLabels} labels`);
      byLabel[index] ??= createFadedCounts(baskets.columns);
      addFaded(byLabel[index], baskets, basket, weight);
    }
  });
  const shares = whole.counts.map((count) => (whole.total > 0 ? count / whole.total : 0));
  const guard = { priorBaskets, z: normalQuantile(confidence) };
  return { labels, maximumLift, shares, ...(await collectLifts(byLabel, shares, guard, controls)) };
}

/**
 * What the circumstances multiply a product's score by; 1 where nothing is known of them.
 * @throws InvalidInput when a label is no text
 * @example
 * liftIn(lifts, { weather: "rain" }, 7); // 2.3
 */
export function liftIn(lifts: ContextLifts, context: Context, product: number): number {
  const logarithm = liftsIn(lifts, context, product).reduce((sum, [, lift]) => sum + Math.log(lift), 0);
  return boundedLift(lifts, logarithm);
}

/** The lift that logarithms add up to, within the bounds of the fit. */
export function boundedLift({ maximumLift }: ContextLifts, logarithm: number): number {
  const bound = Math.log(maximumLift);
  return Math.exp(Math.max(-bound, Math.min(bound, logarithm)));
}

/** Adds the logarithms of all lifts in these circumstances, product by product: 0 stands for no lift. */
export function addLogLifts({ labels, cells, lifts }: ContextLifts, context: Context, into: Accumulator): void {
  for (const label of labelsOf(context)) {
    const index = labels.indexOf(label);
    if (index === undefined) continue;
    for (let i = cells.offsets[index]; i < cells.offsets[index + 1]; i++)
      into.add(cells.indices[i], Math.log(lifts[i]));
  }
}

/**
 * Why: the circumstances that speak for or against a product, strongest first.
 * @returns pairs of a label and its own lift, those without effect left out
 * @example
 * liftsIn(lifts, { weekday: "saturday", country: "DE" }, 42); // [["weekday=saturday", 1.8]]
 */
export function liftsIn({ labels, cells, lifts }: ContextLifts, context: Context, product: number): [string, number][] {
  const found: [string, number][] = [];
  for (const label of labelsOf(context)) {
    const index = labels.indexOf(label);
    if (index === undefined) continue;
    const begin = cells.offsets[index];
    const row = cells.indices.subarray(begin, cells.offsets[index + 1]);
    const place = countBelow(row, product);
    if (row[place] === product) found.push([label, lifts[begin + place]]);
  }
  return found.sort(([, one], [, other]) => Math.abs(Math.log(other)) - Math.abs(Math.log(one)));
}

function labelsOf(context: Context): string[] {
  return Object.entries(context).map(([feature, value]) => {
    if (typeof value !== "string") throw new InvalidInput(`context.${feature}`, value, 'a label, such as "rain"');
    return `${feature}=${value}`;
  });
}

async function collectLifts(
  byLabel: readonly FadedCounts[],
  shares: Float64Array,
  guard: Guard,
  controls: TrainingControls,
): Promise<Pick<ContextLifts, "cells" | "lifts">> {
  const pace = createPacer("weighing circumstances", byLabel.length, controls);
  const offsets = new Uint32Array(byLabel.length + 1);
  const indices = new GrowingColumn(Uint32Array);
  const lifts = new GrowingColumn(Float64Array);
  for (const [label, tally] of byLabel.entries()) {
    if (pace.isDue()) await pace.rest(label);
    for (let product = 0; product < shares.length; product++) {
      const { count, exposure } = asPoisson(tally, product);
      const lift = certainLift(count, exposure * shares[product], guard);
      if (Math.abs(lift - 1) < faintest) continue;
      indices.push(product);
      lifts.push(lift);
    }
    offsets[label + 1] = indices.length;
  }
  pace.finish();
  const cells = { rows: byLabel.length, columns: shares.length, offsets, indices: indices.trimmed() };
  return { cells, lifts: Float32Array.from(lifts.store.subarray(0, lifts.length)) };
}

interface Guard {
  readonly priorBaskets: number;
  readonly z: number;
}

/** The end of the lift's interval that is nearer to 1, by the formula at the top. */
function certainLift(count: number, expected: number, { priorBaskets, z }: Guard): number {
  const middle = Math.log((priorBaskets + count) / (priorBaskets + expected));
  const half = z / Math.sqrt(priorBaskets + count);
  return Math.exp(middle > 0 ? Math.max(0, middle - half) : Math.min(0, middle + half));
}
