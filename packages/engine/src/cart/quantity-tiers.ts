/**
 * Quantity tiers: the more units of a product, the less each one costs. Units of all variants count together. Money is
 * integer minor units; a percentage is taken once, on the whole, half a unit to the shopper, and split over the lines to
 * the last unit.
 */
import { allocate } from "../catalogue/allocation.ts";
import { formatMoney, percentageOf, requireMinor, type Minor } from "../catalogue/money.ts";
import type { Market } from "../catalogue/product.ts";
import { InvalidInput } from "../errors.ts";
import { requireCurrency, requirePercentage, requireUnits, requireWhole } from "./amounts.ts";

/** A range of quantities and what units cost in it. Exactly one of `percentage` and `unitPrice`. */
export interface QuantityTier {
  /** First quantity of the tier. */
  readonly from: number;
  /** Last quantity of the tier, checked against the next one, which begins right after it. The last tier has no end. */
  readonly to?: number;
  /** Off the price, from 0 to 100. */
  readonly percentage?: number;
  /** What each unit costs, in minor units; a line that costs less already keeps its price. */
  readonly unitPrice?: Minor;
}

/** The tiers of a product, ascending. */
export interface QuantityTiers {
  readonly tiers: readonly QuantityTier[];
  /** ISO 4217, of unit prices; the market's when left out. */
  readonly currency?: string;
}

/** Units of one price. */
export interface QuantityLine {
  /** A positive integer. */
  readonly quantity: number;
  /** Before the tier, in minor units. */
  readonly unitPrice: Minor;
}

/** What a quantity costs. */
export interface PricedQuantity {
  readonly quantity: number;
  /** Place of the tier that applies; absent below the first one. */
  readonly tier?: number;
  readonly subtotal: Minor;
  /** One part a line; they add up to `discount`. */
  readonly lineDiscounts: readonly Minor[];
  readonly discount: Minor;
  readonly total: Minor;
  /** The next tier, where it would lower the price of a unit. */
  readonly next?: NextTier;
  /** For the shopper. */
  readonly message: string;
}

/** What a few units more would bring. The added units are of the price of the last line. */
export interface NextTier {
  readonly tier: number;
  /** Units that are lacking. */
  readonly unitsToAdd: number;
  /** What the larger quantity costs. */
  readonly total: Minor;
  /** What it costs more than now; below zero where more units cost less. */
  readonly extraCost: Minor;
  /** What the larger quantity costs less than without any tier. */
  readonly discount: Minor;
  /** What it costs less than the same units at the present tier. */
  readonly saving: Minor;
}

/**
 * @throws InvalidInput naming the tier and field: none, an empty range, one that overlaps with the one before it or leaves
 * a hole, a percentage over 100, a tier that gives less than the one before, or both or neither of percentage and price
 * @example
 * checkTiers({ tiers: [{ from: 3, percentage: 5 }, { from: 6, percentage: 10 }] });
 */
export function checkTiers({ tiers }: QuantityTiers, path = "tiers"): void {
  if (tiers.length === 0) throw new InvalidInput(path, "[]", "at least one tier");
  for (const [index, tier] of tiers.entries()) {
    const at = `${path}[${index}]`;
    checkRange(tier, at);
    if ((tier.percentage === undefined) === (tier.unitPrice === undefined)) {
      throw new InvalidInput(at, JSON.stringify(tier), "a tier with either a percentage or a unitPrice");
    }
    if (tier.percentage !== undefined) requirePercentage(tier.percentage, `${at}.percentage`);
    if (tier.unitPrice !== undefined) requireMinor(tier.unitPrice, `${at}.unitPrice`);
    if (index > 0) checkStep(tiers[index - 1], tier, at);
  }
}

/**
 * @param lines of one product, one a variant or price
 * @throws InvalidInput when tiers or lines are malformed, or the tiers are in another currency
 * @example
 * const tiers = { tiers: [{ from: 3, percentage: 5 }, { from: 6, percentage: 10 }] };
 * priceQuantity(tiers, [{ quantity: 5, unitPrice: 999 }], market).message;
 * // "Add 1 more and save €5.99 in all."
 */
export function priceQuantity(
  quantityTiers: QuantityTiers,
  lines: readonly QuantityLine[],
  market: Pick<Market, "currency" | "locale">,
): PricedQuantity {
  checkTiers(quantityTiers);
  requireCurrency(quantityTiers.currency, market, "currency");
  checkQuantities(lines);
  const { tiers } = quantityTiers;
  const quantity = sumOf(lines.map((line) => line.quantity));
  const tier = tierAt(tiers, quantity);
  const subtotal = subtotalOf(lines);
  const lineDiscounts = discountsAt(tier < 0 ? undefined : tiers[tier], lines);
  const discount = sumOf(lineDiscounts);
  const total = subtotal - discount;
  const next = nextTier(tiers, tier, lines, total);
  return {
    quantity,
    ...(tier >= 0 && { tier }),
    subtotal,
    lineDiscounts,
    discount,
    total,
    ...(next && { next }),
    message: messageOf(discount, next, market),
  };
}

