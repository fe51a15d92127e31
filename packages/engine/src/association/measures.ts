/**
 * The classical measures of an association A -> B. They describe; none of them is evidence: see `affinity.ts`.
 * Agrawal, Imielinski and Swami 1993 (support, confidence); Brin et al. 1997 (lift, conviction); Piatetsky-Shapiro 1991
 * (leverage); Wu, Chen and Han, "Re-examination of interestingness measures in pattern mining", DMKD 21, 2010
 * (Kulczynski, imbalance ratio). A and B may be products or sets of products.
 */
import { InvalidOption, requireInteger } from "../errors.ts";

/** Numbers of baskets: all of them, those with A, with B, with both. */
export interface PairFrequencies {
  readonly baskets: number;
  readonly left: number;
  readonly right: number;
  readonly joint: number;
}

/** The classical measures of one pair. */
export interface PairMeasures {
  /** Share of all baskets with both. */
  readonly support: number;
  /** Share of A's baskets that hold B. */
  readonly confidence: number;
  /** Share of B's baskets that hold A. */
  readonly reverseConfidence: number;
  /** Joint share over the product of the shares: 1 if all baskets were alike and the products independent. */
  readonly lift: number;
  /** Joint share less the product of the shares. */
  readonly leverage: number;
  /**
   * P(A) P(not B) / P(A and not B): how much more often A would go without B if they were independent. Infinite where
   * it never does.
   */
  readonly conviction: number;
  /** Mean of the two confidences: unlike lift it does not change with baskets that hold neither. */
  readonly kulczynski: number;
  /** |n(A) - n(B)| / n(A or B): 0 where both are equally frequent, near 1 where one is a small part of the other. */
  readonly imbalance: number;
}

/**
 * @throws InvalidOption when a frequency is not a whole number or larger than what it is part of
 * @example
 * measurePair({ baskets: 100, left: 20, right: 10, joint: 8 }).lift; // 4
 */
export function measurePair({ baskets, left, right, joint }: PairFrequencies): PairMeasures {
  requireInteger("baskets", baskets, 1);
  requireInteger("left", left, 1);
  requireInteger("right", right, 1);
  requireInteger("joint", joint, Math.max(0, left + right - baskets));
  if (joint > Math.min(left, right)) throw new InvalidOption("joint", joint, "at most the baskets with either product");
  if (Math.max(left, right) > baskets) throw new InvalidOption("baskets", baskets, "at least those with one product");
  return {
    support: joint / baskets,
    confidence: joint / left,
    reverseConfidence: joint / right,
    lift: (baskets * joint) / (left * right),
    leverage: joint / baskets - (left / baskets) * (right / baskets),
    conviction: joint === left ? Infinity : (left * (baskets - right)) / (baskets * (left - joint)),
    kulczynski: (joint / left + joint / right) / 2,
    imbalance: Math.abs(left - right) / (left + right - joint),
  };
}
