/**
 * What becomes of an open cart: whether it is ordered, and for how much. Past carts, oldest first, are split by time: the
 * first half fits the regressions, the next quarter calibrates them, and the last quarter judges them, once, as new carts
 * would. The report says how they did.
 */
import { InvalidInput, requireNumber } from "../errors.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import { wilsonInterval, type Interval } from "../statistics/index.ts";
import {
  chanceAt,
  fitCalibration,
  judgeChances,
  type CalibrationCurve,
  type CalibrationReport,
} from "./calibration.ts";
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
import {
  calibrateOrderValue,
  expectOrderValue,
  fitOrderValue,
  type ExpectedOrderValue,
  type OrderValueModel,
} from "./order-value.ts";
import { fitLogistic, scoreAt, scoresOf, type Weights } from "./regressions.ts";
import type { InPieces } from "../matrix/pieces.ts";

/** Snapshots of past carts in columns of one length, oldest first; one snapshot a cart. */
export interface PastCarts extends SnapshotColumns {
  /** 1 where the cart was ordered in the end, else 0. */
  readonly completed: ArrayLike<number>;
  /** What the order came to, in minor units; read where it was ordered. */
  readonly orderValue: ArrayLike<number>;
}

/** A trained predictor. JSON-able. */
export interface CartPredictor {
  readonly scale: FeatureScale;
  readonly completion: { readonly weights: Weights; readonly curve: CalibrationCurve };
  readonly orderValue: OrderValueModel;
  readonly report: CartPredictorReport;
}

/** How the predictor did on the newest carts, which it had not seen. */
export interface CartPredictorReport {
  readonly carts: { readonly fitted: number; readonly calibrated: number; readonly judged: number };
  readonly completion: CalibrationReport;
  /** Share of judged orders whose value lay inside the interval, with a 95 % interval of its own. */
  readonly coverage: Interval & { readonly value: number; readonly level: number; readonly orders: number };
}

/** What is to be expected of an open cart. */
export interface CartPrediction {
  /** Chance that it is ordered. */
  readonly completion: number;
  /** What the order will come to if it is. */
  readonly orderValue: ExpectedOrderValue;
}

/** Fewest carts of each fate in each part. */
const fewest = 30;

/**
 * @throws InvalidInput naming the column: of another length, with impossible entries, or with fewer than 30 ordered and 30
 * other carts in each part; InvalidOption on settings out of range
 * @example
 * const predictor = await trainCartPredictor(pastCarts, { level: 0.9 });
 * predictor.report.completion.auc;
 */
export async function trainCartPredictor(
  carts: PastCarts,
  { level = 0.9, ridge = 1, ...controls }: { readonly level?: number; readonly ridge?: number } & TrainingControls = {},
): Promise<CartPredictor> {
  requireNumber("level", level, 0.01, 0.9999);
  requireNumber("ridge", ridge, Number.MIN_VALUE);
  checkFates(carts);
  return paced("learning what becomes of carts", trainInPieces(carts, level, ridge), controls);
}

/**
 * @throws InvalidInput when the snapshot cannot be; InvalidOption when the level asks for more than the calibration can tell
 * @example
 * const cart = { value: 4000, lines: 2, units: 3, minutes: 12, sessions: 1, isKnown: false };
 * const { completion, orderValue } = predictCart(predictor, cart, { level: 0.9 });
 */
export function predictCart(
  { scale, completion, orderValue }: CartPredictor,
  cart: CartSnapshot,
  { level = 0.9 }: { readonly level?: number } = {},
): CartPrediction {
  const raw = featuresOf(cart);
  const { values, width } = scaled({ width: raw.length, values: Float64Array.from(raw) }, scale);
  return {
    completion: chanceAt(completion.curve, scoreAt(completion.weights, values, 0, width)),
    orderValue: expectOrderValue(orderValue, values, level),
  };
}

