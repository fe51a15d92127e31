/** What a bundle costs: each line's part of the discount, to the last minor unit, and why it is what it is. */
import { type Minor, percentageOf, requireMinor } from "../catalogue/money.ts";
import type { Market } from "../catalogue/product.ts";
import { InvalidInput } from "../errors.ts";
import type { Bundle, BundleDiscount, BundleLine } from "./bundle.ts";
import { findSets, type BundleSets } from "./bundle-sets.ts";
import { checkDiscount, checkQuantities } from "./check-bundle.ts";
import { checkLines } from "./check-lines.ts";
import { splitDiscount } from "./discount.ts";
import { explainPrice } from "./explain-price.ts";
import { checkFloor, floorOfLine, type PriceFloor } from "./price-floor.ts";
import type { PricedBundle, PricedLine, PriceReason } from "./priced-bundle.ts";

/** What the price depends on beside the lines. */
export interface PriceBundleOptions {
  readonly floor?: PriceFloor;
  /** Which tier of a tiered bundle. */
  readonly tier?: string;
  /** Segments the shopper is in, for `conditions.customerSegment`. */
  readonly segments?: readonly string[];
  /** What shipping would cost the shopper: what free shipping saves them. Minor units of the market's currency. */
  readonly shippingPrice?: Minor;
  /** What shipping costs the shop, for the margin. `shippingPrice` when left out. */
  readonly shippingCost?: Minor;
}

/**
 * Prices the bundles that the lines hold. Lines and units that are not part of one keep their price.
 * A percentage is rounded half up on the whole; a fixed discount is given once for each whole bundle.
 * @throws InvalidInput when a line's currency or the bundle's is not the market's, an amount is no whole number of minor
 * units, a quantity is below one, the discount is over 100 % or malformed, or the tier is unknown
 * @example
 * const { total, lines } = priceBundle(bundle, cart, market, { floor: { margin: 0.15 } });
 */
export function priceBundle(
  bundle: Bundle,
  lines: readonly BundleLine[],
  market: Pick<Market, "currency" | "locale">,
  options: PriceBundleOptions = {},
): PricedBundle {
  checkPricing(bundle, market, options, "bundle");
  checkLines(lines, market.currency);
  const found = findSets(bundle, lines, options.tier);
  const price = priceSets(bundle, lines, found, options);
  const priced = { currency: market.currency, ...price };
  return {
    ...priced,
    explanation: explainPrice(bundle, discountOf(bundle, options.tier), priced, found.missing, market.locale),
  };
}

/** What a bundle gives, before it is split over lines. */
export interface BundleGift {
  /** Why the bundle does not apply; empty when it does. */
  readonly failed: readonly PriceReason[];
  readonly promised: Minor;
  /** At most what is promised; floors hold. */
  readonly given: Minor;
  readonly isShippingFree: boolean;
  /** `given`, and the price of shipping where it is free. */
  readonly saving: Minor;
  /** Price of each line's units in the bundle, and how far it can fall. */
  readonly bundled: readonly Minor[];
  readonly capacities: readonly Minor[];
}

/**
 * What units that were found already save. Nothing is checked.
 * @example
 * const { saving } = giftOf(bundle, lines, findSets(bundle, lines));
 */
export function giftOf(
  bundle: Pick<Bundle, "discount" | "conditions" | "tiers">,
  lines: readonly BundleLine[],
  found: BundleSets,
  { floor = {}, tier, segments = [], shippingPrice = 0 }: PriceBundleOptions = {},
): BundleGift {
  const discount = discountOf(bundle, tier);
  const failed = conditionsFailed(bundle, found, lines, segments);
  const applies = failed.length === 0;
  const bundled = lines.map(({ unitPrice }, line) => unitPrice * found.quantities[line]);
  const value = sumOf(bundled);
  const promised = applies ? promisedBy(discount, value, found.sets) : 0;
  const capacities = lines.map((line, index) => bundled[index] - floorOfLine(line, floor) * found.quantities[index]);
  const roomAboveTotal = Math.max(0, value - (floor.total ?? 0) * found.sets);
  const given = Math.min(promised, sumOf(capacities), roomAboveTotal);
  const isShippingFree = applies && discount.type === "free-shipping";
  const saving = given + (isShippingFree ? shippingPrice : 0);
  return { failed, promised, given, isShippingFree, saving, bundled, capacities };
}

