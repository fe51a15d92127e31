/** A field of all products as a column of codes and the values they stand for: a comparison is made once a value. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Market } from "../catalogue/product.ts";
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

/** 4 bytes a product, and the values. */
export function createProductColumn(catalogue: Catalogue, market: Market, field: ProductField): ProductColumn {
  const codes = new Uint32Array(catalogue.products.length);
  const values: (FieldValue | undefined)[] = [];
  const known = new Map<string | number | boolean | undefined, number>();
  for (let product = 0; product < codes.length; product++) {
    const value = readProduct(catalogue, market, product, field);
    const key = typeof value === "object" ? keyOf(value) : value;
    const code = known.get(key) ?? values.push(value) - 1;
    known.set(key, code);
    codes[product] = code;
  }
  return { codes, values, codeOf: (text) => known.get(text) };
}

/** Amounts of one market have one currency. */
function keyOf(value: Extract<FieldValue, object>): string | number {
  return "amount" in value ? value.amount : JSON.stringify(value);
}
