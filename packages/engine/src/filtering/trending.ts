/**
 * What is on the rise: products whose share of recent baskets has grown over their own share before, with certainty.
 *
 * Baskets, faded by age, count within `recentDays`; those of the `baselineDays` before are the yardstick. Shares and not
 * totals are compared, so that a good week of the whole shop lifts nobody. For a product with n1 baskets out of the
 * recent N1 and n0 out of N0 before, both rates have a gamma posterior around the product's pooled rate
 * r = (n1 + n0) / (N1 + N0), worth `priorBaskets` = a baskets: mean m = (a + n) / (a / r + N), variance of its logarithm
 * about 1 / (a + n). The score is the lower bound of the growth,
 *   exp(ln m1 - ln m0 - z sqrt(1 / (a + n1) + 1 / (a + n0))),
 * and only products above 1 are answered: two sales after none prove nothing, two hundred after one hundred do.
 * Faded counts enter as Poisson counts of equal mean and variance (see `faded-counts.ts`).
 */
import { InvalidOption, requireNumber } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { TopK } from "../matrix/top-k.ts";
import type { Recommender } from "../models/recommender.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import { normalQuantile } from "../statistics/normal.ts";
import { fadingOf, requireDays, visitBaskets, type DatedBaskets } from "./basket-weights.ts";
import { addFaded, asPoisson, createFadedCounts, type Evidence, type FadedCounts } from "./faded-counts.ts";
import { createLeaderboard, readLeaderboard } from "./leaderboard.ts";

const kind = "trending";

/** What is recent, what is usual, and how certain a rise must be. */
export interface TrendingOptions {
  /** Days before `until` in which a rise must show. Whole weeks keep weekdays from posing as trends. */
  readonly recentDays?: number | undefined;
  /** Days before those that say what is usual. */
  readonly baselineDays?: number | undefined;
  /** Age in days at which a recent basket counts half. */
  readonly halfLifeDays?: number | undefined;
  /** One-sided certainty of the growth that is stated. */
  readonly confidence?: number | undefined;
  /** Baskets that the product's usual rate is worth before any are seen: more of them ask for more evidence. */
  readonly priorBaskets?: number | undefined;
}

/**
 * @returns a model that answers only products on the rise, strongest first; scores are growth factors above 1 that hold
 * with `confidence`: 1.5 means "at least half again its usual share"
 * @throws InvalidOption when a setting is out of its range; InvalidInput when times are missing
 * @example
 * const trending = await trainTrending(view, { recentDays: 7 });
 * trending.recommend({ history: [] }, 12);
 */
export async function trainTrending(
  data: DatedBaskets,
  {
    recentDays = 14,
    baselineDays = 56,
    halfLifeDays = 7,
    confidence = 0.95,
    priorBaskets = 5,
    ...controls
  }: TrendingOptions & TrainingControls = {},
): Promise<Recommender> {
  requireDays("recentDays", recentDays);
  requireDays("baselineDays", baselineDays);
  requireDays("halfLifeDays", halfLifeDays);
  requireNumber("confidence", confidence, 0.5, 0.999_999);
  requireNumber("priorBaskets", priorBaskets, 0);
  if (priorBaskets === 0) throw new InvalidOption("priorBaskets", priorBaskets, "a number above 0");

  const { baskets } = data;
  const recent = createFadedCounts(baskets.columns);
  const baseline = createFadedCounts(baskets.columns);
  await visitBaskets(data, controls, (basket, age) => {
    if (age > recentDays + baselineDays) return;
    if (age <= recentDays) addFaded(recent, baskets, basket, fadingOf(age, halfLifeDays));
    else addFaded(baseline, baskets, basket, 1);
  });

  const z = normalQuantile(confidence);
  const rising = new TopK(baskets.columns);
  for (let product = 0; product < baskets.columns; product++) {
    const growth = certainGrowth(recent, baseline, product, { priorBaskets, z });
    if (growth > 1) rising.offer(product, growth);
  }
  return createLeaderboard(kind, baskets.columns, rising.ranked());
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const trending = await loadTrending(readModel(bytes));
 */
export function loadTrending(file: ModelFile, controls: TrainingControls = {}): Promise<Recommender> {
  return paced("loading trends", readLeaderboard(kind, file), controls);
}

/** Lower bound of a product's growth, by the formula at the top; 0 where there is nothing to compare. */
function certainGrowth(
  recent: FadedCounts,
  baseline: FadedCounts,
  product: number,
  { priorBaskets, z }: { priorBaskets: number; z: number },
): number {
  if (recent.total === 0 || baseline.total === 0 || recent.counts[product] === 0) return 0;
  const after = asPoisson(recent, product);
  const before = asPoisson(baseline, product);
  const pooled = (after.count + before.count) / (after.exposure + before.exposure);
  const logMean = ({ count, exposure }: Evidence) =>
    Math.log((priorBaskets + count) / (priorBaskets / pooled + exposure));
  const deviation = Math.sqrt(1 / (priorBaskets + after.count) + 1 / (priorBaskets + before.count));
  return Math.exp(logMean(after) - logMean(before) - z * deviation);
}
