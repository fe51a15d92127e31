/**
 * The way to free shipping (or to a gift): what is lacking, and the products that close the gap with the least overshoot,
 * those that suit the shopper first.
 *
 * The gap is the threshold minus the subtotal of goods after discounts. Shipping, gift cards and tips are no part of it;
 * tax is in it as far as the shop's prices include it, on both sides alike.
 */
import { formatMoney, requireMinor, type Minor } from "../catalogue/money.ts";
import { requireInteger, requireNumber } from "../errors.ts";
import { countBelow } from "../matrix/bisect.ts";
import { requireCurrency } from "./amounts.ts";
import type { CartContents } from "./cart-lines.ts";
import { bestPair, bestSingle, type GapAnswer, type GapQuestion } from "./gap-search.ts";
import { priceIndexOf } from "./price-index.ts";
import { showableIn, type Shop } from "./shop.ts";
import { shownProduct, type ShownProduct } from "./shown-product.ts";

/** What the shop grants from a certain subtotal on. */
export interface ShippingThreshold {
  /** Goods after discounts, in minor units. */
  readonly amount: Minor;
  /** ISO 4217; the market's when left out. */
  readonly currency?: string;
}

/** How products are chosen. */
export interface NudgeOptions {
  /** How well a product suits the shopper and the cart, in [0, 1]. All suit alike when left out. */
  readonly relevanceOf?: (product: number) => number;
  /** What full relevance counts against an overshoot as large as the gap. */
  readonly relevanceWeight?: number;
  /** What a second product costs in worth: it is one more thing to decide. */
  readonly pairPenalty?: number;
  /** The most that a suggestion may cost beyond the gap, in minor units. As much as the gap when left out. */
  readonly maximumOvershoot?: Minor;
  /** Nothing is suggested below this share of the threshold: a shopper that far away is not on the way there. */
  readonly reach?: number;
  /** Whether two products together may close the gap. */
  readonly pairs?: boolean;
  /** Discounts on the cart, taken off the subtotal of its lines. */
  readonly discount?: Minor;
  /** Catalogue indices never suggested, for example what the customer owns. */
  readonly exclude?: ReadonlySet<number>;
  readonly count?: number;
}

/** One or two products that close the gap. */
export interface NudgeSuggestion {
  readonly products: readonly ShownProduct[];
  readonly total: Minor;
  /** total - gap: what goes beyond the threshold, zero or more. */
  readonly overshoot: Minor;
  /** Relevance against overshoot; see `gap-search.ts`. */
  readonly worth: number;
}

/** Where a cart stands before a threshold. */
export interface ShippingNudge {
  /** `unreachable`: no one or two products close the gap within the overshoot that is allowed. */
  readonly status: "reached" | "within-reach" | "too-far" | "unreachable";
  readonly currency: string;
  readonly threshold: Minor;
  readonly subtotal: Minor;
  /** What is lacking; 0 when the threshold is reached. */
  readonly gap: Minor;
  /** Best first; empty unless `within-reach`. No product is in two of them. */
  readonly suggestions: readonly NudgeSuggestion[];
  /** For the shopper. */
  readonly message: string;
}

/**
 * Each suggestion is the best one of the products that no suggestion before it uses: exact, over all products of the
 * market, in time linear in their number. Products of the cart are never suggested.
 * @throws InvalidInput when an amount is no whole number of minor units or the threshold is in another currency;
 * InvalidOption on settings out of range
 * @example
 * const cart = readCart([{ productId: "mug", quantity: 1 }], catalogue, market);
 * const { gap, suggestions } = nudgeToThreshold(cart, { amount: 4000 }, { catalogue, market });
 */
export function nudgeToThreshold(
  cart: CartContents,
  { amount, currency }: ShippingThreshold,
  shop: Shop,
  options: NudgeOptions = {},
): ShippingNudge {
  const { discount = 0, reach = 0.5, count = 3, maximumOvershoot } = options;
  requireMinor(amount, "threshold.amount");
  requireCurrency(currency, shop.market, "threshold.currency");
  requireMinor(discount, "discount");
  if (maximumOvershoot !== undefined) requireMinor(maximumOvershoot, "maximumOvershoot");
  requireNumber("reach", reach, 0, 1);
  requireInteger("count", count, 1);

  const subtotal = Math.max(0, cart.subtotal - discount);
  const gap = Math.max(0, amount - subtotal);
  const isNear = gap > 0 && subtotal >= reach * amount;
  const suggestions = isNear ? closeGap(cart, gap, shop, options, count) : [];
  const status = gap === 0 ? "reached" : !isNear ? "too-far" : suggestions.length > 0 ? "within-reach" : "unreachable";
  const base = { status, currency: shop.market.currency, threshold: amount, subtotal, gap, suggestions } as const;
  return { ...base, message: messageOf(base, shop.market.locale) };
}

function closeGap(
  { products }: CartContents,
  gap: Minor,
  shop: Shop,
  {
    relevanceOf = () => 0,
    relevanceWeight = 1,
    pairPenalty = 0.1,
    maximumOvershoot = gap,
    pairs = true,
    exclude,
  }: NudgeOptions,
  count: number,
): NudgeSuggestion[] {
  requireNumber("relevanceWeight", relevanceWeight, 0);
  requireNumber("pairPenalty", pairPenalty, 0);
  const index = priceIndexOf(shop.catalogue, shop.market);
  // What costs more than gap and overshoot together is out of the question, alone and in a pair.
  const affordable = countBelow(index.price, gap + maximumOvershoot + 1);
  const price = index.price.subarray(0, affordable);
  const relevance = new Float64Array(affordable);
  const isShown = showableIn(shop);
  const inCart = new Set(products);
  for (let place = 0; place < affordable; place++) {
    const product = index.product[place];
    const isAllowed = !inCart.has(product) && !exclude?.has(product) && isShown(product);
    relevance[place] = isAllowed ? withinUnit(relevanceOf(product)) : -1;
  }
  const question = { price, relevance, gap, maximumOvershoot, relevanceWeight, pairPenalty };
  const suggestions: NudgeSuggestion[] = [];
  while (suggestions.length < count) {
    const answer = bestOf(question, pairs);
    if (!answer) break;
    for (const place of answer.places) relevance[place] = -1;
    suggestions.push(present(answer, index.product, gap, shop));
  }
  return suggestions;
}

/** A product of unknown relevance has none. */
function withinUnit(relevance: number): number {
  return relevance > 0 ? Math.min(1, relevance) : 0;
}

function bestOf(question: GapQuestion, pairs: boolean): GapAnswer | undefined {
  const single = bestSingle(question);
  const pair = pairs ? bestPair(question) : undefined;
  return single && pair ? (pair.worth > single.worth ? pair : single) : (single ?? pair);
}

function present({ places, worth }: GapAnswer, product: Uint32Array, gap: Minor, shop: Shop): NudgeSuggestion {
  const products = places.flatMap((place) => shownProduct(product[place], shop) ?? []);
  const total = products.reduce((sum, { price }) => sum + price, 0);
  return { products, total, overshoot: total - gap, worth };
}

function messageOf({ status, gap, currency }: Omit<ShippingNudge, "message">, locale: string): string {
  return status === "reached"
    ? "Your order ships free."
    : `${formatMoney(gap, currency, locale)} to go for free shipping.`;
}
