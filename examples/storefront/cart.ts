/** The cart: variants and quantities in a cookie, so that it works without JavaScript and outlives the visit. */
import { getCookie, setCookie } from "hono/cookie";
import type { Context } from "hono";
import type { ShopCatalogue, ShopProduct, ShopVariant } from "./catalogue.ts";

export interface CartEntry {
  readonly product: ShopProduct;
  readonly variant: ShopVariant;
  readonly quantity: number;
}

/** A cookie holds about 4 kB. */
const mostLines = 30;
const mostUnits = 99;
const name = "cart";
const lifetime = 30 * 86_400;

/** What is in the cart; what the shop no longer sells has left it. */
export function readCart(context: Context, catalogue: ShopCatalogue): readonly CartEntry[] {
  const lines = (getCookie(context, name) ?? "").split("|");
  return lines.flatMap((line) => {
    const [id, quantity] = line.split("*");
    const found = catalogue.variant(id);
    const units = Number(quantity);
    return found && Number.isInteger(units) && units > 0 ? [{ ...found, quantity: Math.min(units, mostUnits) }] : [];
  });
}

export function writeCart(context: Context, entries: readonly CartEntry[]): void {
  const lines = entries.slice(0, mostLines).map(({ variant, quantity }) => `${variant.id}*${quantity}`);
  setCookie(context, name, lines.join("|"), { path: "/", sameSite: "Lax", httpOnly: true, maxAge: lifetime });
}

/** @returns the cart with so much more of a variant */
export function withMore(entries: readonly CartEntry[], added: CartEntry): readonly CartEntry[] {
  const present = entries.find(({ variant }) => variant.id === added.variant.id);
  if (!present) return [...entries, added];
  return withQuantity(entries, added.variant.id, present.quantity + added.quantity);
}

/** @returns the cart with a variant in another quantity; 0 takes it out */
export function withQuantity(entries: readonly CartEntry[], variantId: string, quantity: number): readonly CartEntry[] {
  const units = Math.min(quantity, mostUnits);
  return entries
    .map((entry) => (entry.variant.id === variantId ? { ...entry, quantity: units } : entry))
    .filter((entry) => entry.quantity > 0);
}

export function unitsOf(entries: readonly CartEntry[]): number {
  return entries.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Minor units. */
export function totalOf(entries: readonly CartEntry[]): number {
  return entries.reduce((sum, { variant, quantity }) => sum + variant.price * quantity, 0);
}

/** The cart as pages hand it to Basketlift. */
export function cartFacts(entries: readonly CartEntry[]) {
  const lines = entries.map(({ product, variant, quantity }) => ({
    productId: product.id,
    variantId: variant.id,
    quantity,
  }));
  return { lines, units: unitsOf(entries) };
}
