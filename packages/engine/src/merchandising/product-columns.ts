/** A field of all products as a column of codes and the values they stand for: a comparison is made once a value. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Market } from "../catalogue/product.ts";
import type { InPieces } from "../matrix/pieces.ts";
import type { ProductField } from "./field.ts";
import type { FieldValue } from "./leaf-test.ts";
import { readProduct } from "./read-product.ts";

export interface ProductColumn {
  /** Place in `values` of each product's value. */
  readonly codes: Uint32Array;
  /** Each value once; undefined where products have none. */
  readonly values: readonly (FieldValue | undefined)[];
  /** Place in `values` of a text. */
  codeOf(text: string): number | undefined;
}

/** Products read between two pauses. */
const productsAPiece = 4096;

/** 4 bytes a product, and the values. */
export function* createProductColumn(
  catalogue: Catalogue,
  market: Market,
  field: ProductField,
): InPieces<ProductColumn> {
  const codes = new Uint32Array(catalogue.products.length);
  const values: (FieldValue | undefined)[] = [];
  const known = new Map<string | number | boolean | undefined, number>();
  for (let product = 0; product < codes.length; product++) {
    if (product % productsAPiece === 0) yield;
    const value = readProduct(catalogue, market, product, field);
    const key = typeof value === "object" ? keyOf(value) : value;
    const code = known.get(key) ?? values.push(value) - 1;
    known.set(key, code);
    codes[product] = code;
  }
  return { codes, values, codeOf: (text) => known.get(text) };
}

/** Amounts of one market have one currency. Most attributes have one value, and no need to be written out. */
function keyOf(value: Extract<FieldValue, object>): string | number {
  if ("amount" in value) return value.amount;
  return value.length === 1 ? `=${value[0]}` : JSON.stringify(value);
}
