/**
 * Metrics as values: a name that says the convention, how deep a list it reads, and the figure of one answer. Whoever
 * judges takes a list of them, so that every protocol and the search for settings count alike.
 */
import { requireInteger } from "../errors.ts";
import { areaUnderCurve, type JudgedRanking } from "./area-under-curve.ts";
import { intraListDiversity, type Similarity } from "./diversity.ts";
import { novelty, type Popularity } from "./novelty.ts";
import {
  averagePrecision,
  hitRate,
  ndcg,
  precision,
  recall,
  reciprocalRank,
  type IdealRanking,
  type RecallDenominator,
} from "./ranking-metrics.ts";

/** One answer, and what it is judged by. */
export interface JudgedAnswer extends JudgedRanking {
  /** What the method was told of the past, oldest first. */
  readonly history: ArrayLike<number>;
}

/** A figure of one answer; reports give its mean over questions. */
export interface Metric {
  /** Its name with the convention, for example `recall@20 of reachable`; no two of one report share it. */
  readonly name: string;
  /** Places it reads; `Infinity` for the whole catalogue. */
  readonly depth: number;
  /** Larger is better, but for novelty and diversity, which are neither. NaN where it does not apply to an answer. */
  of(answer: JudgedAnswer): number;
}

/**
 * The metrics by name. Each takes the length of the list and, where the literature disagrees, the convention.
 * @example
 * const judgedBy = [metrics.hitRate(20), metrics.recall(20, "reachable"), metrics.areaUnderCurve()];
 */
export const metrics = {
  /** HR@k: 1 when any relevant product stands among the first k. */
  hitRate: (k: number): Metric => cutAt(k, `HR@${k}`, ({ ranked, relevant }) => hitRate(ranked.products, relevant, k)),

  /** MRR@k: 1 / place of the first relevant product, 0 behind the first k. */
  reciprocalRank: (k: number): Metric =>
    cutAt(k, `MRR@${k}`, ({ ranked, relevant }) => reciprocalRank(ranked.products, relevant, k)),

  /** Hits among the first k, divided by |relevant| or by what k places can reach of it. */
  recall: (k: number, denominator: RecallDenominator = "relevant"): Metric =>
    cutAt(k, `recall@${k} of ${denominator}`, ({ ranked, relevant }) =>
      recall(ranked.products, relevant, k, denominator),
    ),

  /** Hits among the first k, divided by k. */
  precision: (k: number): Metric =>
    cutAt(k, `precision@${k}`, ({ ranked, relevant }) => precision(ranked.products, relevant, k)),

  /** NDCG@k with the ideal list cut at k, or as long as there are relevant products. */
  ndcg: (k: number, ideal: IdealRanking = "truncated"): Metric =>
    cutAt(k, `NDCG@${k}, ${ideal} ideal`, ({ ranked, relevant }) => ndcg(ranked.products, relevant, k, ideal)),

  /** MAP@k, divided by |relevant| or by what k places can reach of it. */
  averagePrecision: (k: number, denominator: RecallDenominator = "relevant"): Metric =>
    cutAt(k, `MAP@${k} of ${denominator}`, ({ ranked, relevant }) =>
      averagePrecision(ranked.products, relevant, k, denominator),
    ),

  /** AUC of one customer over every product that may be answered; what may not is no pair. */
  areaUnderCurve: (): Metric => ({
    name: "AUC",
    depth: Infinity,
    of(answer) {
      const answerable = [...answer.relevant].filter((product) => !answer.owned.has(product));
      const isWhole = answerable.length === answer.relevant.size;
      return areaUnderCurve(isWhole ? answer : { ...answer, relevant: new Set(answerable) });
    },
  }),

  /** Mean self-information of the first k, in bits. */
  novelty: (k: number, popularity: Popularity): Metric =>
    cutAt(k, `novelty@${k}, bits`, ({ ranked }) => novelty(ranked.products, k, popularity)),

  /** One minus the mean similarity over the pairs among the first k. */
  diversity: (k: number, similarity: Similarity): Metric =>
    cutAt(k, `diversity@${k}`, ({ ranked }) => intraListDiversity(ranked.products, k, similarity)),
};

function cutAt(k: number, name: string, of: Metric["of"]): Metric {
  requireInteger("k", k, 1);
  return { name, depth: k, of };
}
