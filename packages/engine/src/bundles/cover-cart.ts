/**
 * The best bundles for a cart: no unit in two of them, and together they save the shopper most. This is weighted set
 * packing with quantities, which is hard in general and small for the carts people have: the answer says whether it is
 * the best one, and where it is not, how much better another could be at most.
 */
import type { Minor } from "../catalogue/money.ts";
import type { Market } from "../catalogue/product.ts";
import { requireInteger } from "../errors.ts";
import type { Bundle, BundleLine } from "./bundle.ts";
import { checkLines } from "./check-lines.ts";
import { offersOfBundle, type CoverOffer } from "./cover-offers.ts";
import { createPacking } from "./packing.ts";
import { searchPacking } from "./packing-search.ts";
import { checkPricing, type PriceBundleOptions } from "./price-bundle.ts";

/** How hard to look. */
export interface CoverCartOptions extends Omit<PriceBundleOptions, "tier"> {
  /** Offers and lines looked at over all nodes of the search, exchanges included at their cost: more costs time, about a microsecond each. */
  readonly effort?: number;
  /** Ways in which one bundle may be made of the cart's lines. */
  readonly waysLimit?: number;
}

/** A bundle that is taken, one or more times in the same way. */
export interface CoveringBundle {
  readonly bundleId: string;
  readonly tier?: string;
  readonly times: number;
  /** Units of each line that one of them uses. */
  readonly units: readonly { readonly line: number; readonly productId: string; readonly quantity: number }[];
  /** Of all times together, minor units. */
  readonly saving: Minor;
}

/** The bundles of a cart. */
export interface CartCover {
  /** Whether no other set of bundles saves more. */
  readonly exact: boolean;
  readonly saving: Minor;
  /** No set of bundles saves more than this; equal to `saving` when the cover is exact. */
  readonly bound: Minor;
  readonly bundles: readonly CoveringBundle[];
  /** Units of each line that are in no bundle. */
  readonly uncovered: readonly number[];
  /** Ways to make a bundle that were weighed against one another, and nodes of the search. */
  readonly offers: number;
  readonly nodes: number;
}

/**
 * Conditions hold for each bundle alone; free shipping is given once. Bundles must be for sale already (`isBundleActive`).
 * @returns deterministic: the same cart and bundles, in the same order, give the same cover
 * @throws InvalidInput as `priceBundle`, naming the bundle
 * @example
 * const { bundles, saving, exact } = coverCart(cart, activeBundles, market);
 */
export function coverCart(
  lines: readonly BundleLine[],
  bundles: readonly Bundle[],
  market: Pick<Market, "currency">,
  { effort = 3500, waysLimit = 200, ...pricing }: CoverCartOptions = {},
): CartCover {
  requireInteger("effort", effort, 1);
  requireInteger("waysLimit", waysLimit, 1);
  checkLines(lines, market.currency);
  for (const [index, bundle] of bundles.entries()) checkPricing(bundle, market, pricing, `bundles[${index}]`);
  const linesOfProduct = new Map<string, number[]>();
  for (const [line, { productId }] of lines.entries()) {
    linesOfProduct.set(productId, [...(linesOfProduct.get(productId) ?? []), line]);
  }
  const listed = bundles.map((bundle, index) =>
    offersOfBundle(bundle, index, lines, linesOfProduct, pricing, waysLimit),
  );
  const unlisted = listed.reduce((sum, offers) => sum + offers.unlisted, 0);
  const offers = withoutDominated(listed.flatMap((entry) => entry.offers));
  const { times, saving, bound, nodes } = searchPacking(packingOf(offers, lines), effort);
  return {
    exact: bound + unlisted === saving,
    saving,
    bound: bound + unlisted,
    bundles: offers.flatMap((offer, index) =>
      times[index] > 0 ? [covering(offer, times[index], bundles, lines)] : [],
    ),
    uncovered: unitsLeft(lines, offers, times),
    offers: offers.length,
    nodes,
  };
}

/** Of offers that use the same units, the one that saves most; the first of equal ones. */
function withoutDominated(offers: readonly CoverOffer[]): CoverOffer[] {
  const best = new Map<string, CoverOffer>();
  for (const offer of offers) {
    const key = `${Number(offer.isShippingFree)};${offer.units.join(";")}`;
    const known = best.get(key);
    if (!known || offer.saving > known.saving) best.set(key, offer);
  }
  return [...best.values()];
}

/** A row for each line that is used, and one for free shipping, which is there once. */
function packingOf(offers: readonly CoverOffer[], lines: readonly BundleLine[]): ReturnType<typeof createPacking> {
  const used = [...new Set(offers.flatMap(({ units }) => units.map(([line]) => line)))].sort((a, b) => a - b);
  const rowOf = new Map(used.map((line, row) => [line, row]));
  const shipping = used.length;
  const needs = offers.map(({ units, isShippingFree }) => {
    const rows = units.map(([line, quantity]): [number, number] => [rowOf.get(line) ?? 0, quantity]);
    return isShippingFree ? [...rows, [shipping, 1] as [number, number]] : rows;
  });
  return createPacking(
    [...used.map((line) => lines[line].quantity), 1],
    offers.map(({ saving }) => saving),
    needs,
  );
}

function covering(
  { bundle, tier, units, saving }: CoverOffer,
  times: number,
  bundles: readonly Bundle[],
  lines: readonly BundleLine[],
): CoveringBundle {
  return {
    bundleId: bundles[bundle].id,
    ...(tier !== undefined && { tier }),
    times,
    units: units.map(([line, quantity]) => ({ line, productId: lines[line].productId, quantity })),
    saving: saving * times,
  };
}

function unitsLeft(lines: readonly BundleLine[], offers: readonly CoverOffer[], times: Uint32Array): number[] {
  const left = lines.map(({ quantity }) => quantity);
  for (const [index, { units }] of offers.entries()) {
    for (const [line, quantity] of units) left[line] -= quantity * times[index];
  }
  return left;
}
