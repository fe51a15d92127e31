/**
 * Which set of products and which discount earn most. For each pair the margin that one view adds is
 *
 *     (take rate - natural rate) x margin of the products besides the anchor - take rate x what the bundle gives away
 *
 * over draws of the uptake (`uptake.ts`), so that every figure has an interval and the assumptions show in its width.
 * Buyers who would have bought everything anyway cost the discount and bring nothing: that is in the formula.
 */
import { formatMoney, type Minor, requireMinor } from "../catalogue/money.ts";
import type { Market } from "../catalogue/product.ts";
import { InvalidInput } from "../errors.ts";
import { createRandom } from "../random/index.ts";
import type { BundleDiscount, BundleLine } from "./bundle.ts";
import { checkDraws, type DrawOptions } from "./cannibalisation.ts";
import { checkDiscount } from "./check-bundle.ts";
import { checkLines } from "./check-lines.ts";
import { estimateOf, type Estimate } from "./estimate.ts";
import { priceUnitsTogether } from "./price-bundle.ts";
import { checkFloor, type PriceFloor } from "./price-floor.ts";
import {
  defaultUptakePrior,
  drawUptake,
  fitUptake,
  type BundleTrial,
  type NaturalOrders,
  type UptakeDraw,
  type UptakePrior,
} from "./uptake.ts";

/** A set of products that could be a bundle. */
export interface BundleSet {
  /** One line a product, each with its cost. */
  readonly lines: readonly (BundleLine & { readonly unitCost: Minor })[];
  /** The product that shoppers come for: the bundle is shown to those who have it. */
  readonly anchor: string;
  readonly natural: NaturalOrders;
  readonly trials?: readonly BundleTrial[];
}

/** What is tried, and what is assumed. */
export interface OptimiseBundleOptions extends DrawOptions {
  /** Nothing, then every five percent up to thirty when left out. Free shipping is weighed by its price. */
  readonly discounts?: readonly BundleDiscount[];
  readonly floor?: PriceFloor;
  readonly prior?: UptakePrior;
  readonly shippingPrice?: Minor;
  /** `shippingPrice` when left out. */
  readonly shippingCost?: Minor;
}

/** One set at one discount. Amounts in minor units of the market's currency. */
export interface BundleOption {
  /** Place among the sets. */
  readonly set: number;
  readonly discount: BundleDiscount;
  /** What the bundle costs, and what the shopper saves, floors held. */
  readonly price: Minor;
  readonly saving: Minor;
  readonly takeRate: Estimate;
  /** Share of buyers who would have bought everything anyway. */
  readonly cannibalised: Estimate;
  /** Margin that one view adds to what is earned without the bundle. */
  readonly marginPerView: Estimate;
  /** The same over as many views as there are orders with the anchor. */
  readonly margin: Estimate;
  /** Probability that the bundle adds anything. */
  readonly probabilityOfGain: number;
}

/** What to do. */
export interface BundleAdvice {
  /** `gain`: even the lower end is a gain. `unsure`: the mean is one, the lower end is not. `none`: no option gains. */
  readonly verdict: "gain" | "unsure" | "none";
  /** The option with the highest mean margin; absent when none gains. */
  readonly best?: BundleOption;
  /** Highest mean margin first. */
  readonly options: readonly BundleOption[];
  /** For the merchant, with figures. */
  readonly explanation: string;
}

const everyFivePercent: readonly BundleDiscount[] = [0, 5, 10, 15, 20, 25, 30].map((value) => ({
  type: "percentage",
  value,
}));

/**
 * @throws InvalidInput when there is no set, an anchor is not in its set, or as `priceBundle`
 * @example
 * const { best, verdict, explanation } = optimiseBundle([{ lines, anchor: "pot", natural: { orders: 4000, joint: 120 } }], market);
 */
