/**
 * Figures of what customers buy again, apart from those of what they buy for the first time: one mean over both hides
 * that a method only knows the first. Li et al., "A next basket recommendation reality check", TOIS 2023.
 */
import { requireInteger } from "../errors.ts";
import type { JudgedAnswer, Metric } from "./metric.ts";

/**
 * A metric that counts only what the history holds as relevant. The list stays whole, so that products to explore use
 * up places; questions without a repeated product do not count, as in the reality check.
 * @example
 * const again = ofRepeats(metrics.recall(10)); // "recall@10 of relevant, repeats"
 */
export function ofRepeats(metric: Metric): Metric {
  return ofPart(metric, "repeats", (seen, product) => seen.has(product));
}

/**
 * A metric that counts only what the history does not hold as relevant; see `ofRepeats`.
 * @example
 * const first = ofExploration(metrics.recall(10)); // "recall@10 of relevant, exploration"
 */
export function ofExploration(metric: Metric): Metric {
  return ofPart(metric, "exploration", (seen, product) => !seen.has(product));
}

/**
 * The repeat ratio of answers: products of the history among the first k, divided by the length of that list. One minus
 * it is the explore ratio.
 * @example
 * repeatRatio(10).name; // "repeat ratio@10"
 */
export function repeatRatio(k: number): Metric {
  requireInteger("k", k, 1);
  return {
    name: `repeat ratio@${k}`,
    depth: k,
    of({ ranked, history }) {
      const seen = new Set(Array.from(history));
      const list = ranked.products.subarray(0, k);
      return list.filter((product) => seen.has(product)).length / list.length;
    },
  };
}

function ofPart(
  metric: Metric,
  part: string,
  belongs: (seen: ReadonlySet<number>, product: number) => boolean,
): Metric {
  return {
    name: `${metric.name}, ${part}`,
    depth: metric.depth,
    of(answer: JudgedAnswer) {
      const seen = new Set(Array.from(answer.history));
      const relevant = new Set([...answer.relevant].filter((product) => belongs(seen, product)));
      return relevant.size === 0 ? NaN : metric.of({ ...answer, relevant });
    },
  };
}
