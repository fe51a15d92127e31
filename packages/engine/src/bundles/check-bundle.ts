/** Says what is wrong with a bundle before anybody sees it: where, and what to give instead. */
import { currencyExponent, requireMinor } from "../catalogue/money.ts";
import type { Market } from "../catalogue/product.ts";
import { InvalidInput } from "../errors.ts";
import type { Bundle, BundleDiscount, BundleProduct, BundleSlot, BundleTier, DeliveryInterval } from "./bundle.ts";
import { checkSeason } from "./season.ts";

const types: readonly string[] = ["static", "dynamic", "mix-match", "tiered", "subscription"];
const discounts: readonly string[] = ["percentage", "fixed", "free-shipping"];
const units: readonly string[] = ["day", "week", "month"];

/** What a bundle is held against. */
export interface BundleContext {
  /** Every product of the shop, for example `catalogue.ids`. */
  readonly products: { indexOf(id: string): number | undefined };
  /** The shop's markets. */
  readonly markets: readonly Pick<Market, "currency">[];
}

/**
 * @param path where the bundle stands, for the error
 * @throws InvalidInput naming the field: an unknown or repeated product, a quantity below one, a percentage over 100 or
 * finer than a hundredth, an amount that is no whole number of minor units, a currency no market uses (or none where
 * there are several), too few products, slots that cannot be filled, tiers or an interval missing where the type needs
 * them, a malformed season or date
 * @example
 * checkBundle(bundle, { products: catalogue.ids, markets: catalogue.markets });
 */
export function checkBundle(bundle: Bundle, context: BundleContext, path = "bundle"): void {
  requireText(bundle.id, `${path}.id`);
  requireText(bundle.name, `${path}.name`);
  requireOneOf(bundle.type, types, `${path}.type`);
  checkProducts(bundle.products, context, `${path}.products`);
  checkDiscount(bundle.discount, `${path}.discount`);
  checkCurrency(bundle, context, path);
  checkConditions(bundle, path);
  checkShape(bundle, context, path);
  checkPerformance(bundle, path);
  if (bundle.season) checkSeason(bundle.season, `${path}.season`);
  if (bundle.occasion !== undefined) requireText(bundle.occasion, `${path}.occasion`);
  requireDate(bundle.createdAt, `${path}.createdAt`);
  requireDate(bundle.updatedAt, `${path}.updatedAt`);
}

/**
 * @throws InvalidInput when the kind is unknown or the value is outside what it allows
 * @example
 * checkDiscount({ type: "percentage", value: 12.5 }, "bundle.discount");
 */
export function checkDiscount({ type, value }: BundleDiscount, path: string): void {
  requireOneOf(type, discounts, `${path}.type`);
  if (type === "percentage") {
    const hundredths = value * 100;
    const isFine = value >= 0 && value <= 100 && Math.abs(hundredths - Math.round(hundredths)) < 1e-6;
    if (!isFine) throw new InvalidInput(`${path}.value`, value, "a percentage from 0 to 100 with at most two decimals");
  } else if (type === "fixed") {
    requireMinor(value, `${path}.value`);
  } else if (value !== 0) {
    throw new InvalidInput(`${path}.value`, value, "0: free shipping takes nothing off the products");
  }
}

/**
 * @throws InvalidInput when a slot has no id of its own, no choice, or limits that contradict one another
 * @example
 * checkSlots([{ id: "tea", choices: ["green", "black"], minimum: 2, maximum: 3 }], "slots");
 */
export function checkSlots(slots: readonly BundleSlot[], path: string): void {
  if (slots.length === 0) throw new InvalidInput(path, "[]", "at least one slot");
  const ids = new Set<string>();
  for (const [index, slot] of slots.entries()) {
    const at = `${path}[${index}]`;
    requireText(slot.id, `${at}.id`);
    requireNew(slot.id, ids, `${at}.id`);
    if (slot.choices.length === 0) throw new InvalidInput(`${at}.choices`, "[]", "at least one product");
    const choices = new Set<string>();
    for (const [choice, id] of slot.choices.entries()) requireNew(id, choices, `${at}.choices[${choice}]`);
    requireCount(slot.minimum, 0, `${at}.minimum`);
    requireCount(slot.maximum, Math.max(1, slot.minimum), `${at}.maximum`);
  }
}

/**
 * @throws InvalidInput unless the interval is a whole number of days, weeks or months
 * @example
 * checkInterval({ unit: "week", count: 2 }, "bundle.interval");
 */
export function checkInterval({ unit, count }: DeliveryInterval, path: string): void {
  requireOneOf(unit, units, `${path}.unit`);
  requireCount(count, 1, `${path}.count`);
}

/**
 * @throws InvalidInput when a product stands there twice or has a quantity below one: either would give money away
 * @example
 * checkQuantities(bundle.products, "bundle.products");
 */
export function checkQuantities(products: readonly BundleProduct[], path: string): void {
  const ids = new Set<string>();
  for (const [index, { productId, quantity }] of products.entries()) {
    requireNew(productId, ids, `${path}[${index}].productId`);
    requireCount(quantity, 1, `${path}[${index}].quantity`);
  }
}

