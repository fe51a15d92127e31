/** Products made from order lines, for shops without a products file and for products it lacks. */
import type { Market, Product } from "@basketlift/engine/catalogue";
import type { ImportFindings } from "./findings.ts";
import { currencyOf, rowKind, valueAt } from "./order-lines.ts";

export interface DerivedProductsInput extends Pick<ImportFindings, "rows" | "lines" | "codes" | "titles"> {
  /** Products that need not be made. */
  readonly listed: readonly Product[];
  readonly market: Market;
  /** Whether the products made may be recommended: not when a products file lacks them, they are no longer sold then. */
  readonly active: boolean;
}

/**
 * A product for every id that was sold: the commonest description as title, the latest price in the home currency, the
 * first sale as date of publication.
 */
export function deriveProducts({
  rows,
  lines,
  codes: { of: product, ids },
  titles,
  listed,
  market,
  active,
}: DerivedProductsInput): Product[] {
  const known = new Set(listed.map(({ id }) => id));
  const firstSale = new Float64Array(ids.length).fill(Infinity);
  const lastSale = new Float64Array(ids.length).fill(-Infinity);
  const price = new Float64Array(ids.length).fill(Number.NaN);
  for (const [row, kind] of lines.kind.entries()) {
    if (kind !== rowKind.sale) continue;
    const index = product[row] - 1;
    const at = valueAt(rows.date, row);
    firstSale[index] = Math.min(firstSale[index], at);
    if (at < lastSale[index] || currencyOf(rows, row) !== market.currency) continue;
    lastSale[index] = at;
    price[index] = lines.unitPrice[row];
  }
  const products: Product[] = [];
  for (const [index, id] of ids.entries()) {
    if (firstSale[index] === Infinity || known.has(id)) continue;
    products.push({
      id,
      title: titles.of[index] || id,
      publishedAt: new Date(firstSale[index]).toISOString(),
      ...(!active && { active: false }),
      variants: [{ id, prices: Number.isNaN(price[index]) ? {} : { [market.id]: price[index] } }],
    });
  }
  return products;
}
