/**
 * From scores to chances that come true, and how far they do.
 *
 * Isotonic regression by pooling adjacent violators: Ayer et al., "An empirical distribution function for sampling with
 * incomplete information", Annals of Mathematical Statistics 26 (1955); Zadrozny and Elkan, KDD 2002, for its use here.
 * Between the middles of two pools the chance is interpolated, so that different scores keep their order.
 */
import { countBelow } from "../matrix/bisect.ts";
import { wilsonInterval, type Interval } from "../statistics/index.ts";

/** A rising curve from scores to chances. Columns of one length, both ascending. JSON-able. */
export interface CalibrationCurve {
  readonly scores: readonly number[];
  readonly chances: readonly number[];
}

/** How chances compare with what happened. */
export interface CalibrationReport {
  readonly rows: number;
  /** Share of rows in which it happened. */
  readonly share: number;
  /** Mean squared error of the chances. Brier, Monthly Weather Review 78 (1950). */
  readonly brier: number;
  /** The same for saying `share` every time. */
  readonly baselineBrier: number;
  /** Chance that a row in which it happened was given more than one in which it did not; 0.5 is chance. */
  readonly auc: number;
  /** Mean difference between chance and share over the bins, each by its rows. */
  readonly calibrationError: number;
  /** Bins of about equally many rows, by chance ascending. */
  readonly reliability: readonly ReliabilityBin[];
}

/** Rows that were given about the same chance. */
export interface ReliabilityBin {
  readonly rows: number;
  /** Mean of the chances that were given. */
  readonly predicted: number;
  /** Share in which it happened, with a 95 % interval. */
  readonly observed: Interval & { readonly value: number };
}

/**
 * @param labels 0 or 1, one a score
 * @example
 * const curve = fitCalibration([-1, 0, 1, 2], [0, 1, 0, 1]);
 * chanceAt(curve, 0.5); // 0.5
 */
export function fitCalibration(scores: ArrayLike<number>, labels: ArrayLike<number>): CalibrationCurve {
  const ascending = orderOf(scores);
  const pools: { count: number; hits: number; scoreSum: number }[] = [];
  for (let i = 0; i < ascending.length;) {
    const score = scores[ascending[i]];
    let pool = { count: 0, hits: 0, scoreSum: 0 };
    for (; i < ascending.length && scores[ascending[i]] === score; i++) {
      pool = { count: pool.count + 1, hits: pool.hits + labels[ascending[i]], scoreSum: pool.scoreSum + score };
    }
    for (let last = pools.at(-1); last && last.hits * pool.count >= pool.hits * last.count; last = pools.at(-1)) {
      pools.pop();
      pool = {
        count: pool.count + last.count,
        hits: pool.hits + last.hits,
        scoreSum: pool.scoreSum + last.scoreSum,
      };
    }
    pools.push(pool);
  }
  // Never quite certain: a pool without a case is no proof that there can be none.
  const least = 1 / (scores.length + 2);
  return {
    scores: pools.map(({ count, scoreSum }) => scoreSum / count),
    chances: pools.map(({ count, hits }) => Math.min(1 - least, Math.max(least, hits / count))),
  };
}

/**
 * The chance of a score; beyond the ends of the curve that of its ends.
 * @example
 * chanceAt({ scores: [0, 1], chances: [0.2, 0.4] }, 0.25); // 0.25
 */
export function chanceAt({ scores, chances }: CalibrationCurve, score: number): number {
  const above = countBelow(scores, score);
  if (above === 0) return chances[0];
  if (above === scores.length) return chances[above - 1];
  const part = (score - scores[above - 1]) / (scores[above] - scores[above - 1]);
  return chances[above - 1] + part * (chances[above] - chances[above - 1]);
}

/**
 * @param labels 0 or 1, one a chance; at least one of each
 * @param bins of the reliability table
 * @example
 * judgeChances(chances, completed).auc;
 */
export function judgeChances(chances: ArrayLike<number>, labels: ArrayLike<number>, bins = 10): CalibrationReport {
  const rows = chances.length;
  const ascending = orderOf(chances);
  let hits = 0;
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    hits += labels[row];
    squares += (chances[row] - labels[row]) ** 2;
  }
  const share = hits / rows;
  const reliability = Array.from({ length: Math.min(bins, rows) }, (_, bin, count = Math.min(bins, rows)) =>
    binOf(
      ascending.subarray(Math.floor((bin * rows) / count), Math.floor(((bin + 1) * rows) / count)),
      chances,
      labels,
    ),
  );
  return {
    rows,
    share,
    brier: squares / rows,
    baselineBrier: share * (1 - share),
    auc: rankShare(ascending, chances, labels, hits),
    calibrationError: reliability.reduce(
      (sum, { rows: inBin, predicted, observed }) => sum + (inBin / rows) * Math.abs(predicted - observed.value),
      0,
    ),
    reliability,
  };
}

function binOf(members: Uint32Array, chances: ArrayLike<number>, labels: ArrayLike<number>): ReliabilityBin {
  let predicted = 0;
  let hits = 0;
  for (const row of members) {
    predicted += chances[row];
    hits += labels[row];
  }
  const rows = members.length;
  return { rows, predicted: predicted / rows, observed: { value: hits / rows, ...wilsonInterval(hits, rows) } };
}

/** Mann-Whitney with ties counted half. */
function rankShare(
  ascending: Uint32Array,
  chances: ArrayLike<number>,
  labels: ArrayLike<number>,
  hits: number,
): number {
  let wins = 0;
  let missesBelow = 0;
  for (let i = 0; i < ascending.length;) {
    const chance = chances[ascending[i]];
    let tiedHits = 0;
    let tiedMisses = 0;
    for (; i < ascending.length && chances[ascending[i]] === chance; i++) {
      if (labels[ascending[i]] === 1) tiedHits++;
      else tiedMisses++;
    }
    wins += tiedHits * (missesBelow + tiedMisses / 2);
    missesBelow += tiedMisses;
  }
  return wins / (hits * (ascending.length - hits));
}

function orderOf(column: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: column.length }, (_, row) => row).sort((a, b) => column[a] - column[b] || a - b);
}
