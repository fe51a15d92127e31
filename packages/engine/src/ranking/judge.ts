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
  return meanOver(lists, weights, (list, scores) => 1 / rankOfBestTarget(list, scores));
}

function rankOfBestTarget({ targets }: RankingList, scores: Float64Array): number {
  const best = scores.reduce((most, score, c) => (targets[c] > 0 ? Math.max(most, score) : most), -Infinity);
  return 1 + scores.reduce((ahead, score, c) => ahead + (score > best && targets[c] === 0 ? 1 : 0), 0);
}

/**
 * Mean share of the targets' weight among the first `count` candidates, over the lists; of equal scores others go first.
 * @returns from 0 to 1 where a list's targets weigh 1 together; 0 without lists
 * @example
 * meanRecall(heldBack, fitted, 10) > meanRecall(heldBack, defaults, 10);
 */
export function meanRecall(lists: readonly RankingList[], weights: Weights, count: number): number {
  return meanOver(lists, weights, ({ targets }, scores) => {
    const order = Array.from(scores.keys()).toSorted((a, b) => scores[b] - scores[a] || targets[a] - targets[b]);
    return order.slice(0, count).reduce((sum, candidate) => sum + targets[candidate], 0);
  });
}

/**
 * Mean chance that a target stands before another candidate, over the lists: the area under the curve of the catalogue
 * that the candidates stand for.
 * @returns from 0 to 1, 1/2 by chance; 0 without lists
 * @example
 * meanAreaUnderCurve(heldBack, fitted) > meanAreaUnderCurve(heldBack, defaults);
 */
export function meanAreaUnderCurve(lists: readonly RankingList[], weights: Weights): number {
  return meanOver(lists, weights, ({ targets, standsFor }, scores) => {
    const candidates = Array.from(scores.keys());
    const others = candidates.filter((candidate) => targets[candidate] === 0);
    const wanted = candidates.filter((candidate) => targets[candidate] > 0);
    let before = 0;
    let all = 0;
    for (const other of others) {
      const counts = standsFor?.[other] ?? 1;
      all += counts * wanted.length;
      for (const target of wanted) before += counts * chanceBefore(scores[target], scores[other]);
    }
    return all === 0 ? 0.5 : before / all;
  });
}

function chanceBefore(score: number, other: number): number {
  if (score === other) return 0.5;
  return score > other ? 1 : 0;
}

function meanOver(
  lists: readonly RankingList[],
  weights: Weights,
  judge: (list: RankingList, scores: Float64Array) => number,
): number {
  if (lists.length === 0) return 0;
  return lists.reduce((sum, list) => sum + judge(list, scoresOf(list, weights)), 0) / lists.length;
}

function scoresOf({ features, targets, bucket }: RankingList, weights: Weights): Float64Array {
  const ownWeights = weightsOf(weights, bucket);
  return Float64Array.from(targets, (_, candidate) => scoreOf(ownWeights, features, candidate));
}
