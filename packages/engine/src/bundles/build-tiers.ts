/** Good, better, best: substitutes of one another at rising prices, the steps neither too small to matter nor too large to take. */
import { type Minor, requireMinor } from "../catalogue/money.ts";
import { requireInteger, requireNumber } from "../errors.ts";
import type { BundleTier } from "./bundle.ts";

/** A product that could be a tier. All of them are substitutes of one another. */
export interface TierChoice {
  readonly productId: string;
  readonly price: Minor;
  /** How well it sells or is rated; zero or more. The sum over the tiers is made as large as it can be. */
  readonly score: number;
}

/** How far apart the tiers stand. */
export interface BuildTiersOptions {
  /** Names of the tiers, cheapest first. */
  readonly names?: readonly string[];
  /** The least and the most that a tier may cost, as a multiple of the one before. */
  readonly smallestStep?: number;
  readonly largestStep?: number;
}

/**
 * Longest path over the choices in order of price: O(tiers x choices^2), exact.
 * @returns one tier a name, prices rising; empty when the choices do not have so many steps
 * @throws InvalidInput when a price is no whole number of minor units; InvalidOption when the steps cross
 * @example
 * buildTiers([{ productId: "a", price: 1000, score: 3 }, { productId: "b", price: 1500, score: 2 }], { names: ["good", "better"] });
 */
export function buildTiers(
  choices: readonly TierChoice[],
  { names = ["good", "better", "best"], smallestStep = 1.15, largestStep = 2.5 }: BuildTiersOptions = {},
): BundleTier[] {
  requireInteger("names.length", names.length, 2);
  requireNumber("smallestStep", smallestStep, 1);
  requireNumber("largestStep", largestStep, smallestStep);
  for (const [index, { price }] of choices.entries()) requireMinor(price, `choices[${index}].price`);
  const sorted = choices.toSorted(
    (a, b) => a.price - b.price || b.score - a.score || (a.productId < b.productId ? -1 : 1),
  );
  const last = names.length - 1;
  const total = names.map((_, tier) => sorted.map(({ score }) => (tier === 0 ? score : -Infinity)));
  const before = names.map(() => sorted.map(() => -1));
  for (let tier = 1; tier <= last; tier++) {
    for (const [upper, { price, score }] of sorted.entries()) {
      for (let lower = 0; lower < upper; lower++) {
        const cheaper = sorted[lower].price;
        const isStep = price > cheaper && price >= cheaper * smallestStep && price <= cheaper * largestStep;
        const sum = total[tier - 1][lower] + score;
        if (!isStep || sum <= total[tier][upper]) continue;
        total[tier][upper] = sum;
        before[tier][upper] = lower;
      }
    }
  }
  let at = total[last].reduce((best, sum, index) => (sum > (total[last][best] ?? -Infinity) ? index : best), -1);
  if (at < 0) return [];
  const tiers: BundleTier[] = [];
  for (let tier = last; tier >= 0; tier--) {
    tiers.unshift({ name: names[tier], products: [{ productId: sorted[at].productId, quantity: 1, required: true }] });
    at = before[tier][at];
  }
  return tiers;
}
