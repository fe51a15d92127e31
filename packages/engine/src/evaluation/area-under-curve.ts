/**
 * AUC of one customer: the chance that a product they went on to buy stands above one they did not, over all products
 * of the catalogue that they had never bought. Mann-Whitney with ties counted half (Hanley and McNeil, Radiology 1982).
 */
import type { Ranked } from "../matrix/top-k.ts";

/** One customer's answer and what it is judged by. */
export interface JudgedRanking {
  /**
   * Best first, no product twice. Equal scores tie. Products that are not in it tie with one another below all that
   * are: a model gets no credit for an order it did not state.
   */
  readonly ranked: Ranked;
  /** Products the customer went on to buy; none of them is in `owned`. */
  readonly relevant: ReadonlySet<number>;
  /** Products the customer had bought before: neither right nor wrong, left out wherever they stand. */
  readonly owned: ReadonlySet<number>;
  /** Size of the catalogue, all of which is ranked. */
  readonly productCount: number;
}

/**
 * @returns a share of |relevant| x (productCount - |owned| - |relevant|) pairs; 0.5 is chance; NaN without a pair
 * @example
 * const ranked = { products: Uint32Array.of(4, 2), scores: Float64Array.of(0.9, 0.4) };
 * areaUnderCurve({ ranked, relevant: new Set([2]), owned: new Set(), productCount: 5 }); // 3 of 4 pairs: 0.75
 */
export function areaUnderCurve({ ranked, relevant, owned, productCount }: JudgedRanking): number {
  const others = productCount - owned.size - relevant.size;
  let wins = 0;
  let relevantSeen = 0;
  let othersSeen = 0;
  for (let start = 0, end = 0; start < ranked.products.length; start = end) {
    let relevantTied = 0;
    let othersTied = 0;
    while (end < ranked.products.length && ranked.scores[end] === ranked.scores[start]) {
      const product = ranked.products[end++];
      if (relevant.has(product)) relevantTied++;
      else if (!owned.has(product)) othersTied++;
    }
    wins += relevantTied * (others - othersSeen - othersTied / 2);
    relevantSeen += relevantTied;
    othersSeen += othersTied;
  }
  wins += ((relevant.size - relevantSeen) * (others - othersSeen)) / 2;
  return wins / (relevant.size * others);
}
