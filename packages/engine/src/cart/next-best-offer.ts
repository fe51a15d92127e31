/**
 * Next best offer: of all that could be offered with a cart, the one that adds the most margin, or none.
 *
 * With p the chance that a shopper who sees the offer takes it, q the chance that they would have bought the same without
 * it, m the margin of what is bought and g what the shop gives each taker, net of tax:
 *
 *     gain = p (m - g) - q m = (p - q)(m - g) - q g
 *
 * the first part is earned from those whom the offer persuades, the second is given away to those who would have bought
 * anyway. p and q are known from counts only: their posterior is a beta distribution (Jeffreys' prior), and the interval
 * of the gain is the normal one around its mean with their variances. No offer gains exactly nothing, and is the choice
 * where no other is likely enough to gain more. Intervals are each offer's own: the best of many tried a few times looks
 * better than it is, which a higher `certainty` guards against.
 */
import type { Minor } from "../catalogue/money.ts";
import { InvalidInput, requireNumber } from "../errors.ts";
import { normalCdf, normalQuantile, type Interval } from "../statistics/index.ts";
import type { CartContents } from "./cart-lines.ts";
import { stakeOf, type CartOffer, type OfferObstacle, type Tally } from "./cart-offer.ts";
import type { Shop } from "./shop.ts";

/** How the choice is made. */
export interface NextBestOfferOptions {
  /** Least chance that an offer gains anything, for it to be made at all. */
  readonly certainty?: number;
  /** Least expected gain, in minor units: what a shopper's attention is worth. */
  readonly minimumGain?: Minor;
  /** Coverage of the intervals. */
  readonly level?: number;
  /** Catalogue indices never offered, for example what the customer owns. */
  readonly exclude?: ReadonlySet<number>;
}

/** One offer, weighed. Private figures. */
export interface WeighedOffer {
  readonly id: string;
  readonly kind: CartOffer["kind"];
  /** Why it cannot be made; there are no figures then. */
  readonly obstacle?: OfferObstacle;
  /** Margin in minor units, fractions included, against making no offer. */
  readonly gain?: Interval & { readonly value: number };
  /** Chance that the gain is above zero. */
  readonly chanceOfGain?: number;
  /** Mean chance of acceptance with the offer, and of the purchase without it. */
  readonly acceptance?: number;
  readonly natural?: number;
  /** What is bought leaves this much before anything is given. */
  readonly margin?: number;
  /** What each taker is given. */
  readonly given?: Minor;
}

/** The choice and what it was made from. */
export interface NextBestOffer {
  /** Id of the offer; absent when making none is best. */
  readonly choice?: string;
  /** In plain words, for the merchant. */
  readonly why: string;
  /** Highest gain first, those that cannot be made last. */
  readonly offers: readonly WeighedOffer[];
}

/**
 * @throws InvalidInput naming the offer and field: a repeated id, an unknown product, a discount over 100 %, a currency
 * that is not the market's, a count above its whole; InvalidOption on settings out of range
 * @example
 * const tray = {
 *   kind: "product", id: "tray-10", productId: "tray", percentage: 10,
 *   accepted: { count: 60, of: 1000 }, natural: { count: 20, of: 1000 },
 * } as const;
 * nextBestOffer(cart, { catalogue, market }, [tray]).choice; // "tray-10", or undefined
 */
export function nextBestOffer(
  cart: CartContents,
  shop: Shop,
  offers: readonly CartOffer[],
  { certainty = 0.5, minimumGain = 0, level = 0.95, exclude = new Set() }: NextBestOfferOptions = {},
): NextBestOffer {
  requireNumber("certainty", certainty, 0, 1);
  requireNumber("minimumGain", minimumGain, 0);
  requireNumber("level", level, 0.5, 0.9999);
  checkIds(offers);
  const weighed = offers
    .map((offer, index) => weigh(offer, stakeOf(offer, cart, shop, exclude, `offers[${index}]`), level))
    .toSorted((a, b) => (b.gain?.value ?? -Number.MAX_VALUE) - (a.gain?.value ?? -Number.MAX_VALUE));
  const best = weighed.find(
    ({ gain, chanceOfGain = 0 }) =>
      gain !== undefined && gain.value > 0 && gain.value >= minimumGain && chanceOfGain >= certainty,
  );
  return { ...(best && { choice: best.id }), why: whyOf(best, weighed), offers: weighed };
}

function weigh(offer: CartOffer, stake: ReturnType<typeof stakeOf>, level: number): WeighedOffer {
  const { id, kind } = offer;
  if (typeof stake === "string") return { id, kind, obstacle: stake };
  const { margin, given, cost } = stake;
  const accepted = betaOf(offer.accepted);
  const natural = betaOf(offer.natural);
  const value = accepted.mean * (margin - cost) - natural.mean * margin;
  const deviation = Math.sqrt((margin - cost) ** 2 * accepted.variance + margin ** 2 * natural.variance);
  const half = normalQuantile((1 + level) / 2) * deviation;
  return {
    id,
    kind,
    gain: { value, lower: value - half, upper: value + half },
    chanceOfGain: deviation > 0 ? normalCdf(value / deviation) : Number(value > 0),
    acceptance: accepted.mean,
    natural: natural.mean,
    margin,
    given,
  };
}

/** Mean and variance of Beta(count + 1/2, rest + 1/2). */
function betaOf({ count, of }: Tally): { mean: number; variance: number } {
  const mean = (count + 0.5) / (of + 1);
  return { mean, variance: (mean * (1 - mean)) / (of + 2) };
}

function whyOf(best: WeighedOffer | undefined, weighed: readonly WeighedOffer[]): string {
  if (best) return `Expected to add the most margin of ${weighed.length} offers, after what it gives away.`;
  if (weighed.length === 0) return "There is no offer to choose from.";
  return weighed.every(({ obstacle }) => obstacle !== undefined)
    ? "No offer can be made with this cart."
    : "No offer is likely enough to add margin: making none is best.";
}

function checkIds(offers: readonly CartOffer[]): void {
  const seen = new Set<string>();
  for (const [index, { id }] of offers.entries()) {
    if (!id || seen.has(id)) throw new InvalidInput(`offers[${index}].id`, id, "an id that no other offer has");
    seen.add(id);
  }
}
