/**
 * Bestsellers: products by the number of baskets that hold them, within a window and with older baskets fading.
 * Baskets, not units: a wholesaler's order of 500 speaks once. Training O(cells), memory 12 bytes a product.
 */
import type { ModelFile } from "../files/model-file.ts";
import { topOf, type Ranked } from "../matrix/top-k.ts";
import type { Recommender } from "../models/recommender.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import { addBasket, fadingOf, requireDays, visitBaskets, type DatedBaskets } from "./basket-weights.ts";
import { createLeaderboard, readLeaderboard } from "./leaderboard.ts";

const kind = "popularity";

/** Which baskets count, and how much. */
export interface PopularityOptions {
  /** Days before `until` that count. All of history by default. */
  readonly windowDays?: number | undefined;
  /** Age in days at which a basket counts half. Baskets do not fade by default. */
  readonly halfLifeDays?: number | undefined;
}

/**
 * Ranks the whole catalogue, never-sold products last, so that an answer is full while anything may be shown.
 * @returns a model whose scores are (faded) numbers of baskets; equal ones go to the lower index
 * @throws InvalidOption when a number of days is not positive; InvalidInput when times are missing
 * @example
 * const bestsellers = await trainPopularity(view, { windowDays: 90 });
 * bestsellers.recommend({ history: [] }, 12);
 */
export async function trainPopularity(
  data: DatedBaskets,
  { windowDays = Infinity, halfLifeDays = Infinity, ...controls }: PopularityOptions & TrainingControls = {},
): Promise<Recommender> {
  requireDays("windowDays", windowDays);
  requireDays("halfLifeDays", halfLifeDays);
  const counts = new Float64Array(data.baskets.columns);
  await visitBaskets(data, controls, (basket, age) => {
    if (age <= windowDays) addBasket(data.baskets, basket, fadingOf(age, halfLifeDays), counts);
  });
  return popularityOf(topOf(counts, counts.length), counts.length);
}

/** The model of a ranking that is known already. */
export function popularityOf(ranking: Ranked, productCount: number): Recommender {
  return createLeaderboard(kind, productCount, ranking);
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const bestsellers = await loadPopularity(readModel(bytes));
 */
export function loadPopularity(file: ModelFile, controls: TrainingControls = {}): Promise<Recommender> {
  return paced("loading bestsellers", readLeaderboard(kind, file), controls);
}
