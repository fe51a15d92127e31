/** Says in words why a bundle costs what it costs. Nothing in it tells costs, margins or floors. */
import { formatMoney } from "../catalogue/money.ts";
import type { Bundle, BundleDiscount } from "./bundle.ts";
import type { BundleSets } from "./bundle-sets.ts";
import type { PricedBundle } from "./priced-bundle.ts";

/**
 * @param missing what the first bundle lacks
 * @returns one sentence for the shopper
 * @example
 * explainPrice(bundle, bundle.discount, priced, [], "en"); // "Breakfast set: 10% off, you save €4.20."
 */
export function explainPrice(
  { name, conditions }: Bundle,
  { type, value }: BundleDiscount,
  { applies, reasons, discount, saving, currency, isShippingFree, isAtFloor }: Omit<PricedBundle, "explanation">,
  missing: BundleSets["missing"],
  locale: string,
): string {
  const money = (amount: number): string => formatMoney(amount, currency, locale);
  if (reasons.includes("incomplete")) {
    return `${name}: still needs ${missing.map(({ of, quantity }) => `${quantity} of ${of}`).join(", ") || "its products"}.`;
  }
  if (!applies) {
    const lacks = reasons.map((reason) => {
      if (reason === "minimum-quantity") return `at least ${conditions.minQuantity} units`;
      if (reason === "minimum-value") return `a value of at least ${money(conditions.minValue ?? 0)}`;
      return `customers of the segment ${conditions.customerSegment}`;
    });
    return `${name}: for ${lacks.join(" and ")}.`;
  }
  if (isShippingFree)
    return saving > 0 ? `${name}: free shipping, you save ${money(saving)}.` : `${name}: free shipping.`;
  if (isAtFloor) {
    return discount > 0
      ? `${name}: you save ${money(discount)}, the most that can be given.`
      : `${name}: already at its best price.`;
  }
  if (discount === 0) return `${name}: no discount.`;
  return type === "percentage"
    ? `${name}: ${value}% off, you save ${money(discount)}.`
    : `${name}: you save ${money(discount)}.`;
}