/** The whole price of units that were found already, without words. */
function priceSets(
  bundle: Pick<Bundle, "discount" | "conditions" | "tiers">,
  lines: readonly BundleLine[],
  found: BundleSets,
  options: PriceBundleOptions,
): Omit<PricedBundle, "currency" | "explanation"> {
  const { shippingPrice = 0, shippingCost = shippingPrice } = options;
  const gift = giftOf(bundle, lines, found, options);
  const { given, promised, isShippingFree, saving } = gift;
  const parts = splitDiscount(given, gift.bundled, gift.capacities);
  const pricedLines = lines.map((line, index) => pricedLine(line, found.quantities[index], parts[index]));
  const subtotal = sumOf(pricedLines.map((line) => line.subtotal));
  const margin = marginOf(lines, subtotal - given - (isShippingFree ? shippingCost : 0));
  return {
    sets: found.sets,
    applies: gift.failed.length === 0,
    lines: pricedLines,
    subtotal,
    promised,
    discount: given,
    total: subtotal - given,
    isShippingFree,
    saving,
    isAtFloor: given < promised,
    ...(margin !== undefined && { margin }),
    reasons: given < promised ? ["floor"] : gift.failed,
  };
}

/**
 * The price of lines that are one bundle as they stand, whatever bundle that may become.
 * @example
 * const { total, saving } = priceUnitsTogether({ type: "percentage", value: 10 }, lines);
 */
export function priceUnitsTogether(
  discount: BundleDiscount,
  lines: readonly BundleLine[],
  options: PriceBundleOptions = {},
): Omit<PricedBundle, "currency" | "explanation"> {
  const found = { sets: 1, quantities: lines.map(({ quantity }) => quantity), missing: [] };
  return priceSets({ discount, conditions: {} }, lines, found, options);
}

/**
 * The discount of a tier, or the bundle's own.
 * @example
 * discountOf(bundle, "better").value;
 */
export function discountOf(bundle: Pick<Bundle, "discount" | "tiers">, tier: string | undefined): BundleDiscount {
  return bundle.tiers?.find(({ name }) => name === tier)?.discount ?? bundle.discount;
}

function promisedBy({ type, value }: BundleDiscount, bundled: Minor, sets: number): Minor {
  if (type === "percentage") return percentageOf(bundled, value);
  return type === "fixed" ? Math.min(value * sets, bundled) : 0;
}

function conditionsFailed(
  { conditions: { minQuantity = 0, minValue = 0, customerSegment } }: Pick<Bundle, "conditions">,
  { sets, quantities }: BundleSets,
  lines: readonly BundleLine[],
  segments: readonly string[],
): PriceReason[] {
  if (sets === 0) return ["incomplete"];
  const failed: PriceReason[] = [];
  if (customerSegment !== undefined && !segments.includes(customerSegment)) failed.push("segment");
  if (sumOf(quantities) < minQuantity) failed.push("minimum-quantity");
  if (sumOf(lines.map(({ unitPrice }, line) => unitPrice * quantities[line])) < minValue) failed.push("minimum-value");
  return failed;
}

function pricedLine(
  { productId, variantId, quantity, unitPrice }: BundleLine,
  bundledQuantity: number,
  discount: Minor,
): PricedLine {
  const subtotal = unitPrice * quantity;
  return {
    productId,
    ...(variantId !== undefined && { variantId }),
    quantity,
    bundledQuantity,
    subtotal,
    discount,
    total: subtotal - discount,
  };
}

function marginOf(lines: readonly BundleLine[], paid: Minor): Minor | undefined {
  let margin = paid;
  for (const { unitCost, quantity } of lines) {
    if (unitCost === undefined) return undefined;
    margin -= unitCost * quantity;
  }
  return margin;
}

/**
 * @throws InvalidInput naming what is wrong with the discount, the products' quantities, the currency, the floor or the price of shipping
 * @example
 * checkPricing(bundle, market, {}, "bundle");
 */
export function checkPricing(
  { products, discount, tiers = [], currency: own }: Bundle,
  { currency }: Pick<Market, "currency">,
  { floor = {}, shippingPrice = 0, shippingCost = 0 }: PriceBundleOptions,
  path: string,
): void {
  checkDiscount(discount, `${path}.discount`);
  checkQuantities(products, `${path}.products`);
  for (const [index, tier] of tiers.entries()) {
    if (tier.discount) checkDiscount(tier.discount, `${path}.tiers[${index}].discount`);
    checkQuantities(tier.products, `${path}.tiers[${index}].products`);
  }
  if (own !== undefined && own !== currency) {
    throw new InvalidInput(
      `${path}.currency`,
      own,
      `the market's currency (${currency}); make one bundle for each currency`,
    );
  }
  checkFloor(floor, "floor");
  requireMinor(shippingPrice, "shippingPrice");
  requireMinor(shippingCost, "shippingCost");
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
