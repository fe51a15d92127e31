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
    "1 order with 1 line from 2024-01-02 to 2024-01-02, by 1 known customer (0 orders by guests), of 1 product.",
    "€4.50 net in 1 order.",
    "Of 4 rows 1 became order lines, 1 took purchases back, 2 were left out.",
    'Left out: 1 rows have a date that cannot be read (line 3; "soon"). Write dates as 2024-01-31 14:05.',
    'Taken for no products: POST "POSTAGE" (1).',
    "No column and no sign names a currency: amounts are taken as EUR. Name the currency to be sure.",
  ]) {
    expect(words).toContain(sentence);
  }
});
