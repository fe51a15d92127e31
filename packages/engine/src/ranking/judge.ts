/** How well weights rank lists they were not fitted on. */
import type { RankingList } from "./lists.ts";
import { scoreOf, weightsOf, type Weights } from "./weights.ts";

/**
 * Mean reciprocal rank of the best-ranked target, over the lists.
 * @returns from 0 to 1; 0 without lists
 * @example
 * meanReciprocalRank(heldBack, fitted) > meanReciprocalRank(heldBack, defaults);
 */
export function meanReciprocalRank(lists: readonly RankingList[], weights: Weights): number {
  if (lists.length === 0) return 0;
  return lists.reduce((sum, list) => sum + 1 / rankOfBestTarget(list, weights), 0) / lists.length;
}

function rankOfBestTarget({ features, targets, bucket }: RankingList, weights: Weights): number {
  const ownWeights = weightsOf(weights, bucket);
  const scores = Float64Array.from(targets, (_, candidate) => scoreOf(ownWeights, features, candidate));
  const best = scores.reduce((most, score, c) => (targets[c] > 0 ? Math.max(most, score) : most), -Infinity);
  return 1 + scores.reduce((ahead, score, c) => ahead + (score > best && targets[c] === 0 ? 1 : 0), 0);
}
