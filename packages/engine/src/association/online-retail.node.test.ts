/**
 * Affinities on a real shop: UCI Online Retail, a year of a British gift wholesaler, beside two worlds made from it
 * in which there is nothing to find.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { createIdentifiers, type Identifiers } from "../catalogue/identifiers.ts";
import { columnSizes, incidence, type Incidence } from "../matrix/sparse.ts";
import { createRandom } from "../random/generator.ts";
import { benjaminiHochbergLog, logHypergeometricUpperTail } from "../statistics/index.ts";
import { companionsOf, countPairs, drawIndependentBaskets, findAffinities, swapRandomise } from "./index.ts";

const file = join(
  process.env["DATA_DIR"] ?? join(import.meta.dirname, "../../../../../shared/data"),
  "online-retail/orders.csv.gz",
);
const isPresent = existsSync(file);
// oxlint-disable-next-line no-console -- a skipped measurement must say so
if (!isPresent) console.warn(`Skipped: Online Retail is not at ${file}; set DATA_DIR to the data folder.`);

describe.skipIf(!isPresent)("affinities in Online Retail", () => {
  let lines: readonly Line[] = [];
  let shop: Shop;
  let independent: Incidence;
  beforeAll(async () => {
    lines = readLines();
    // Postage, bank charges, vouchers and manual corrections have other codes than five digits and a letter or two.
    shop = shopOf(lines.filter(({ product }) => /^\d{5}/.test(product)));
    independent = await drawIndependentBaskets(shop.baskets, createRandom("online-retail"));
  });

  it("are as many as an independent implementation counted", async () => {
    // Pseudo-products were left in there: 19,960 baskets, 3,922 codes, 291,635 pairs at a level of 5 %.
    const { facts } = await findAffinities(shopOf(lines).baskets);
    expect([facts.basketCount, facts.soldProducts]).toEqual([19_960, 3_922]);
    expect(Math.abs(facts.significantPairs - 291_635)).toBeLessThan(10);
  });

  it("put the other hanging hearts beside the white hanging heart", async () => {
    const affinities = await findAffinities(shop.baskets);
    expect(affinities.facts).toMatchObject({ basketCount: 19_773, soldProducts: 3_900 });
    expect(affinities.facts.convergence.converged).toBe(true);
    expect(affinities.facts.significantPairs).toBeGreaterThan(250_000);
    expect(affinities.count.length).toBeLessThan(affinities.facts.significantPairs);

    const product = shop.products.indexOf("85123A") ?? NaN;
    const companions = companionsOf(affinities, product, 2).map((companion) => shop.products.idOf(companion.product));
    expect(companions).toEqual(["21733", "22804"]); // red and pink
  });

  it("are none once every basket is refilled by popularity", async () => {
    const { facts } = await findAffinities(independent);
    expect(facts.testedPairs).toBeGreaterThan(1_000_000);
    expect(facts.significantPairs).toBeLessThanOrEqual(5);
  });

  it("are none once products are swapped between baskets until only sizes and frequencies are left", async () => {
    const swapped = await swapRandomise(shop.baskets, createRandom("online-retail"));
    expect((await findAffinities(swapped)).facts.significantPairs).toBeLessThanOrEqual(5);
  });

  it("would be over a million in the refilled baskets by Fisher's exact test", async () => {
    const { left, right, count } = await countPairs(independent, { minimumCount: 5 });
    const frequencies = columnSizes(independent);
    const logPValues = Float64Array.from(count, (together, i) =>
      logHypergeometricUpperTail(together, {
        population: independent.rows,
        marked: frequencies[left[i]],
        drawn: frequencies[right[i]],
      }),
    );
    const family = (shop.products.size * (shop.products.size - 1)) / 2;
    expect(benjaminiHochbergLog(logPValues, { familySize: family }).rejections).toBeGreaterThan(1_000_000);
  });
});

interface Line {
  readonly order: string;
  readonly product: string;
}

interface Shop {
  readonly baskets: Incidence;
  readonly products: Identifiers;
}

/** Sales: no cancellations (orders that begin with C), no corrections (quantity or price of zero or less). */
function readLines(): Line[] {
  const lines: Line[] = [];
  for (const text of gunzipSync(readFileSync(file)).toString("latin1").split(/\r?\n/).slice(1)) {
    // Order and product stand before the description, the only field with commas; quantity and price after it.
    const [, order, product, quantity, price] =
      /^([^,]*),([^,]*),(?:"(?:[^"]|"")*"|[^,"]*),([^,]*),[^,]*,([^,]*),/.exec(text) ?? [];
    if (order && product && !order.startsWith("C") && Number(quantity) > 0 && Number(price) > 0) {
      lines.push({ order, product });
    }
  }
  return lines;
}

function shopOf(lines: readonly Line[]): Shop {
  const orders = createIdentifiers();
  const products = createIdentifiers();
  const row = lines.map(({ order }) => orders.intern(order));
  const column = lines.map(({ product }) => products.intern(product));
  return { baskets: incidence({ rows: orders.size, columns: products.size, row, column }), products };
}
