/**
 * Metrics of one ranked list against what a customer really took. Each says by what it divides, because the same name
 * stands for different numbers in the literature: Dacrema et al. (RecSys 2019) divide recall by all relevant products,
 * Liang et al. (WWW 2018) by what a list of k could hold; Järvelin and Kekäläinen (TOIS 2002) leave the ideal of NDCG
 * open, libraries cut it at k or not. Lists hold no product twice; only their first k entries count.
 */
import { requireInteger } from "../errors.ts";

/** By what recall and MAP divide: all relevant products, or as many of them as a list of k could hold. */
export type RecallDenominator = "relevant" | "reachable";

/** The ideal that NDCG divides by: min(k, relevant) hits in the first places, or every relevant product, at any k. */
export type IdealRanking = "truncated" | "full";

/**
 * HR@k of one customer: whether any relevant product stands among the first k. Its mean is over customers.
 * @returns 1 or 0
 * @example
 * hitRate([4, 7, 1], new Set([1]), 2); // 0
 */
export function hitRate(ranked: ArrayLike<number>, relevant: ReadonlySet<number>, k: number): number {
  return hits(ranked, relevant, k) > 0 ? 1 : 0;
}

/**
 * Recall@k of one customer: relevant products among the first k, divided by `denominator`.
 * @param denominator `relevant` divides by |relevant| (a list of k may then be unable to reach 1), `reachable` by
 * min(k, |relevant|)
 * @returns 0 when nothing is relevant
 * @example
 * recall([4, 7, 1], new Set([1, 4, 9]), 3); // 0.6667
 */
export function recall(
  ranked: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  k: number,
  denominator: RecallDenominator = "relevant",
): number {
  const possible = possibleHits(relevant, k, denominator);
  return possible === 0 ? 0 : hits(ranked, relevant, k) / possible;
}

/**
 * Precision@k of one customer: relevant products among the first k, divided by k even where the list is shorter, so that
 * a method gains nothing by answering less.
 * @example
 * precision([4, 7, 1], new Set([1, 4, 9]), 3); // 0.6667
 */
export function precision(ranked: ArrayLike<number>, relevant: ReadonlySet<number>, k: number): number {
  return hits(ranked, relevant, k) / k;
}

/**
 * Average precision within the first k: the sum, over the places of hits, of the precision up to there, divided by
 * `denominator`. MAP@k is its mean over customers, those without a hit included.
 * @param denominator `relevant` divides by |relevant| as information retrieval does, `reachable` by min(k, |relevant|)
 * as recommender libraries and contests do
 * @returns 0 when nothing is relevant
 * @example
 * averagePrecision([4, 7, 1], new Set([1, 4, 9]), 3); // (1 / 1 + 2 / 3) / 3 = 0.5556
 */
export function averagePrecision(
  ranked: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  k: number,
  denominator: RecallDenominator = "relevant",
): number {
  requireInteger("k", k, 1);
  let found = 0;
  let sum = 0;
  for (let place = 0; place < Math.min(k, ranked.length); place++) {
    if (relevant.has(ranked[place])) sum += ++found / (place + 1);
  }
  const possible = possibleHits(relevant, k, denominator);
  return possible === 0 ? 0 : sum / possible;
}

/**
 * Reciprocal rank within the first k: 1 / place of the first relevant product, 0 when there is none. MRR@k is its mean
 * over customers, those without a hit included.
 * @example
 * reciprocalRank([4, 7, 1], new Set([7]), 3); // 0.5
 */
export function reciprocalRank(ranked: ArrayLike<number>, relevant: ReadonlySet<number>, k: number): number {
  requireInteger("k", k, 1);
  for (let place = 0; place < Math.min(k, ranked.length); place++) {
    if (relevant.has(ranked[place])) return 1 / (place + 1);
  }
  return 0;
}

/**
 * NDCG@k with binary gains: sum over hits of 1 / log2(place + 1), divided by the same sum of an ideal list.
 * @param ideal `truncated` (the default, as in most papers and libraries) takes an ideal list of min(k, |relevant|)
 * hits; `full` one of |relevant| hits whatever k is, as some next-basket papers do: never larger than the other
 * @returns 0 when nothing is relevant
 * @example
 * ndcg([7, 3], new Set([3]), 2); // 1 / log2(3) = 0.63
 */
export function ndcg(
  ranked: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  k: number,
  ideal: IdealRanking = "truncated",
): number {
  requireInteger("k", k, 1);
  let gain = 0;
  for (let place = 0; place < Math.min(k, ranked.length); place++) {
    if (relevant.has(ranked[place])) gain += discount(place);
  }
  const idealLength = ideal === "truncated" ? Math.min(k, relevant.size) : relevant.size;
  let best = 0;
  for (let place = 0; place < idealLength; place++) best += discount(place);
  return best === 0 ? 0 : gain / best;
}

/** What a hit is worth at a place that counts from 0. */
function discount(place: number): number {
  return 1 / Math.log2(place + 2);
}

function possibleHits(relevant: ReadonlySet<number>, k: number, denominator: RecallDenominator): number {
  return denominator === "relevant" ? relevant.size : Math.min(k, relevant.size);
}

function hits(ranked: ArrayLike<number>, relevant: ReadonlySet<number>, k: number): number {
  requireInteger("k", k, 1);
  let found = 0;
  for (let place = 0; place < Math.min(k, ranked.length); place++) if (relevant.has(ranked[place])) found++;
  return found;
}
