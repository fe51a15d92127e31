/**
 * What the shopper has just looked at, newest first: the row that takes people back to where they were. The score is how
 * often shoppers of this shop return to what they saw so many steps ago, learned from their sessions:
 *   rate(d) = (returns over distance d + prior x overall) / (chances at distance d + prior),
 * made to fall with the distance, so that the order is always newest first. A chance is an event with a product d steps
 * before it. Training O(events x depth), memory 8 bytes a step.
 */
import { InvalidFile, requireInteger } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import type { InPieces } from "../matrix/pieces.ts";
import type { Incidence } from "../matrix/sparse.ts";
import { recentSteps } from "../models/history.ts";
import { columnOf, integerSetting, requireKind } from "../models/model-columns.ts";
import { forbidden, type Recommender } from "../models/recommender.ts";
import { createPacer, paced, type TrainingControls } from "../models/training.ts";

const kind = "recently-viewed";

/** How far back is remembered. */
export interface RecentlyViewedOptions {
  /** Entries of the history that are read, from the newest. */
  readonly depth?: number | undefined;
}

/** Chances that the overall rate of return is worth at each distance. */
const priorChances = 50;

/**
 * @param sessions sessions x products in the order of events, repetitions kept, as in a `TrainingView`
 * @returns a model that answers nothing but the history, and so only queries that allow `repeats`; scores are chances
 * that the next thing looked at is this one
 * @throws InvalidOption when `depth` is not a positive integer
 * @example
 * const recent = await trainRecentlyViewed(view.sessions);
 * recent.recommend({ history: [3, 8, 5], repeats: true, exclude: new Set([5]) }, 6).products; // [8, 3]
 */
export async function trainRecentlyViewed(
  sessions: Incidence,
  { depth = 50, ...controls }: RecentlyViewedOptions & TrainingControls = {},
): Promise<Recommender> {
  requireInteger("depth", depth, 1);
  const { rows, offsets, indices } = sessions;
  const chances = new Float64Array(depth);
  const returns = new Float64Array(depth);
  const pace = createPacer("counting returns", rows, controls);
  for (let session = 0; session < rows; session++) {
    if (pace.isDue()) await pace.rest(session);
    for (let event = offsets[session] + 1; event < offsets[session + 1]; event++) {
      const deepest = Math.min(depth, event - offsets[session]);
      for (let distance = 0; distance < deepest; distance++) {
        chances[distance]++;
        if (indices[event - 1 - distance] !== indices[event]) continue;
        // The newest place is the one that was returned to.
        returns[distance]++;
        break;
      }
    }
  }
  pace.finish();
  return createRecentlyViewed(sessions.columns, fallingRates(returns, chances));
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const recent = await loadRecentlyViewed(readModel(bytes));
 */
export function loadRecentlyViewed(file: ModelFile, controls: TrainingControls = {}): Promise<Recommender> {
  return paced("loading returns", readRecentlyViewed(file), controls);
}

function* readRecentlyViewed(file: ModelFile): InPieces<Recommender> {
  requireKind(file, kind);
  const rates = yield* columnOf(file, "rates", Float64Array);
  for (let step = 1; step < rates.length; step++) {
    if (rates[step] > rates[step - 1]) throw new InvalidFile(`Column "rates" of the ${kind} model must not rise.`);
  }
  return createRecentlyViewed(integerSetting(file, "productCount"), rates);
}

function createRecentlyViewed(productCount: number, rates: Float64Array): Recommender {
  return {
    kind,
    productCount,
    recommend(query, count) {
      requireInteger("count", count, 0);
      const isForbidden = forbidden(query);
      const steps = recentSteps(query, productCount, rates.length).filter(({ product }) => !isForbidden(product));
      const shown = steps.slice(0, count);
      return {
        products: Uint32Array.from(shown, ({ product }) => product),
        scores: Float64Array.from(shown, ({ stepsBack }) => rates[stepsBack]),
      };
    },
    explain(query, product) {
      const isSeen = recentSteps(query, productCount, rates.length).some((step) => step.product === product);
      return isSeen ? [{ product, share: 1 }] : [];
    },
    save: () => ({ kind, settings: { productCount }, columns: { rates } }),
  };
}

/** Rates of return by distance, shrunk to the overall one and never rising. */
function fallingRates(returns: Float64Array, chances: Float64Array): Float64Array {
  const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0);
  const overall = (sum(returns) + 1) / (sum(chances) + 2);
  let lowest = 1;
  return returns.map((count, distance) => {
    lowest = Math.min(lowest, (count + priorChances * overall) / (chances[distance] + priorChances));
    return lowest;
  });
}
