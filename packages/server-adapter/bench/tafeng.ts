/** Ta-Feng, the baskets of a grocer, as split for the reality check of next-basket recommendation. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { incidence } from "@basketlift/engine/matrix";
import type { NextBasketData } from "../../engine/bench/next-basket.ts";
import { dataFile } from "./data.ts";

/** @returns undefined when the files are not there */
export function readTafeng(): NextBasketData | undefined {
  const history = dataFile("tafeng", "history.json.gz");
  const future = dataFile("tafeng", "future.json.gz");
  if (history === undefined || future === undefined) return undefined;
  const before = readBaskets(history);
  const after = readBaskets(future);
  const customers = [...before.keys()];
  const row: number[] = [];
  const column: number[] = [];
  const basketCustomer: number[] = [];
  for (const [customer, name] of customers.entries()) {
    for (const basket of before.get(name) ?? []) {
      for (const product of basket) {
        row.push(basketCustomer.length);
        column.push(product);
      }
      basketCustomer.push(customer);
    }
  }
  const next = customers.map((name) => [...new Set((after.get(name) ?? []).flat())]);
  const productCount = 1 + [...column, ...next.flat()].reduce((most, product) => Math.max(most, product), 0);
  const rows = basketCustomer.length;
  return {
    baskets: {
      baskets: incidence({ rows, columns: productCount, row, column }),
      // The order is all that is known.
      basketAt: new Float64Array(rows),
      basketCustomer: Int32Array.from(basketCustomer),
      customerCount: customers.length,
      productCount,
    },
    next,
  };
}

/** Baskets by customer; the file puts a [-1] before and after them. */
function readBaskets(path: string): Map<string, number[][]> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a file of our own choosing
  const file = JSON.parse(gunzipSync(readFileSync(path)).toString("utf8")) as Record<string, number[][]>;
  return new Map(Object.entries(file).map(([name, baskets]) => [name, baskets.slice(1, -1)]));
}