export function optimiseBundle(
  sets: readonly BundleSet[],
  market: Pick<Market, "currency" | "locale">,
  { discounts = everyFivePercent, draws = 2000, level = 0.95, seed = "bundles", ...terms }: OptimiseBundleOptions = {},
): BundleAdvice {
  checkDraws({ draws, level });
  checkTerms(sets, discounts, market, terms);
  const options = sets.flatMap((set, index) => {
    const random = createRandom(seed).fork(String(index));
    const posterior = fitUptake(set.natural, set.trials, terms.prior ?? defaultUptakePrior);
    // The same possible worlds for every discount of a set: differences between discounts are not noise.
    const worlds = Array.from({ length: draws }, () => drawUptake(posterior, random));
    return discounts.map((discount) => weigh(set, index, discount, worlds, level, terms));
  });
  options.sort((a, b) => b.margin.value - a.margin.value || a.saving - b.saving || a.set - b.set);
  const best = options.find(({ margin }) => margin.value > 0);
  const verdict = !best ? "none" : best.marginPerView.lower > 0 ? "gain" : "unsure";
  return { verdict, ...(best && { best }), options, explanation: explain(best, verdict, sets, market, level) };
}

function weigh(
  { lines, anchor, natural }: BundleSet,
  index: number,
  discount: BundleDiscount,
  worlds: readonly UptakeDraw[],
  level: number,
  { floor = {}, shippingPrice = 0, shippingCost = shippingPrice }: OptimiseBundleOptions,
): BundleOption {
  const {
    total,
    saving,
    discount: given,
    isShippingFree,
  } = priceUnitsTogether(discount, lines, { floor, shippingPrice });
  const cost = given + (isShippingFree ? shippingCost : 0);
  const rest = lines
    .filter(({ productId }) => productId !== anchor)
    .reduce((sum, line) => sum + line.quantity * (line.unitPrice - line.unitCost), 0);
  const percent = total + given === 0 ? 0 : Math.min(100, (100 * saving) / (total + given));
  const rates = worlds.map((world) => world.takeRate(percent));
  const perView = worlds.map((world, draw) => (rates[draw] - world.natural) * rest - rates[draw] * cost);
  const marginPerView = estimateOf(perView, level);
  return {
    set: index,
    discount,
    price: total,
    saving,
    takeRate: estimateOf(rates, level),
    cannibalised: estimateOf(
      worlds.map((world, draw) => Math.min(1, world.natural / rates[draw])),
      level,
    ),
    marginPerView,
    margin: {
      value: marginPerView.value * natural.orders,
      lower: marginPerView.lower * natural.orders,
      upper: marginPerView.upper * natural.orders,
    },
    probabilityOfGain: perView.filter((gain) => gain > 0).length / perView.length,
  };
}

function explain(
  best: BundleOption | undefined,
  verdict: BundleAdvice["verdict"],
  sets: readonly BundleSet[],
  { currency, locale }: Pick<Market, "currency" | "locale">,
  level: number,
): string {
  if (!best)
    return "No set of products gains at any of these discounts: those who would buy everything anyway cost more than the others bring.";
  const money = (amount: number): string => formatMoney(Math.round(amount), currency, locale);
  const { margin, discount, cannibalised, saving } = best;
  const products = sets[best.set].lines.map(({ productId }) => productId).join(" + ");
  const terms =
    discount.type === "percentage"
      ? `${discount.value}% off`
      : discount.type === "fixed"
        ? `${money(saving)} off`
        : "free shipping";
  const figures = `${products} with ${terms}: ${money(margin.value)} more margin over as many views as there were orders with the anchor (${Math.round(level * 100)}% interval ${money(margin.lower)} to ${money(margin.upper)}); about ${Math.round(cannibalised.value * 100)}% of buyers would have bought all of it anyway.`;
  if (verdict === "gain") return figures;
  return `${figures} It may also lose money: test it before it stays.`;
}

function checkTerms(
  sets: readonly BundleSet[],
  discounts: readonly BundleDiscount[],
  { currency }: Pick<Market, "currency">,
  { floor = {}, shippingPrice = 0, shippingCost = 0 }: OptimiseBundleOptions,
): void {
  if (sets.length === 0) throw new InvalidInput("sets", "[]", "at least one set of products");
  if (discounts.length === 0) throw new InvalidInput("discounts", "[]", "at least one discount");
  for (const [index, discount] of discounts.entries()) checkDiscount(discount, `discounts[${index}]`);
  for (const [index, { lines, anchor }] of sets.entries()) {
    checkLines(lines, currency, `sets[${index}].lines`);
    if (lines.some(({ productId }) => productId === anchor)) continue;
    throw new InvalidInput(`sets[${index}].anchor`, anchor, "the product of one of the set's lines");
  }
  checkFloor(floor, "floor");
  requireMinor(shippingPrice, "shippingPrice");
  requireMinor(shippingCost, "shippingCost");
}
