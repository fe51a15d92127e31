/**
 * Cannibalisation: the share of a bundle's buyers who would have bought everything in it anyway. They bring no margin and
 * cost the discount. Both rates are binomial with Jeffreys' prior; the share is their ratio, at most one.
 */
import { InvalidInput, requireInteger, requireNumber } from "../errors.ts";
import { beta, createRandom } from "../random/index.ts";
import { requireCount } from "./check-bundle.ts";
import { estimateOf, type Estimate } from "./estimate.ts";
import { checkNatural, type NaturalOrders } from "./uptake.ts";

/** How many draws, and how wide the intervals. */
export interface DrawOptions {
  /** Draws from the posterior. */
  readonly draws?: number;
  /** Coverage of the intervals. */
  readonly level?: number;
  /** Equal seeds give equal figures. */
  readonly seed?: string | number;
}

/** What a bundle sold that would not have been sold without it. */
export interface Cannibalisation {
  /** Share of the bundle's buyers who would have bought all of it anyway. */
  readonly share: Estimate;
  /** Bundles sold beyond those, per view. Negative: fewer than without the bundle. */
  readonly incrementalRate: Estimate;
}

/**
 * @param natural orders with the anchor, while the bundle was not shown, and those that held the whole set
 * @param offered views of the bundle by shoppers with the anchor, and conversions
 * @throws InvalidInput when counts are not whole or a part exceeds its whole
 * @example
 * estimateCannibalisation({ orders: 4000, joint: 120 }, { views: 900, conversions: 54 }).share.value; // about one half
 */
export function estimateCannibalisation(
  natural: NaturalOrders,
  offered: { readonly views: number; readonly conversions: number },
  { draws = 4000, level = 0.95, seed = "cannibalisation" }: DrawOptions = {},
): Cannibalisation {
  checkDraws({ draws, level });
  checkNatural(natural, "natural");
  checkOffered(offered);
  const random = createRandom(seed);
  const share = new Float64Array(draws);
  const incremental = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    const without = beta(random, natural.joint + 0.5, natural.orders - natural.joint + 0.5);
    const taken = beta(random, offered.conversions + 0.5, offered.views - offered.conversions + 0.5);
    share[draw] = Math.min(1, without / taken);
    incremental[draw] = taken - without;
  }
  return { share: estimateOf(share, level), incrementalRate: estimateOf(incremental, level) };
}

/** @throws InvalidOption when there are too few draws or the level is not a coverage */
export function checkDraws({ draws, level }: { readonly draws: number; readonly level: number }): void {
  requireInteger("draws", draws, 100);
  requireNumber("level", level, 0.5, 0.999);
}

/** @throws InvalidInput unless both are whole and there are at most as many conversions as views */
export function checkOffered({ views, conversions }: { readonly views: number; readonly conversions: number }): void {
  requireCount(views, 0, "offered.views");
  requireCount(conversions, 0, "offered.conversions");
  if (conversions > views) throw new InvalidInput("offered.conversions", conversions, `at most the views (${views})`);
}
