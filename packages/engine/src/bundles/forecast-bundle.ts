/**
 * How many bundles will be sold in the coming days, and what they will earn. Views of a day are Poisson counts whose mean
 * varies from day to day by a gamma distribution, as wide as the past days are; the take rate has a Beta posterior. Assumed:
 * the coming days are like the past ones, the price stays, and days are independent. No season, no trend.
 */
import { type Minor, requireMinor } from "../catalogue/money.ts";
import { InvalidInput, requireInteger } from "../errors.ts";
import { beta, createRandom, gamma, poisson, type Random } from "../random/index.ts";
import { momentsOf } from "../statistics/index.ts";
import { checkDraws, checkOffered, type DrawOptions } from "./cannibalisation.ts";
import { requireCount } from "./check-bundle.ts";
import { estimateOf, type Estimate } from "./estimate.ts";

/** The bundle so far. */
export interface BundleHistory {
  /** Views of each past day, quiet days included. */
  readonly dailyViews: readonly number[];
  /** What the take rate is learned from. */
  readonly offered: { readonly views: number; readonly conversions: number };
  /** What one bundle costs the shopper, minor units. */
  readonly price: Minor;
  /** What one bundle earns, minor units; may be below zero. */
  readonly margin: Minor;
  /** Bundles that can be made of what is on hand; not limited when left out. */
  readonly stock?: number;
}

/** What to expect, all days together; money in minor units. */
export interface BundleForecast {
  readonly days: number;
  readonly units: Estimate;
  readonly revenue: Estimate;
  readonly margin: Estimate;
  /** Probability that the stock does not last; 0 where there is no limit. */
  readonly probabilityOfSellingOut: number;
}

/**
 * @param days how many days ahead, at least one
 * @throws InvalidInput when there are fewer than two past days, or counts and amounts are not whole
 * @example
 * forecastBundle({ dailyViews, offered: { views: 900, conversions: 54 }, price: 2990, margin: 800 }, 30).units;
 */
export function forecastBundle(
  { dailyViews, offered, price, margin, stock = Infinity }: BundleHistory,
  days: number,
  { draws = 2000, level = 0.95, seed = "forecast" }: DrawOptions = {},
): BundleForecast {
  requireInteger("days", days, 1);
  checkDraws({ draws, level });
  checkOffered(offered);
  requireMinor(price, "price");
  if (!Number.isSafeInteger(margin)) throw new InvalidInput("margin", margin, "a whole number of minor units");
  if (dailyViews.length < 2)
    throw new InvalidInput("dailyViews", `${dailyViews.length} days`, "at least two past days");
  for (const [day, views] of dailyViews.entries()) requireCount(views, 0, `dailyViews[${day}]`);
  const random = createRandom(seed);
  const nextDays = daysLike(dailyViews, random);
  const units = new Float64Array(draws);
  let soldOut = 0;
  for (let draw = 0; draw < draws; draw++) {
    const rate = beta(random, offered.conversions + 0.5, offered.views - offered.conversions + 0.5);
    const wanted = poisson(random, nextDays(days) * rate);
    units[draw] = Math.min(stock, wanted);
    if (wanted > stock) soldOut++;
  }
  const scaled = (factor: number): Estimate =>
    estimateOf(
      units.map((count) => count * factor),
      level,
    );
  return {
    days,
    units: estimateOf(units, level),
    revenue: scaled(price),
    margin: scaled(margin),
    probabilityOfSellingOut: soldOut / draws,
  };
}

/** Draws the expected views of so many days together: an uncertain mean, and days that differ around it. */
function daysLike(dailyViews: readonly number[], random: Random): (days: number) => number {
  const { mean, variance, count } = momentsOf(dailyViews);
  // Variance of the daily means beyond what counting alone gives.
  const spread = Math.max(0, variance - mean);
  return (days) => {
    const total = mean * count;
    const widening = mean > 0 ? 1 + spread / mean : 1;
    // A gamma posterior of the mean, widened by as much as the days differ.
    const level = (gamma(random, (total + 0.5) / widening) * widening) / count;
    if (spread === 0 || mean === 0) return level * days;
    const shape = (mean * mean) / spread;
    return (gamma(random, shape * days) / shape) * level;
  };
}