function* trainInPieces(carts: PastCarts, level: number, ridge: number): InPieces<CartPredictor> {
  const raw = featureRows(carts);
  const [fitting, calibrating, judging] = partsOf(carts.completed.length);
  const scale = scaleOf(rowsOf(raw, fitting));
  const rows = scaled(raw, scale);
  const labels = (part: Uint32Array): Float64Array => Float64Array.from(part, (row) => carts.completed[row]);
  const ordered = (part: Uint32Array): Uint32Array => part.filter((row) => carts.completed[row] === 1);
  const values = (part: Uint32Array): Float64Array => Float64Array.from(part, (row) => carts.orderValue[row]);

  const ridges = Array.from({ length: rows.width }, () => ridge);
  const weights = yield* fitLogistic(rowsOf(rows, fitting), labels(fitting), ridges);
  const curve = fitCalibration(scoresOf(weights, rowsOf(rows, calibrating)), labels(calibrating));
  yield;
  const fitted = fitOrderValue(rowsOf(rows, ordered(fitting)), values(ordered(fitting)), ridge);
  const known = ordered(calibrating);
  const orderValue = calibrateOrderValue(fitted, rowsOf(rows, known), values(known));
  yield;
  const chances = scoresOf(weights, rowsOf(rows, judging)).map((score) => chanceAt(curve, score));
  const report = {
    carts: { fitted: fitting.length, calibrated: calibrating.length, judged: judging.length },
    completion: judgeChances(chances, labels(judging)),
    coverage: coverageOf(orderValue, rows, ordered(judging), carts.orderValue, level),
  };
  return { scale, completion: { weights, curve }, orderValue, report };
}

function coverageOf(
  model: OrderValueModel,
  { width, values }: FeatureRows,
  orders: Uint32Array,
  orderValue: ArrayLike<number>,
  level: number,
): CartPredictorReport["coverage"] {
  const held = orders.filter((row) => {
    const { lower, upper } = expectOrderValue(model, values, level, row * width);
    return orderValue[row] >= lower && orderValue[row] <= upper;
  }).length;
  return { value: held / orders.length, ...wilsonInterval(held, orders.length), level, orders: orders.length };
}

/** Half, a quarter and a quarter, in the order of time. */
function partsOf(count: number): [Uint32Array, Uint32Array, Uint32Array] {
  const all = Uint32Array.from({ length: count }, (_, row) => row);
  const half = Math.floor(count / 2);
  const threeQuarters = Math.floor((count * 3) / 4);
  return [all.subarray(0, half), all.subarray(half, threeQuarters), all.subarray(threeQuarters)];
}

function rowsOf({ width, values }: FeatureRows, rows: Uint32Array): FeatureRows {
  const chosen = new Float64Array(rows.length * width);
  for (const [place, row] of rows.entries()) chosen.set(values.subarray(row * width, (row + 1) * width), place * width);
  return { width, values: chosen };
}

function checkFates({ value, completed, orderValue }: PastCarts): void {
  requireLength(completed, value.length, "carts.completed");
  requireLength(orderValue, value.length, "carts.orderValue");
  for (let row = 0; row < completed.length; row++) {
    if (completed[row] !== 0 && completed[row] !== 1) {
      throw new InvalidInput(`carts.completed[${row}]`, completed[row], "0 or 1");
    }
    if (completed[row] === 1 && !(orderValue[row] >= 1 && orderValue[row] < Infinity)) {
      throw new InvalidInput(`carts.orderValue[${row}]`, orderValue[row], "an amount above zero, in minor units");
    }
  }
  for (const [index, part] of partsOf(completed.length).entries()) {
    const ordered = part.filter((row) => completed[row] === 1).length;
    if (Math.min(ordered, part.length - ordered) < fewest) {
      const found = `${ordered} ordered and ${part.length - ordered} other carts in part ${index + 1} of 3`;
      throw new InvalidInput("carts", found, `at least ${fewest} of each in each part; collect more first`);
    }
  }
}