/** @throws InvalidInput unless `count` is an integer of at least `minimum` */
export function requireCount(count: number, minimum: number, path: string): void {
  if (!Number.isSafeInteger(count) || count < minimum) {
    throw new InvalidInput(path, count, `a whole number of at least ${minimum}`);
  }
}

function checkProducts(products: readonly BundleProduct[], context: BundleContext, path: string): void {
  if (products.length === 0) throw new InvalidInput(path, "[]", "at least one product");
  for (const [index, { productId }] of products.entries()) {
    requireKnown(productId, context, `${path}[${index}].productId`);
  }
  checkQuantities(products, path);
}

/** What each type needs beside the common fields. */
function checkShape(
  { type, products, slots, tiers, interval, conditions }: Bundle,
  context: BundleContext,
  path: string,
): void {
  if (type === "static" || type === "dynamic") requireUnits(products, 2, `${path}.products`);
  if (type === "mix-match" && !slots && conditions.minQuantity === undefined) {
    throw new InvalidInput(
      `${path}.slots`,
      slots,
      "slots, or conditions.minQuantity where any of the products will do",
    );
  }
  if (type === "tiered" && (tiers?.length ?? 0) < 2)
    throw new InvalidInput(`${path}.tiers`, "fewer", "at least two tiers");
  if (type === "subscription" && !interval) {
    throw new InvalidInput(`${path}.interval`, interval, 'how often it comes, such as { unit: "month", count: 1 }');
  }
  if (interval) checkInterval(interval, `${path}.interval`);
  if (slots) checkSlotProducts(slots, products, `${path}.slots`);
  if (tiers) checkTiers(tiers, context, `${path}.tiers`);
}

function checkSlotProducts(slots: readonly BundleSlot[], products: readonly BundleProduct[], path: string): void {
  checkSlots(slots, path);
  const listed = new Set(products.map(({ productId }) => productId));
  for (const [index, { choices }] of slots.entries()) {
    for (const [choice, id] of choices.entries()) {
      if (!listed.has(id))
        throw new InvalidInput(`${path}[${index}].choices[${choice}]`, id, "one of the bundle's products");
    }
  }
}

function checkTiers(tiers: readonly BundleTier[], context: BundleContext, path: string): void {
  const names = new Set<string>();
  for (const [index, { name, products, discount }] of tiers.entries()) {
    const at = `${path}[${index}]`;
    requireText(name, `${at}.name`);
    requireNew(name, names, `${at}.name`);
    checkProducts(products, context, `${at}.products`);
    if (discount) checkDiscount(discount, `${at}.discount`);
  }
}

function checkCurrency(
  { currency, discount, tiers = [], conditions }: Bundle,
  { markets }: BundleContext,
  path: string,
): void {
  const used = new Set(markets.map((market) => market.currency));
  const known = [...used].join(", ");
  if (currency !== undefined) {
    currencyExponent(currency, `${path}.currency`);
    if (!used.has(currency))
      throw new InvalidInput(`${path}.currency`, currency, `a currency the shop sells in (${known})`);
    return;
  }
  const hasAmount =
    conditions.minValue !== undefined || [{ discount }, ...tiers].some((part) => part.discount?.type === "fixed");
  if (hasAmount && used.size > 1) {
    throw new InvalidInput(`${path}.currency`, currency, `named where an amount stands and the shop sells in ${known}`);
  }
}

function checkConditions({ conditions: { minQuantity, minValue, customerSegment } }: Bundle, path: string): void {
  if (minQuantity !== undefined) requireCount(minQuantity, 1, `${path}.conditions.minQuantity`);
  if (minValue !== undefined) requireMinor(minValue, `${path}.conditions.minValue`);
  if (customerSegment !== undefined) requireText(customerSegment, `${path}.conditions.customerSegment`);
}

function checkPerformance({ performance: { views, conversions, revenue } }: Bundle, path: string): void {
  requireCount(views, 0, `${path}.performance.views`);
  requireCount(conversions, 0, `${path}.performance.conversions`);
  requireMinor(revenue, `${path}.performance.revenue`);
}

/** One product twice is a bundle too. */
function requireUnits(products: readonly BundleProduct[], minimum: number, path: string): void {
  const total = products.reduce((sum, { quantity }) => sum + quantity, 0);
  if (total < minimum) throw new InvalidInput(path, `${total} unit`, `at least ${minimum} units in all`);
}

function requireKnown(id: string, { products }: BundleContext, path: string): void {
  if (products.indexOf(id) === undefined) {
    throw new InvalidInput(path, id, "the id of a product of the catalogue; add the product or leave it out");
  }
}

function requireNew(id: string, seen: Set<string>, path: string): void {
  if (seen.has(id)) throw new InvalidInput(path, id, "one that does not stand here already");
  seen.add(id);
}

function requireText(text: string, path: string): void {
  if (typeof text !== "string" || text.trim() === "") throw new InvalidInput(path, text, "a text that is not empty");
}

function requireOneOf(value: string, allowed: readonly string[], path: string): void {
  if (!allowed.includes(value)) throw new InvalidInput(path, value, `one of ${allowed.join(", ")}`);
}

function requireDate(text: string, path: string): void {
  if (Number.isNaN(Date.parse(text)))
    throw new InvalidInput(path, text, 'an RFC 3339 time such as "2026-11-22T10:00:00Z"');
}
