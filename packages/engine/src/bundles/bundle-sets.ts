/** Which units of a cart make up a bundle, and how many whole bundles there are. */
import { InvalidInput } from "../errors.ts";
import type { Bundle, BundleLine, BundleProduct, BundleSlot } from "./bundle.ts";
import { fillSlots } from "./fill-slots.ts";

/** Units of a cart that belong to a bundle. */
export interface BundleSets {
  /** Whole bundles found. */
  readonly sets: number;
  /** Units of each line that are in them. */
  readonly quantities: readonly number[];
  /** What one more bundle, or the first one, lacks; empty when `sets` is above zero. */
  readonly missing: readonly { readonly of: string; readonly quantity: number }[];
}

/**
 * @param tier name of the tier of a tiered bundle
 * @throws InvalidInput when a tier is named that the bundle does not have, or none where it has tiers
 * @example
 * const { sets, missing } = findSets(bundle, lines);
 */
export function findSets(bundle: Bundle, lines: readonly BundleLine[], tier?: string): BundleSets {
  if (bundle.type === "mix-match") return mixAndMatch(slotsOf(bundle), lines);
  return productSets(productsOf(bundle, tier), lines);
}

/**
 * @returns the products of a tier, or the bundle's own where it has no tiers
 * @throws InvalidInput as `findSets`
 */
export function productsOf({ type, tiers = [], products }: Bundle, tier?: string): readonly BundleProduct[] {
  if (type !== "tiered") return products;
  const found = tiers.find(({ name }) => name === tier);
  if (!found) throw new InvalidInput("tier", tier, `the name of a tier (${tiers.map(({ name }) => name).join(", ")})`);
  return found.products;
}

/** @returns the slots of a mix-and-match bundle; without any, its products are the choices of one that is open upwards */
export function slotsOf({ slots, products, conditions }: Bundle): readonly BundleSlot[] {
  if (slots) return slots;
  const choices = products.map(({ productId }) => productId);
  return [{ id: "any", choices, minimum: conditions.minQuantity ?? 1, maximum: Number.MAX_SAFE_INTEGER }];
}

function mixAndMatch(slots: readonly BundleSlot[], lines: readonly BundleLine[]): BundleSets {
  const { isComplete, units, missing } = fillSlots(slots, lines);
  const quantities = lines.map(() => 0);
  if (isComplete) for (const { line, quantity } of units) quantities[line] += quantity;
  return {
    sets: Number(isComplete),
    quantities,
    missing: missing.map(({ slot, quantity }) => ({ of: slot, quantity })),
  };
}

function productSets(products: readonly BundleProduct[], lines: readonly BundleLine[]): BundleSets {
  const held = new Map<string, number>();
  for (const { productId, quantity } of lines) held.set(productId, (held.get(productId) ?? 0) + quantity);
  const heldOf = (id: string): number => held.get(id) ?? 0;
  const required = products.filter((product) => product.required);
  // A bundle that requires nothing is there as soon as a unit of any of its products is.
  const sets =
    required.length > 0
      ? Math.min(...required.map(({ productId, quantity }) => Math.floor(heldOf(productId) / quantity)))
      : Math.max(0, ...products.map(({ productId, quantity }) => Math.ceil(heldOf(productId) / quantity)));
  const wanted = new Map(products.map(({ productId, quantity }) => [productId, quantity * sets]));
  const quantities = lines.map(({ productId, quantity }) => {
    const left = wanted.get(productId) ?? 0;
    const taken = Math.min(quantity, left);
    wanted.set(productId, left - taken);
    return taken;
  });
  const missing =
    sets > 0
      ? []
      : required
          .filter(({ productId, quantity }) => heldOf(productId) < quantity)
          .map(({ productId, quantity }) => ({ of: productId, quantity: quantity - heldOf(productId) }));
  return { sets, quantities, missing };
}
