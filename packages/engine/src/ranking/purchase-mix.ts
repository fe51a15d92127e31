/** What a customer buys again and what they buy for the first time, in one list, in the ratio the shop asks for. */
import { requireNumber } from "../errors.ts";
import type { Ranked } from "../matrix/top-k.ts";

/** One place of a mixed list. */
export interface MarkedProduct {
  readonly product: number;
  /** As ranked: compares within one question only. */
  readonly score: number;
  /** `repeat` for what the customer owns, `explore` for what would be new. */
  readonly habit: "repeat" | "explore";
}

/**
 * @param owned what the customer bought before
 * @example
 * markPurchases(ranked, new Set(history));
 */
export function markPurchases({ products, scores }: Ranked, owned: ReadonlySet<number>): MarkedProduct[] {
  return Array.from(products, (product, place) => {
    return { product, score: scores[place], habit: owned.has(product) ? "repeat" : "explore" };
  });
}

export interface MixRule {
  readonly count: number;
  /** Share of repeats, kept from the top on as nearly as whole places allow and as far as there is enough of each. */
  readonly repeatShare: number;
}

/**
 * @param repeats best first
 * @param explores best first
 * @throws InvalidOption when `repeatShare` is not between 0 and 1
 * @example
 * mixPurchases(repeats, explores, { count: 10, repeatShare: 0.3 }); // three of ten were bought before
 */
export function mixPurchases(
  repeats: readonly MarkedProduct[],
  explores: readonly MarkedProduct[],
  { count, repeatShare }: MixRule,
): MarkedProduct[] {
  requireNumber("repeatShare", repeatShare, 0, 1);
  const mixed: MarkedProduct[] = [];
  let taken = 0;
  while (mixed.length < Math.min(count, repeats.length + explores.length)) {
    const wanted = Math.round(repeatShare * (mixed.length + 1));
    const hasExplore = mixed.length - taken < explores.length;
    const isRepeat = taken < repeats.length && (taken < wanted || !hasExplore);
    mixed.push(isRepeat ? repeats[taken] : explores[mixed.length - taken]);
    if (isRepeat) taken++;
  }
  return mixed;
}
