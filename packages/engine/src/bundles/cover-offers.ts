/** Every way in which a cart's units can make up a bundle: the offers that the cover of a cart chooses from. */
import type { Minor } from "../catalogue/money.ts";
import type { Bundle, BundleDiscount, BundleLine } from "./bundle.ts";
import { productsOf, slotsOf } from "./bundle-sets.ts";
import { discountOf, giftOf, type PriceBundleOptions } from "./price-bundle.ts";

/** One bundle made of certain units of the cart. */
export interface CoverOffer {
  /** Index of the bundle. */
  readonly bundle: number;
  readonly tier?: string;
  /** Units of each line that it uses, lines without any left out. */
  readonly units: readonly (readonly [line: number, quantity: number])[];
  readonly saving: Minor;
  readonly isShippingFree: boolean;
}

/** The offers of one bundle. */
export interface BundleOffers {
  readonly offers: readonly CoverOffer[];
  /** What the ways that were not listed could save at most, all of them together; 0 when all are listed. */
  readonly unlisted: Minor;
}

/** Lines that something in the bundle can be taken from, and how many units it takes. */
interface Demand {
  readonly lines: readonly number[];
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * @param index place of the bundle among those that are offered
 * @param ways how many different ways are listed at most
 * @returns offers that save something, each with units of its own kind
 * @example
 * const { offers } = offersOfBundle(bundle, 0, cart, linesOfProduct, {}, 200);
 */
export function offersOfBundle(
  bundle: Bundle,
  index: number,
  lines: readonly BundleLine[],
  linesOfProduct: ReadonlyMap<string, readonly number[]>,
  options: Omit<PriceBundleOptions, "tier">,
  ways: number,
): BundleOffers {
  const tiers = bundle.type === "tiered" ? (bundle.tiers ?? []).map(({ name }) => name) : [undefined];
  const offers: CoverOffer[] = [];
  let unlisted = 0;
  for (const tier of tiers) {
    const demands = demandsOf(bundle, tier, linesOfProduct);
    if (!demands) continue;
    const found = waysToMeet(demands, lines, ways);
    for (const units of found.ways) {
      const offer = offerOf(bundle, index, tier, units, lines, options);
      if (offer.saving > 0) offers.push(offer);
    }
    if (!found.isComplete) unlisted += mostOf(discountOf(bundle, tier), demands, lines, options);
  }
  return { offers, unlisted };
}

/** @returns undefined when the cart lacks a product that is required */
function demandsOf(
  bundle: Bundle,
  tier: string | undefined,
  linesOfProduct: ReadonlyMap<string, readonly number[]>,
): Demand[] | undefined {
  const demands: Demand[] = [];
  if (bundle.type === "mix-match") {
    for (const { choices, minimum, maximum } of slotsOf(bundle)) {
      const lines = choices.flatMap((id) => linesOfProduct.get(id) ?? []);
      if (lines.length === 0 && minimum > 0) return undefined;
      demands.push({ lines, minimum, maximum });
    }
    return demands;
  }
  for (const { productId, quantity, required } of productsOf(bundle, tier)) {
    const lines = linesOfProduct.get(productId);
    if (lines) demands.push({ lines, minimum: required ? quantity : 0, maximum: quantity });
    else if (required) return undefined;
  }
  return demands;
}

/** Units of lines that meet all demands, dearest lines and most units first, each once. */
function waysToMeet(
  demands: readonly Demand[],
  lines: readonly BundleLine[],
  limit: number,
): { ways: CoverOffer["units"][]; isComplete: boolean } {
  const fixed = fixedWay(demands, lines);
  if (fixed) return { ways: fixed.length > 0 ? [fixed] : [], isComplete: true };
  const sorted = demands.map((demand) => ({
    ...demand,
    lines: demand.lines.toSorted((a, b) => lines[b].unitPrice - lines[a].unitPrice || a - b),
  }));
  const own = [...new Set(sorted.flatMap((demand) => demand.lines))].sort((a, b) => a - b);
  const taken = new Map(own.map((line) => [line, 0]));
  const takenOf = (line: number): number => taken.get(line) ?? 0;
  const ways = new Map<string, CoverOffer["units"]>();
  let isComplete = true;
  // Different placings of the same units are one way, so steps are bounded too.
  let steps = limit * 20;

  function meet(demand: number, candidate: number, count: number): void {
    if (!isComplete) return;
    if (ways.size >= limit || --steps < 0) {
      isComplete = false;
      return;
    }
    if (demand === sorted.length) {
      const units = own.map((line) => [line, takenOf(line)] as const).filter(([, quantity]) => quantity > 0);
      if (units.length > 0) ways.set(units.join(";"), units);
      return;
    }
    const { lines: choices, minimum, maximum } = sorted[demand];
    if (candidate === choices.length) {
      if (count >= minimum) meet(demand + 1, 0, 0);
      return;
    }
    const line = choices[candidate];
    const before = takenOf(line);
    const isLast = candidate === choices.length - 1;
    const most = Math.min(lines[line].quantity - before, maximum - count);
    const least = isLast ? Math.max(0, minimum - count) : 0;
    for (let quantity = most; quantity >= least; quantity--) {
      taken.set(line, before + quantity);
      meet(demand, candidate + 1, count + quantity);
    }
    taken.set(line, before);
  }
  meet(0, 0, 0);
  return { ways: [...ways.values()], isComplete };
}

/** Where each demand has one line of its own and one number of units, as most have, there is one way or none. */
function fixedWay(demands: readonly Demand[], lines: readonly BundleLine[]): CoverOffer["units"] | undefined {
  const units: (readonly [number, number])[] = [];
  for (const { lines: own, minimum, maximum } of demands) {
    if (own.length !== 1 || minimum !== maximum || units.some(([line]) => line === own[0])) return undefined;
    units.push([own[0], minimum]);
  }
  return units.every(([line, quantity]) => quantity <= lines[line].quantity) ? units : [];
}

function offerOf(
  bundle: Bundle,
  index: number,
  tier: string | undefined,
  units: CoverOffer["units"],
  lines: readonly BundleLine[],
  options: PriceBundleOptions,
): CoverOffer {
  const found = { sets: 1, quantities: units.map(([, quantity]) => quantity), missing: [] };
  const own = units.map(([line, quantity]) => ({ ...lines[line], quantity }));
  const { saving, isShippingFree } = giftOf(bundle, own, found, { ...options, ...(tier !== undefined && { tier }) });
  return { bundle: index, ...(tier !== undefined && { tier }), units, saving, isShippingFree };
}

/** What a bundle can save on all the units it could take: a bound, for ways that were not listed. */
function mostOf(
  { type }: BundleDiscount,
  demands: readonly Demand[],
  lines: readonly BundleLine[],
  { shippingPrice = 0 }: PriceBundleOptions,
): Minor {
  if (type === "free-shipping") return shippingPrice;
  const own = [...new Set(demands.flatMap((demand) => demand.lines))];
  return own.reduce((sum, line) => sum + lines[line].quantity * lines[line].unitPrice, 0);
}
