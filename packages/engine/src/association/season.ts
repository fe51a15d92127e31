/** One product's season, told in full, and the products that are in season when it is. */
import { InvalidOption, requireInteger, requireNumber } from "../errors.ts";
import { TopK } from "../matrix/top-k.ts";
import { gammaQuantile } from "../statistics/gamma-quantile.ts";
import type { Seasonality } from "./seasonality.ts";

/** One bin of a season. */
export interface SeasonBin {
  readonly bin: number;
  readonly observed: number;
  readonly expected: number;
  /** Drawn towards 1; the ends of the interval are not. NaN where the series was never on sale. */
  readonly index: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * @param series product or label
 * @param confidence coverage of each interval, in (0, 1); they are as wide as the dispersion makes them
 * @throws InvalidOption when the series is unknown or `confidence` out of range
 * @example
 * const december = seasonOf(seasons, candle)[11];
 */
export function seasonOf(seasonality: Seasonality, series: number, confidence = 0.95): readonly SeasonBin[] {
  const { binCount, observed, expected, index, dispersion } = seasonality;
  requireSeries(seasonality, series);
  requireNumber("confidence", confidence, Number.EPSILON, 1 - Number.EPSILON);
  const miss = (1 - confidence) / 2;
  const scale = dispersion[series];
  return Array.from({ length: binCount }, (_, bin) => {
    const at = series * binCount + bin;
    const seen = observed[at] / scale;
    const due = expected[at] / scale;
    return {
      bin,
      observed: observed[at],
      expected: expected[at],
      index: index[at],
      lower: due > 0 ? (seen > 0 ? gammaQuantile(miss, seen) : 0) / due : NaN,
      upper: due > 0 ? gammaQuantile(1 - miss, seen + 1) / due : NaN,
    };
  });
}

/** A product whose season runs alike. */
export interface SeasonalCompanion {
  readonly series: number;
  /** Correlation of the two seasons, on the log scale, each bin by what is expected in it: at most 1. */
  readonly similarity: number;
}

/**
 * Series with a proven season that rises and falls with that of the given one, the most alike first. They share the time of
 * the year and need not be bought together. O(series x bins).
 * @param count companions wanted; none come back for a series without a proven season
 * @param minimumSimilarity correlation below which two seasons are not alike
 * @throws InvalidOption when the series is unknown or a setting out of range
 * @example
 * for (const { series } of seasonalCompanions(seasons, advent, 5)) console.log(catalogue.ids.idOf(series));
 */
export function seasonalCompanions(
  seasonality: Seasonality,
  series: number,
  count: number,
  minimumSimilarity = 0.5,
): readonly SeasonalCompanion[] {
  requireSeries(seasonality, series);
  requireInteger("count", count, 0);
  requireNumber("minimumSimilarity", minimumSimilarity, -1, 1);
  if (!seasonality.isSeasonal[series]) return [];
  const best = new TopK(Math.min(count, seasonality.isSeasonal.length));
  for (const [other, isSeasonal] of seasonality.isSeasonal.entries()) {
    if (!isSeasonal || other === series) continue;
    const similarity = similarityOf(seasonality, series, other);
    if (similarity >= minimumSimilarity) best.offer(other, similarity);
  }
  const { products, scores } = best.ranked();
  return Array.from(products, (found, place) => ({ series: found, similarity: scores[place] }));
}

function similarityOf({ binCount, index, expected }: Seasonality, one: number, other: number): number {
  let weight = 0;
  const sums = { one: 0, other: 0, oneSquare: 0, otherSquare: 0, product: 0 };
  for (let bin = 0; bin < binCount; bin++) {
    const x = Math.log(index[one * binCount + bin]);
    const y = Math.log(index[other * binCount + bin]);
    if (!Number.isFinite(x + y)) continue;
    const w = expected[one * binCount + bin] + expected[other * binCount + bin];
    weight += w;
    sums.one += w * x;
    sums.other += w * y;
    sums.oneSquare += w * x * x;
    sums.otherSquare += w * y * y;
    sums.product += w * x * y;
  }
  const covariance = weight * sums.product - sums.one * sums.other;
  const scale = Math.sqrt((weight * sums.oneSquare - sums.one ** 2) * (weight * sums.otherSquare - sums.other ** 2));
  return scale > 0 ? covariance / scale : 0;
}

function requireSeries({ count }: Seasonality, series: number): void {
  requireInteger("series", series, 0);
  if (series >= count.length) throw new InvalidOption("series", series, `an index below ${count.length}`);
}
