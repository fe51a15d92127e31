/**
 * Abandoned carts: how likely each is ordered by itself, how much a reminder adds, and whether one is worth sending. What
 * a reminder adds can only be known where it was decided by chance who got one; without such data the answer is the chance
 * of the order alone, and says so.
 *
 * One logistic regression on the cart, the hours it lay idle, the reminder, and the reminder times everything else, the
 * last held back by a stronger ridge, so that carts with little to tell them apart share one effect (Imai and Ratkovic,
 * "Estimating treatment effect heterogeneity in randomized program evaluation", Annals of Applied Statistics 7 (2013)).
 */
import type { Minor } from "../catalogue/money.ts";
import { InvalidInput, requireNumber } from "../errors.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import { judgeChances, type CalibrationReport } from "./calibration.ts";
import {
  featureRows,
  featuresOf,
  requireLength,
  scaled,
  scaleOf,
  type CartSnapshot,
  type FeatureRows,
  type FeatureScale,
  type SnapshotColumns,
} from "./cart-features.ts";
import { logistic } from "../statistics/index.ts";
import { fitLogistic, scoreAt, type Weights } from "./regressions.ts";
import { upliftByPrediction, upliftOf, type Uplift } from "./uplift.ts";

/** Abandoned carts in columns of one length, oldest first. */
export interface AbandonedCarts extends SnapshotColumns {
  /** Hours without a sign of the shopper, when it was decided whether to remind. */
  readonly idleHours: ArrayLike<number>;
  /** 1 where a reminder was sent, else 0. */
  readonly reminded: ArrayLike<number>;
  /** 1 where the cart was ordered within the time the shop watches, else 0. */
  readonly completed: ArrayLike<number>;
}

/** An abandoned cart. */
export interface AbandonedCart extends CartSnapshot {
  readonly idleHours: number;
}

export interface RecoveryOptions {
  /** Whether chance decided who was reminded. Only then is anything said of what a reminder adds. */
  readonly randomised: boolean;
  /** In rows' worth, on what the cart says of the order. */
  readonly ridge?: number;
  /** The same on what the cart says of the reminder's effect. */
  readonly effectRidge?: number;
}

/** A trained model. JSON-able. */
export interface RecoveryModel {
  /** `completion`: what a reminder adds is not known. */
  readonly basis: "uplift" | "completion";
  /** Why it is not known, in plain words. */
  readonly caveat?: string;
  readonly scale: FeatureScale;
  readonly weights: Weights;
  readonly report: {
    /** Judged on the newest quarter, which the model had not seen. */
    readonly completion: CalibrationReport;
    /** Over all carts: share ordered with a reminder minus without, with Newcombe's interval. */
    readonly averageUplift?: Uplift;
    /** The same among the newest quarter's carts of above-median predicted uplift, and among the others. */
    readonly upliftByPrediction?: { readonly above: Uplift; readonly below: Uplift };
  };
}

/** What is to be expected of an abandoned cart. */
export interface RecoveryScore {
  /** Chance of the order without a reminder; as things usually went, where the basis is `completion`. */
  readonly completion: number;
  /** What a reminder adds to it. */
  readonly uplift?: number;
}

/** Fewest carts of each fate, in each arm where there are two. */
const fewest = 30;

/**
 * @throws InvalidInput naming the column that is wrong, or when there are too few carts; InvalidOption when a ridge is not
 * above 0
 * @example
 * const model = await trainRecovery(abandonedCarts, { randomised: true });
 * model.report.averageUplift?.lower;
 */
export async function trainRecovery(
  carts: AbandonedCarts,
  { randomised, ridge = 1, effectRidge = 20, ...controls }: RecoveryOptions & TrainingControls,
): Promise<RecoveryModel> {
  requireNumber("ridge", ridge, Number.MIN_VALUE);
  requireNumber("effectRidge", effectRidge, Number.MIN_VALUE);
  checkColumns(carts);
  const caveat = caveatOf(carts, randomised);
  return paced("learning which carts come back", trainInPieces(carts, caveat, ridge, effectRidge), controls);
}

/**
 * @throws InvalidInput when the cart cannot be
 * @example
 * const { completion, uplift } = scoreAbandoned(model, { ...snapshot, idleHours: 6 });
 */
export function scoreAbandoned({ basis, scale, weights }: RecoveryModel, cart: AbandonedCart): RecoveryScore {
  const raw = [...featuresOf(cart), idleFeature(cart.idleHours, "cart.idleHours")];
  const row = scaled({ width: raw.length, values: Float64Array.from(raw) }, scale);
  const completion = chanceOf(weights, row, 0, 0);
  return basis === "uplift" ? { completion, uplift: chanceOf(weights, row, 0, 1) - completion } : { completion };
}

/**
 * What a reminder is expected to earn: uplift x margin of the cart - cost of sending. Worth sending where it is above zero.
 * @param margin of the cart, in minor units
 * @returns undefined where the uplift is not known
 * @throws InvalidInput when the cost is below zero
 * @example
 * const gain = reminderGain(score, 1800, 3);
 */
export function reminderGain({ uplift }: RecoveryScore, margin: number, cost: Minor): number | undefined {
  if (!(cost >= 0)) throw new InvalidInput("cost", cost, "minor units, zero or more");
  return uplift === undefined ? undefined : uplift * margin - cost;
}

