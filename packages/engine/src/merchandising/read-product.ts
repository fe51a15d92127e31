/** A product's fields, one product at a time. */
import { availabilityOf, type Catalogue } from "../catalogue/catalogue.ts";
import type { Market } from "../catalogue/product.ts";
import { shelfOf } from "../catalogue/shelf.ts";
import { parseTime } from "../history/time.ts";
import type { Attributes } from "./facts.ts";
import { attributeOf, type ProductField } from "./field.ts";
import type { FieldValue } from "./leaf-test.ts";

/**
 * @param index of the product in the catalogue
 * @returns the field's value in a market; undefined when the product has none
 */
export function readProduct(
  catalogue: Catalogue,
  market: Market,
  index: number,
  field: ProductField,
): FieldValue | undefined {
  const product = catalogue.products[index];
  switch (field) {
    case "product.id":
      return product.id;
    case "product.title":
      return product.title;
    case "product.brand":
      return product.brand || undefined;
    case "product.category":
      return catalogue.categoryOf[index] < 0 ? undefined : catalogue.categories.idOf(catalogue.categoryOf[index]);
    case "product.price": {
      const amount = shelfOf(catalogue, market).price[index];
      return Number.isNaN(amount) ? undefined : { amount, currency: market.currency };
    }
    case "product.marginRate":
      return known(shelfOf(catalogue, market).marginRate[index]);
    case "product.stock":
      return stockOf(catalogue, index);
    case "product.availability":
      return availabilityOf(product, market);
    case "product.publishedAt":
      return product.publishedAt === undefined ? undefined : known(parseTime(product.publishedAt));
    default:
      return attributeValues(product.attributes, attributeOf(field));
  }
}

/** @returns an attribute as a set of strings; undefined when there is none */
export function attributeValues(
  attributes: Attributes | undefined,
  name: string | undefined,
): readonly string[] | undefined {
  if (!attributes || name === undefined || !Object.hasOwn(attributes, name)) return undefined;
  const value = attributes[name];
  return typeof value === "string" ? [value] : value;
}

/** Units on hand over all variants; unknown when none of them is tracked. */
function stockOf({ products }: Catalogue, index: number): number | undefined {
  const tracked = products[index].variants.flatMap(({ stock }) => (stock === undefined ? [] : [stock]));
  return tracked.length === 0 ? undefined : tracked.reduce((sum, stock) => sum + Math.max(0, stock), 0);
}

function known(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}
