/** A cart as a page or a server knows it, and the same seen by the catalogue: which lines are known and what they cost now. */
import { isInStock, offerOf, type Catalogue } from "../catalogue/catalogue.ts";
import { requireMinor, type Minor } from "../catalogue/money.ts";
import type { Market, Product, Variant } from "../catalogue/product.ts";
import { requireCurrency, requireUnits, requireWhole } from "./amounts.ts";

/** One line of a cart. */
export interface CartLine {
  readonly productId: string;
  /** The variant the product is shown with when left out. */
  readonly variantId?: string;
  /** Units, a positive integer. */
  readonly quantity: number;
  /** What the shopper was told one unit costs, in minor units; the present price when left out. */
  readonly unitPrice?: Minor;
  /** ISO 4217; the market's when left out. */
  readonly currency?: string;
}

/** A line whose product the catalogue knows. */
export interface KnownLine {
  /** Place among the lines that were given. */
  readonly index: number;
  readonly line: CartLine;
  /** Catalogue index. */
  readonly product: number;
  /** Absent when this variant is no longer sold in the market. */
  readonly variant?: Variant;
  /** Present price of one unit; absent with the variant. */
  readonly price?: Minor;
}

/** A cart as the catalogue sees it. */
export interface CartContents {
  readonly lines: readonly KnownLine[];
  /** Catalogue indices, once each, in the order of the lines. */
  readonly products: readonly number[];
  /** Units x price of the known lines, at the price the shopper was told where the line says it. */
  readonly subtotal: Minor;
  /** Lines whose product the catalogue does not know: left out of everything. */
  readonly unknown: readonly { readonly path: string; readonly productId: string }[];
}

/**
 * A cart can be older than the catalogue, so a line with an unknown product is left out and named; a variant that is no
 * longer sold stays as a line without variant and price.
 * @throws InvalidInput naming the line's field: a quantity below one, or so large that the lines add up to no exact amount, a price that is no whole number of minor units, a
 * currency that is not the market's
 * @example
 * const { subtotal } = readCart([{ productId: "mug", quantity: 2 }], catalogue, marketOf(catalogue));
 */
export function readCart(
  lines: readonly CartLine[],
  { ids, products }: Pick<Catalogue, "ids" | "products">,
  market: Market,
): CartContents {
  const known: KnownLine[] = [];
  const unknown: { path: string; productId: string }[] = [];
  let subtotal = 0;
  let most = 0;
  for (const [index, line] of lines.entries()) {
    checkLine(line, market.currency, `lines[${index}]`);
    const product = ids.indexOf(line.productId);
    if (product === undefined) {
      unknown.push({ path: `lines[${index}].productId`, productId: line.productId });
      continue;
    }
    const sold = soldAs(products[product], line.variantId, market);
    known.push({ index, line, product, ...sold });
    const { unitPrice = sold?.price ?? 0 } = line;
    subtotal += line.quantity * unitPrice;
    most += line.quantity * Math.max(unitPrice, sold?.price ?? 0);
    requireWhole(most, line.quantity, `lines[${index}].quantity`);
  }
  return { lines: known, products: [...new Set(known.map(({ product }) => product))], subtotal, unknown };
}

/**
 * The cheapest variant that can replace a line as it is: enough of it in stock, and of the same size, colour and the like
 * wherever the two products both come in those.
 * @param wanted options of the variant in the cart
 * @returns undefined when there is none
 * @example
 * replacementIn(jacket, market, 1, { size: "M" })?.price;
 */
export function replacementIn(
  { variants }: Product,
  market: Market,
  quantity: number,
  wanted: Variant["options"] = {},
): { variant: Variant; price: Minor } | undefined {
  let best: { variant: Variant; price: Minor } | undefined;
  for (const variant of variants) {
    const price = variant.prices[market.id];
    if (price === undefined || !isInStock(variant) || (variant.stock ?? Infinity) < quantity) continue;
    const fits = Object.entries(variant.options ?? {}).every(
      ([name, value]) => !Object.hasOwn(wanted, name) || wanted[name] === value,
    );
    if (fits && (!best || price < best.price)) best = { variant, price };
  }
  return best;
}

function soldAs(
  product: Product,
  variantId: string | undefined,
  market: Market,
): { variant: Variant; price: Minor } | undefined {
  if (variantId === undefined) return offerOf(product, market);
  const variant = product.variants.find(({ id }) => id === variantId);
  const price = variant?.prices[market.id];
  return variant && price !== undefined ? { variant, price } : undefined;
}

function checkLine({ quantity, unitPrice, currency }: CartLine, marketCurrency: string, path: string): void {
  requireUnits(quantity, `${path}.quantity`);
  if (unitPrice !== undefined) requireMinor(unitPrice, `${path}.unitPrice`);
  requireCurrency(currency, { currency: marketCurrency }, `${path}.currency`);
}
