/** The lowest price the merchant allows: for a product, by a margin over its cost, or for the bundle as a whole. */
import { type Minor, requireMinor } from "../catalogue/money.ts";
import { InvalidInput } from "../errors.ts";
import type { BundleLine } from "./bundle.ts";

/** Every part that is given holds. Zero is always a floor. */
export interface PriceFloor {
  /** Lowest unit price by product id, in minor units of the market's currency. */
  readonly unitPrices?: Readonly<Record<string, Minor>>;
  /** Lowest margin as a share of the price that is paid, in [0, 1): 0.2 keeps a fifth. Holds for lines with a cost. */
  readonly margin?: number;
  /** Lowest price of one bundle. */
  readonly total?: Minor;
}

/**
 * @throws InvalidInput when an amount is no whole number of minor units or the margin is not in [0, 1)
 * @example
 * checkFloor({ margin: 0.2 }, "floor");
 */
export function checkFloor({ unitPrices = {}, margin = 0, total = 0 }: PriceFloor, path: string): void {
  for (const [id, price] of Object.entries(unitPrices)) requireMinor(price, `${path}.unitPrices.${id}`);
  if (!(margin >= 0 && margin < 1))
    throw new InvalidInput(`${path}.margin`, margin, "a share of at least 0 and below 1");
  requireMinor(total, `${path}.total`);
}

/**
 * @returns the lowest unit price of a line: never above its price, for a floor forbids discounts and raises nothing
 * @example
 * floorOfLine({ productId: "mug", quantity: 1, unitPrice: 1250, unitCost: 800 }, { margin: 0.2 }); // 1000
 */
export function floorOfLine(
  { productId, unitPrice, unitCost }: BundleLine,
  { unitPrices = {}, margin }: PriceFloor,
): Minor {
  const byProduct = Object.hasOwn(unitPrices, productId) ? unitPrices[productId] : 0;
  const byMargin = margin === undefined || unitCost === undefined ? 0 : ceilingOf(unitCost / (1 - margin));
  return Math.min(unitPrice, Math.max(byProduct, byMargin));
}

/** A quotient that is whole but for rounding stays itself. */
function ceilingOf(value: number): number {
  const nearest = Math.round(value);
  return Math.abs(value - nearest) <= 1e-12 * Math.max(1, value) ? nearest : Math.ceil(value);
}
