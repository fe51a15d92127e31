/** Amazon Beauty, 5-core, in the form the S3Rec paper uses: products by customer in time order, and their attributes. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { incidence } from "@basketlift/engine/matrix";
import { weighAttributes } from "@basketlift/engine/sequences";
import type { NextItemData } from "../../engine/bench/next-item.ts";
import { dataFile } from "./data.ts";

/** @returns undefined when the files are not there */
export function readAmazonBeauty(): NextItemData | undefined {
  const lines = dataFile("amazon-beauty", "sequences.txt.gz");
  const described = dataFile("amazon-beauty", "item2attributes.json.gz");
  if (lines === undefined || described === undefined) return undefined;
  const sequences = unzip(lines)
    .trim()
    .split("\n")
    .map((line) => line.split(" ").slice(1).map(Number));
  const productCount = 1 + sequences.flat().reduce((most, product) => Math.max(most, product), 0);
  const customers = sequences.flatMap((products, customer) => products.slice(1).map(() => customer));
  const rows = customers.length;
  return {
    sequences,
    attributes: readAttributes(unzip(described), productCount),
    baskets: {
      baskets: incidence({
        rows,
        columns: productCount,
        row: customers.map((_, row) => row),
        column: sequences.flatMap((products) => products.slice(0, -1)),
      }),
      // The order is all that is known.
      basketAt: new Float64Array(rows),
      basketCustomer: Int32Array.from(customers),
      customerCount: sequences.length,
      productCount,
    },
  };
}

function readAttributes(json: string, productCount: number): NextItemData["attributes"] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a file of our own choosing
  const attributesOf = Object.entries(JSON.parse(json) as Record<string, number[]>);
  const column = attributesOf.flatMap(([, attributes]) => attributes);
  const row = attributesOf.flatMap(([product, attributes]) => attributes.map(() => Number(product)));
  const columns = 1 + column.reduce((most, attribute) => Math.max(most, attribute), 0);
  return weighAttributes(incidence({ rows: productCount, columns, row, column }));
}

function unzip(path: string): string {
  return gunzipSync(readFileSync(path)).toString("utf8");
}