function nextTier(
  tiers: readonly QuantityTier[],
  tier: number,
  lines: readonly QuantityLine[],
  total: Minor,
): NextTier | undefined {
  if (tier + 1 >= tiers.length) return undefined;
  const quantity = sumOf(lines.map((line) => line.quantity));
  const unitsToAdd = tiers[tier + 1].from - quantity;
  const enlarged = lines.map((line, index) =>
    index === lines.length - 1 ? { ...line, quantity: line.quantity + unitsToAdd } : line,
  );
  // A tier so far away that its price is no exact amount is none to go for.
  if (!Number.isSafeInteger(subtotalOf(enlarged))) return undefined;
  const costAt = (at: QuantityTier | undefined): Minor => subtotalOf(enlarged) - sumOf(discountsAt(at, enlarged));
  const totalThen = costAt(tiers[tier + 1]);
  const saving = costAt(tiers[tier]) - totalThen;
  if (saving <= 0) return undefined;
  const discount = subtotalOf(enlarged) - totalThen;
  return { tier: tier + 1, unitsToAdd, total: totalThen, extraCost: totalThen - total, discount, saving };
}

/** Place of the tier that holds a quantity, -1 below the first one. */
function tierAt(tiers: readonly QuantityTier[], quantity: number): number {
  return tiers.findLastIndex(({ from }) => quantity >= from);
}

function discountsAt(tier: QuantityTier | undefined, lines: readonly QuantityLine[]): Minor[] {
  const subtotals = lines.map(({ quantity, unitPrice }) => quantity * unitPrice);
  if (!tier) return lines.map(() => 0);
  const { percentage = 0, unitPrice } = tier;
  if (unitPrice !== undefined) return lines.map((line) => line.quantity * Math.max(0, line.unitPrice - unitPrice));
  return allocate(percentageOf(sumOf(subtotals), percentage), subtotals);
}

function messageOf(discount: Minor, next: NextTier | undefined, market: Pick<Market, "currency" | "locale">): string {
  const money = (amount: Minor): string => formatMoney(amount, market.currency, market.locale);
  if (next && next.extraCost <= 0) return `Add ${next.unitsToAdd} more and pay ${money(-next.extraCost)} less.`;
  if (next) return `Add ${next.unitsToAdd} more and save ${money(next.discount)} in all.`;
  return discount > 0 ? `You save ${money(discount)}.` : "";
}

function checkRange({ from, to }: QuantityTier, path: string): void {
  requireUnits(from, `${path}.from`);
  if (to !== undefined && !(Number.isSafeInteger(to) && to >= from)) {
    throw new InvalidInput(`${path}.to`, to, `a quantity of at least ${from}, or absent`);
  }
}

function checkStep(before: QuantityTier, tier: QuantityTier, path: string): void {
  if (tier.from <= before.from || tier.from <= (before.to ?? 0)) {
    throw new InvalidInput(`${path}.from`, tier.from, `above the tier before it (${before.to ?? before.from})`);
  }
  if (before.to !== undefined && tier.from > before.to + 1) {
    throw new InvalidInput(`${path}.from`, tier.from, `${before.to + 1}: quantities between tiers would fall back`);
  }
  if ((tier.percentage === undefined) !== (before.percentage === undefined)) {
    throw new InvalidInput(path, JSON.stringify(tier), "of the same kind as the tiers before it");
  }
  if ((tier.percentage ?? 0) < (before.percentage ?? 0)) {
    throw new InvalidInput(`${path}.percentage`, tier.percentage, `at least that before it (${before.percentage})`);
  }
  if ((tier.unitPrice ?? 0) > (before.unitPrice ?? 0)) {
    throw new InvalidInput(`${path}.unitPrice`, tier.unitPrice, `at most that before it (${before.unitPrice})`);
  }
}

function checkQuantities(lines: readonly QuantityLine[]): void {
  if (lines.length === 0) throw new InvalidInput("lines", "[]", "at least one line");
  let sum = 0;
  for (const [index, { quantity, unitPrice }] of lines.entries()) {
    requireUnits(quantity, `lines[${index}].quantity`);
    requireMinor(unitPrice, `lines[${index}].unitPrice`);
    // Units add up as amounts do, also where they cost nothing.
    sum += quantity * Math.max(1, unitPrice);
    requireWhole(sum, quantity, `lines[${index}].quantity`);
  }
}

function subtotalOf(lines: readonly QuantityLine[]): Minor {
  return sumOf(lines.map(({ quantity, unitPrice }) => quantity * unitPrice));
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
