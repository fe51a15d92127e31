/**
 * Standard baskets for mining, with what arules finds in them: Groceries, and two of the FIMI repository (T10I4D100K is
 * synthetic, BMS-WebView-1 are clicks). Instacart's orders for counting pairs.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { createIdentifiers } from "@basketlift/engine/catalogue";
import { incidence, type Incidence } from "@basketlift/engine/matrix";
import type { GrowthData, ItemsetReference } from "../../engine/bench/itemsets.ts";
import { dataFile } from "./data.ts";

/** Counts by arules; support is a share of the baskets. */
const references: readonly (Omit<ItemsetReference, "baskets"> & {
  readonly path: readonly [folder: string, file: string];
  readonly separator: string;
})[] = [
  {
    name: "Groceries",
    path: ["groceries", "baskets.csv.gz"],
    separator: ",",
    itemsets: [
      [0.01, 333, 333, 243],
      [0.005, 1001, 1001, 708],
      [0.001, 13_492, 13_464, 7794],
    ],
    rules: [
      [0.001, 0.8, 410],
      [0.001, 0.5, 5668],
      [0.001, 0.6, 2918],
      [0.006, 0.25, 463],
      [0.01, 0.5, 15],
    ],
  },
  {
    name: "T10I4D100K",
    path: ["fimi", "T10I4D100K.dat.gz"],
    separator: " ",
    itemsets: [
      [0.01, 385, 385, 370],
      [0.005, 1073, 1073, 585],
      [0.002, 13_255, 13_107, 1938],
      [0.001, 27_532, 26_806, 4054],
    ],
    rules: [],
  },
  {
    name: "BMS-WebView-1",
    path: ["fimi", "BMS-WebView-1.dat.gz"],
    separator: " ",
    itemsets: [
      [0.01, 77, 77, 67],
      [0.005, 201, 201, 162],
      [0.001, 3991, 3974, 2067],
    ],
    rules: [],
  },
];

/** @returns those whose data is here */
export function readItemsetReferences(): ItemsetReference[] {
  return references.flatMap(({ name, path, separator, itemsets, rules }) => {
    const file = dataFile(...path);
    return file === undefined ? [] : [{ name, itemsets, rules, baskets: readTransactions(file, separator) }];
  });
}

/** @returns T10I4D100K, or undefined where it is not here */
export function readSyntheticBaskets(): GrowthData | undefined {
  const file = dataFile("fimi", "T10I4D100K.dat.gz");
  return file === undefined ? undefined : { name: "T10I4D100K", baskets: readTransactions(file, " ") };
}

/** @returns the 131,209 orders of Instacart's training part, or undefined where they are not here */
export function readInstacart(): GrowthData | undefined {
  const file = dataFile("instacart", "order_products__train.csv.gz");
  if (file === undefined) return undefined;
  const orders = createIdentifiers();
  const products = createIdentifiers();
  const row: number[] = [];
  const column: number[] = [];
  for (const line of linesOf(file).slice(1)) {
    const [order, product] = line.split(",", 2);
    row.push(orders.intern(order));
    column.push(products.intern(product));
  }
  return { name: "Instacart", baskets: incidence({ rows: orders.size, columns: products.size, row, column }) };
}

/** A basket a line. */
function readTransactions(file: string, separator: string): Incidence {
  const products = createIdentifiers();
  const row: number[] = [];
  const column: number[] = [];
  const lines = linesOf(file);
  for (const [basket, line] of lines.entries()) {
    for (const product of line.split(separator)) {
      if (product.trim() === "") continue;
      row.push(basket);
      column.push(products.intern(product.trim()));
    }
  }
  return incidence({ rows: lines.length, columns: products.size, row, column });
}

function linesOf(file: string): string[] {
  return gunzipSync(readFileSync(file)).toString().trimEnd().split(/\r?\n/);
}