function* trainInPieces(
  carts: AbandonedCarts,
  caveat: string | undefined,
  ridge: number,
  effectRidge: number,
): InPieces<RecoveryModel> {
  const raw = withIdleHours(featureRows(carts), carts.idleHours);
  const count = carts.completed.length;
  const seen = Math.floor((count * 3) / 4);
  const scale = scaleOf({ width: raw.width, values: raw.values.subarray(0, seen * raw.width) });
  const rows = scaled(raw, scale);
  const basis = caveat === undefined ? "uplift" : "completion";
  // Without a reminder to learn from, its features stay at zero and so do their weights.
  const arm = (row: number): number => (basis === "uplift" ? carts.reminded[row] : 0);
  const design = designOf(rows, seen, arm);
  const ridges = [
    ...Array.from({ length: rows.width }, () => ridge),
    ridge,
    ...Array.from({ length: rows.width }, () => effectRidge),
  ];
  const weights = yield* fitLogistic(
    design,
    Float64Array.from({ length: seen }, (_, row) => carts.completed[row]),
    ridges,
  );

  const judged = Uint32Array.from({ length: count - seen }, (_, place) => seen + place);
  const chances = Float64Array.from(judged, (row) => chanceOf(weights, rows, row, arm(row)));
  const labels = Float64Array.from(judged, (row) => carts.completed[row]);
  const uplifts = Float64Array.from(judged, (row) => chanceOf(weights, rows, row, 1) - chanceOf(weights, rows, row, 0));
  const all = Uint32Array.from({ length: count }, (_, row) => row);
  const averageUplift = basis === "uplift" ? upliftOf(carts, all) : undefined;
  const byPrediction = basis === "uplift" ? upliftByPrediction(carts, judged, uplifts) : undefined;
  return {
    basis,
    ...(caveat !== undefined && { caveat }),
    scale,
    weights,
    report: {
      completion: judgeChances(chances, labels),
      ...(averageUplift && { averageUplift }),
      ...(byPrediction && { upliftByPrediction: byPrediction }),
    },
  };
}

/** The cart, the reminder, and the reminder times the cart. */
function designOf({ width, values }: FeatureRows, count: number, arm: (row: number) => number): FeatureRows {
  const wide = 2 * width + 1;
  const design = new Float64Array(count * wide);
  for (let row = 0; row < count; row++) writeDesign(values, row * width, width, arm(row), design, row * wide);
  return { width: wide, values: design };
}

function writeDesign(
  values: Float64Array,
  from: number,
  width: number,
  arm: number,
  into: Float64Array,
  at: number,
): void {
  into[at + width] = arm;
  for (let i = 0; i < width; i++) {
    into[at + i] = values[from + i];
    into[at + width + 1 + i] = arm * values[from + i];
  }
}

function chanceOf(weights: Weights, { width, values }: FeatureRows, row: number, arm: number): number {
  const features = new Float64Array(2 * width + 1);
  writeDesign(values, row * width, width, arm, features, 0);
  return logistic(scoreAt(weights, features, 0, features.length));
}

function withIdleHours({ width, values }: FeatureRows, idleHours: ArrayLike<number>): FeatureRows {
  const wider = new Float64Array(idleHours.length * (width + 1));
  for (let row = 0; row < idleHours.length; row++) {
    wider.set(values.subarray(row * width, (row + 1) * width), row * (width + 1));
    wider[row * (width + 1) + width] = idleFeature(idleHours[row], `carts.idleHours[${row}]`);
  }
  return { width: width + 1, values: wider };
}

function idleFeature(hours: number, path: string): number {
  if (!(hours >= 0 && hours < Infinity)) throw new InvalidInput(path, hours, "hours, zero or more");
  return Math.log1p(hours);
}

function caveatOf({ reminded, completed }: AbandonedCarts, randomised: boolean): string | undefined {
  if (!randomised) return "Chance did not decide who was reminded, so nothing is known of what a reminder adds.";
  const fates = new Map<string, number>();
  for (let row = 0; row < reminded.length; row++) {
    const key = `${reminded[row]} ${completed[row]}`;
    fates.set(key, (fates.get(key) ?? 0) + 1);
  }
  const isEnough = ["0 0", "0 1", "1 0", "1 1"].every((key) => (fates.get(key) ?? 0) >= fewest);
  return isEnough
    ? undefined
    : `Fewer than ${fewest} carts of each fate with and without a reminder: too few to compare.`;
}

function checkColumns({ value, idleHours, reminded, completed }: AbandonedCarts): void {
  for (const [name, column] of Object.entries({ idleHours, reminded, completed })) {
    requireLength(column, value.length, `carts.${name}`);
  }
  for (let row = 0; row < value.length; row++) {
    if (![0, 1].includes(reminded[row])) throw new InvalidInput(`carts.reminded[${row}]`, reminded[row], "0 or 1");
    if (![0, 1].includes(completed[row])) throw new InvalidInput(`carts.completed[${row}]`, completed[row], "0 or 1");
  }
  const newest = Math.floor((value.length * 3) / 4);
  for (const [begin, end] of [
    [0, newest],
    [newest, value.length],
  ]) {
    let ordered = 0;
    for (let row = begin; row < end; row++) ordered += completed[row];
    if (Math.min(ordered, end - begin - ordered) < fewest) {
      const found = `${ordered} ordered and ${end - begin - ordered} other carts in rows ${begin} to ${end}`;
      throw new InvalidInput("carts", found, `at least ${fewest} of each; collect more first`);
    }
  }
}
