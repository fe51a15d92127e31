import { expect, it } from "vitest";
import { importText } from "../../test/import-text.ts";
import { explainReport } from "./index.ts";

it("an import is explained in sentences: what came in, what was left out on which lines, what was assumed", async () => {
  const { report } = await importText(
    [
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID",
      "1,mug,Mug,2,2024-01-02 10:00,4.50,7",
      "2,mug,Mug,1,soon,4.50,7",
      "3,POST,POSTAGE,1,2024-01-02 10:00,4.50,7",
      "C4,mug,Mug,-1,2024-02-02 10:00,4.50,7",
    ].join("\n"),
  );
  const words = explainReport(report);
  for (const sentence of [
    "1 order with 1 line on 2024-01-02: 1 known customer, 1 product.",
    "Net revenue: €4.50.",
    "4 rows read: 1 became order lines, 1 took purchases back, 2 were left out.",
    "Taken back: 1 row, 1 of them with a purchase in the file (returned later and counted as evidence but not as money: 1 line).",
    'Left out: 1 row with a date that cannot be read (line 3; "soon"). Write dates as 2024-01-31 14:05.',
    'No products but postage, fees and the like: POST "POSTAGE" (1 row). If one is a product after all: --product-code CODE.',
    "Nothing in the file names a currency: amounts are taken as EUR. If they are not, say so with --currency.",
    "Times have no zone: they are taken as UTC. If the shop's is another, say so with --time-zone.",
  ]) {
    expect(words).toContain(sentence);
  }
});

it("an orders file that is handed in as the products is noticed", async () => {
  const orders = [
    "order_id,order_date,product_id,quantity,unit_price",
    ...Array.from({ length: 20 }, (_, i) => `${i},2024-01-02,mug,1,2.00`),
  ].join("\n");
  const { report } = await importText(orders, { products: orders });
  expect(explainReport(report).join("\n")).toContain("is it a file of orders instead of products?");
});

it("figures are grouped as the merchant's locale does", async () => {
  const rows = Array.from({ length: 1200 }, (_, i) => `${i},2024-01-02,mug,1,2.00`);
  const { report } = await importText(["order_id,order_date,product_id,quantity,unit_price", ...rows].join("\n"));
  expect(explainReport(report, "de-DE")[0]).toContain("1.200 orders with 1.200 lines on 2024-01-02");
});
