/**
 * The UCI Online Retail file, with the counts that its literature publishes. Data: `online-retail/orders.csv.gz` below
 * `DATA_DIR`, else below `../shared/data` beside the repository.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Catalogue, marketOf } from "@basketlift/engine/catalogue";
import { beforeAll, describe, expect, it } from "vitest";
import { linesOf, skippedOf } from "../../test/import-text.ts";
import { explainReport, type ImportedShop, importShop } from "./index.ts";

const root = join(import.meta.dirname, "../../../..");
const path = join(process.env["DATA_DIR"] ?? join(root, "../shared/data"), "online-retail/orders.csv.gz");
const present = existsSync(path);
if (!present) process.stderr.write(`Skipped: there is no ${path}.\n`);

const titleOf = (catalogue: Catalogue, id: string): string | undefined =>
  catalogue.products[catalogue.ids.indexOf(id) ?? -1]?.title;

describe.skipIf(!present)(`Online Retail, from ${path}`, () => {
  let shop: ImportedShop;
  beforeAll(async () => {
    shop = await importShop({
      orders: path,
      market: { currency: "GBP", country: "GB", timeZone: "Europe/London" },
      now: new Date("2012-01-01"),
    });
  }, 120_000);

  it("shows its published counts in the report", () => {
    expect(shop.report.rows.read).toBe(541_909);
    expect(shop.report.seen).toEqual({
      orders: 25_900,
      productCodes: 4070,
      customers: 4372,
      rowsWithoutCustomer: 135_080,
      rowsWithoutDescription: 1454,
      rowsWithoutPositiveQuantity: 10_624,
      rowsWithoutPositivePrice: 2517,
      cancellationRows: 9288,
      repeatedRows: 5268,
    });
  });

  it("accounts for every row", () => {
    const { read, used, applied, skipped } = shop.report.rows;
    expect(used + applied + skipped).toBe(read);
    expect(used).toBe(shop.history.lineProduct.length);
    expect(Object.keys(skippedOf(shop)).toSorted()).toEqual([
      "no-price",
      "pseudo-product",
      "repeated-row",
      "stock-adjustment",
      "unmatched-return",
    ]);
  });

  it("matches most cancellations to the purchase they take back", () => {
    const { rows, matchedRows } = shop.report.returns;
    expect(matchedRows / rows).toBeGreaterThan(0.8);
  });

  it("cancels the two great orders that were taken back within minutes", () => {
    const lines = linesOf(shop);
    expect(lines.filter(({ quantity }) => quantity > 70_000)).toMatchObject([
      { order: "541431", quantity: 74_215, cancelled: true },
      { order: "581483", quantity: 80_995, cancelled: true },
    ]);
  });

  it("keeps no postage, charges or vouchers among its products", () => {
    for (const code of ["POST", "DOT", "D", "M", "S", "C2", "CRUK", "AMAZONFEE", "BANK CHARGES", "gift_0001_20"]) {
      expect(shop.catalogue.ids.indexOf(code)).toBeUndefined();
    }
    expect(titleOf(shop.catalogue, "85123A")).toBe("WHITE HANGING HEART T-LIGHT HOLDER");
    expect(titleOf(shop.catalogue, "DCGSSGIRL")).toBe("GIRLS PARTY BAG");
    expect(marketOf(shop.catalogue).currency).toBe("GBP");
  });

  it("is explained in plain words", () => {
    const words = explainReport(shop.report).join("\n");
    for (const part of [
      "541,909 rows read",
      "rows of postage, fees, vouchers",
      "Europe/London",
      "order=InvoiceNo",
      "repeat an earlier row",
    ])
      expect(words).toContain(part);
  });
});
