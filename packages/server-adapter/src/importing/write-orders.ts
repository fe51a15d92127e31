/**
 * Orders and products as CSV files that `importShop` reads back as they were: for the demo shop's files and for moving a
 * shop's data. Amounts are written in major units with all of the currency's decimals, times in UTC.
 *
 * What an import leaves out by its nature does not come back: lines without a price, orders of codes that are no products
 * (postage), prices in other markets than the home market.
 */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { currencyExponent, type Market, type Minor, type Product } from "@basketlift/engine/catalogue";
import type { Order } from "@basketlift/engine/history";
import { csvLine } from "./csv-line.ts";

const orderHeader = [
  "order_id",
  "placed_at",
  "customer_id",
  "currency",
  "line_number",
  "product_id",
  "variant_id",
  "product_title",
  "quantity",
  "unit_price",
  "line_discount",
  "returned_quantity",
  "line_refund",
  "cancelled",
];
const productHeader = [
  "product_id",
  "title",
  "description",
  "url",
  "image",
  "brand",
  "category",
  "attributes",
  "published_at",
  "active",
  "minimum_age",
  "sold_in_countries",
  "excluded_countries",
  "variant_id",
  "options",
  "price",
  "cost",
  "stock",
];

/**
 * Lines of an order file, one per order line.
 * @param products give order lines their titles; lines of products that are not among them have none
 * @example
 * for (const line of orderLinesAsCsv(orders, products)) file.write(line);
 */
export function* orderLinesAsCsv(orders: Iterable<Order>, products: Iterable<Product> = []): Generator<string> {
  const titles = new Map<string, string>();
  for (const { id, title } of products) titles.set(id, title);
  yield csvLine(orderHeader);
  for (const { id, placedAt, customerId = "", currency, lines } of orders) {
    const money = (amount: Minor): string => inMajor(amount, currency);
    for (const [index, line] of lines.entries()) {
      const {
        productId,
        variantId = "",
        quantity,
        unitPrice,
        discount = 0,
        returnedQuantity = 0,
        refunded = 0,
        cancelled = false,
      } = line;
      const title = titles.get(productId) ?? "";
      // The line's number sets lines apart that are equal otherwise.
      yield csvLine([
        id,
        placedAt,
        customerId,
        currency,
        String(index + 1),
        productId,
        variantId,
        title,
        String(quantity),
        money(unitPrice),
        money(discount),
        String(returnedQuantity),
        money(refunded),
        String(cancelled),
      ]);
    }
  }
}

/** Lines of a products file, one per variant, with prices of one market. */
export function* productsAsCsv(products: Iterable<Product>, market: Market): Generator<string> {
  const money = (amount: Minor | undefined): string => (amount === undefined ? "" : inMajor(amount, market.currency));
  yield csvLine(productHeader);
  for (const {
    id,
    title,
    description = "",
    url = "",
    image = "",
    brand = "",
    category,
    attributes,
    publishedAt = "",
    active,
    restrictions: { minimumAge, countries = [], excludedCountries = [] } = {},
    variants,
  } of products) {
    for (const { id: variantId, options, prices, cost, stock } of variants) {
      yield csvLine([
        id,
        title,
        description,
        url,
        image,
        brand,
        category ? JSON.stringify(category) : "",
        attributes ? JSON.stringify(attributes) : "",
        publishedAt,
        active === undefined ? "" : String(active),
        minimumAge === undefined ? "" : String(minimumAge),
        countries.join(", "),
        excludedCountries.join(", "),
        variantId,
        options ? JSON.stringify(options) : "",
        money(prices[market.id]),
        money(cost),
        stock === undefined ? "" : String(stock),
      ]);
    }
  }
}

/** Writes an order file, packed with gzip when its name ends in `.gz`. */
export async function writeOrdersCsv(
  path: string,
  orders: Iterable<Order>,
  products: Iterable<Product> = [],
): Promise<void> {
  await writeLines(path, orderLinesAsCsv(orders, products));
}

/** Writes a products file, packed with gzip when its name ends in `.gz`. */
export async function writeProductsCsv(path: string, products: Iterable<Product>, market: Market): Promise<void> {
  await writeLines(path, productsAsCsv(products, market));
}

async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  const file = createWriteStream(path);
  const text = Readable.from(batched(lines));
  await (path.endsWith(".gz") ? pipeline(text, createGzip(), file) : pipeline(text, file));
}

/** A write per line would cost more than the lines. */
function* batched(lines: Iterable<string>): Generator<Buffer> {
  let batch = "";
  for (const line of lines) {
    batch += line;
    if (batch.length < 64 * 1024) continue;
    yield Buffer.from(batch);
    batch = "";
  }
  yield Buffer.from(batch);
}

/** Minor units with a decimal point, without arithmetic that could round: 5 of EUR is 0.05. */
function inMajor(amount: Minor, currency: string): string {
  const exponent = currencyExponent(currency);
  if (exponent === 0) return String(amount);
  const digits = String(amount).padStart(exponent + 1, "0");
  return `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
