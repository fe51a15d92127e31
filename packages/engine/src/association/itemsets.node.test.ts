/** Itemsets and rules on real and standard data, against the counts that arules finds there, each of them exactly. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createIdentifiers, type Identifiers } from "../catalogue/identifiers.ts";
import { incidence, rowOf, type Incidence } from "../matrix/sparse.ts";
import { findItemsets, findRules, measureRule } from "./index.ts";

const folder = process.env["DATA_DIR"] ?? join(import.meta.dirname, "../../../../../shared/data");

interface Transactions {
  readonly baskets: Incidence;
  readonly products: Identifiers;
}

/** A basket a line. */
function read(file: string, separator: string): Transactions {
  const products = createIdentifiers();
  const row: number[] = [];
  const column: number[] = [];
  const lines = gunzipSync(readFileSync(join(folder, file)))
    .toString()
    .trimEnd()
    .split("\n");
  for (const [order, line] of lines.entries()) {
    for (const product of line.split(separator).filter((name) => name.trim() !== "")) {
      row.push(order);
      column.push(products.intern(product.trim()));
    }
  }
  return { baskets: incidence({ rows: lines.length, columns: products.size, row, column }), products };
}

/** Support, then all, closed and maximal frequent itemsets. */
type Reference = readonly [support: number, all: number, closed: number, maximal: number];

const sources: readonly {
  readonly name: string;
  readonly file: string;
  readonly separator: string;
  readonly shape: readonly [baskets: number, products: number];
  readonly counts: readonly Reference[];
}[] = [
  {
    name: "Groceries",
    file: "groceries/baskets.csv.gz",
    separator: ",",
    shape: [9_835, 169],
    counts: [
      [0.01, 333, 333, 243],
      [0.005, 1_001, 1_001, 708],
      [0.001, 13_492, 13_464, 7_794],
    ],
  },
  {
    name: "T10I4D100K",
    file: "fimi/T10I4D100K.dat.gz",
    separator: " ",
    shape: [100_000, 870],
    counts: [
      [0.01, 385, 385, 370],
      [0.005, 1_073, 1_073, 585],
      [0.002, 13_255, 13_107, 1_938],
      [0.001, 27_532, 26_806, 4_054],
    ],
  },
  {
    name: "BMS-WebView-1",
    file: "fimi/BMS-WebView-1.dat.gz",
    separator: " ",
    shape: [59_602, 497],
    counts: [
      [0.01, 77, 77, 67],
      [0.005, 201, 201, 162],
      [0.001, 3_991, 3_974, 2_067],
    ],
  },
];

for (const { name, file, separator, shape, counts } of sources) {
  const isPresent = existsSync(join(folder, file));
  // oxlint-disable-next-line no-console -- a skipped measurement must say so
  if (!isPresent) console.warn(`Skipped: ${name} is not at ${join(folder, file)}; set DATA_DIR to the data folder.`);

  describe.skipIf(!isPresent)(`frequent itemsets of ${name}`, () => {
    it("are as many as arules counts: all, closed and maximal, at every support", async () => {
      const { baskets } = read(file, separator);
      expect([baskets.rows, baskets.columns]).toEqual(shape);
      const found: number[][] = [];
      for (const [minimumSupport] of counts) {
        const row = [minimumSupport];
        for (const kind of ["all", "closed", "maximal"] as const) {
          row.push((await findItemsets(baskets, { minimumSupport, kind })).count.length);
        }
        found.push(row);
      }
      expect(found).toEqual(counts);
    });
  });
}

const [groceries] = sources;

describe.skipIf(!existsSync(join(folder, groceries.file)))("rules of Groceries", () => {
  // Support, confidence, rules of at least two products with one on the right.
  const reference = [
    [0.001, 0.8, 410],
    [0.001, 0.5, 5_668],
    [0.001, 0.6, 2_918],
    [0.006, 0.25, 463],
    [0.01, 0.5, 15],
  ] as const;

  it("are as many as arules counts", async () => {
    const { baskets } = read(groceries.file, groceries.separator);
    const found: number[][] = [];
    for (const [minimumSupport, minimumConfidence] of reference) {
      const rules = await findRules(await findItemsets(baskets, { minimumSupport }), { minimumConfidence });
      found.push([minimumSupport, minimumConfidence, rules.count.length]);
    }
    expect(found).toEqual(reference);
  });

  it("are led by instant food and soda, which foretell hamburger meat", async () => {
    const { baskets, products } = read(groceries.file, groceries.separator);
    const rules = await findRules(await findItemsets(baskets, { minimumSupport: 0.001 }), { minimumConfidence: 0.5 });
    const left = Array.from(rowOf(rules.antecedents, 0), (product) => products.idOf(product));
    expect(left.sort()).toEqual(["Instant food products", "soda"]);
    expect([products.idOf(rules.consequent[0]), rules.count[0]]).toEqual(["hamburger meat", 12]);
    expect(measureRule(rules, 0).lift).toBeCloseTo(18.99565, 5);
  });
});
