/** What real exports do to an import, one defect a test. */
import { describe, expect, it } from "vitest";
import { importText, linesOf, skippedOf } from "../../test/import-text.ts";

const header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\n";
const file = (...rows: readonly string[]): string => header + rows.map((row) => `${row}\n`).join("");
const good = "1,mug,Mug,2,2024-01-02 10:00,4.50,7";

describe("a return", () => {
  const bought = "100,mug,Mug,5,2024-01-02 10:00,4.00,7";

  it("of all units within a day cancels the line: it never shipped", async () => {
    const shop = await importText(file(bought, "C101,mug,Mug,-5,2024-01-02 11:00,4.00,7"));
    expect(linesOf(shop)).toMatchObject([{ quantity: 5, cancelled: true, returned: 0, refunded: 0 }]);
    expect(shop.report.rows).toEqual({ read: 2, used: 1, applied: 1, skipped: 0 });
    expect(shop.report.returns).toMatchObject({ matchedRows: 1, cancelledLines: 1 });
  });

  it("later keeps the evidence and takes back the money", async () => {
    const shop = await importText(file(bought, "C101,mug,Mug,-2,2024-01-09 11:00,4.00,7"));
    expect(linesOf(shop)).toMatchObject([{ quantity: 5, cancelled: false, returned: 2, refunded: 800 }]);
    expect(shop.report.currencies[0].net).toBe(1200);
  });

  it("takes back the purchase of exactly its quantity, then the latest ones", async () => {
    const shop = await importText(
      file(
        bought,
        "102,mug,Mug,3,2024-01-03 10:00,4.00,7",
        "C103,mug,Mug,-5,2024-02-01 10:00,4.00,7",
        "C104,mug,Mug,-2,2024-02-02 10:00,4.00,7",
      ),
    );
    expect(linesOf(shop).map(({ order, returned }) => [order, returned])).toEqual([
      ["100", 5],
      ["102", 2],
    ]);
  });

  it("never takes back a later purchase, nor another customer's", async () => {
    const shop = await importText(
      file(
        "C99,mug,Mug,-1,2024-01-01 10:00,4.00,7",
        bought,
        "101,mug,Mug,1,2024-01-02 10:00,4.00,8",
        "C102,tray,Tray,-1,2024-01-09 10:00,4.00,7",
      ),
    );
    expect(linesOf(shop).every(({ returned }) => returned === 0)).toBe(true);
    expect(skippedOf(shop)).toEqual({ "unmatched-return": 2 });
    expect(shop.report.returns).toMatchObject({ rows: 2, matchedRows: 0, unmatchedRows: 2 });
  });

  it("of more than was bought takes back what was bought", async () => {
    const shop = await importText(file(bought, "C101,mug,Mug,-9,2024-01-09 11:00,4.00,7"));
    expect(linesOf(shop)[0]).toMatchObject({ returned: 5, refunded: 2000 });
    expect(shop.report.returns.partlyMatchedRows).toBe(1);
  });

  it("by a guest is found by the order number behind the C, and inside its own order", async () => {
    const shop = await importText(
      file(
        "100,mug,Mug,5,2024-01-02 10:00,4.00,",
        "C100,mug,Mug,-1,2024-01-09 11:00,4.00,",
        "200,tray,Tray,2,2024-01-02 10:00,3.00,",
        "200,tray,Tray,-1,2024-01-05 10:00,3.00,",
      ),
    );
    expect(linesOf(shop).map(({ product, returned }) => [product, returned])).toEqual([
      ["mug", 1],
      ["tray", 1],
    ]);
  });
});

describe("rows that are no sale", () => {
  it.each([
    [
      "a negative quantity without a price corrects the stock",
      "2,mug,damaged,-3,2024-01-03 10:00,0,",
      "stock-adjustment",
    ],
    ["the quantity 0", "2,mug,Mug,0,2024-01-03 10:00,4.50,7", "zero-quantity"],
    ["the price 0", "2,mug,Mug,1,2024-01-03 10:00,0,7", "no-price"],
    ["a price that rounds to nothing", "2,mug,Mug,1,2024-01-03 10:00,0.001,7", "no-price"],
    ["a negative price", "2,mug,Mug,1,2024-01-03 10:00,-11062.06,", "no-price"],
    ["a day of the future", "2,mug,Mug,1,2024-07-01 10:00,4.50,7", "future-date"],
    ["a day before shops were online", "2,mug,Mug,1,1901-01-01 10:00,4.50,7", "implausible-date"],
    ["a date that is none", "2,mug,Mug,1,yesterday,4.50,7", "unreadable-date"],
    ["no date", "2,mug,Mug,1,,4.50,7", "no-date"],
    ["no order number", ",mug,Mug,1,2024-01-03 10:00,4.50,7", "no-order"],
    ["no product", "2,,,1,2024-01-03 10:00,4.50,7", "no-product"],
    ["no quantity", "2,mug,Mug,,2024-01-03 10:00,4.50,7", "no-quantity"],
    ["a quantity that is no number", "2,mug,Mug,many,2024-01-03 10:00,4.50,7", "unreadable-number"],
    ["a quantity beyond all measure", "2,mug,Mug,5012345678900,2024-01-03 10:00,4.50,7", "implausible-number"],
    ["a price beyond all measure", "2,mug,Mug,1,2024-01-03 10:00,5012345678900,7", "implausible-number"],
    ["a repetition", good, "repeated-row"],
    ["postage", "2,POST,POSTAGE,1,2024-01-03 10:00,18.00,7", "pseudo-product"],
  ])("are left out and counted: %s", async (_, row, reason) => {
    const shop = await importText(file(good, row));
    expect(skippedOf(shop)).toEqual({ [reason]: 1 });
    expect(shop.report.skipped[0].lines).toEqual([3]);
    expect(linesOf(shop)).toHaveLength(1);
  });

  it("are postage, fees, corrections and vouchers by code or by title, products of similar name are not", async () => {
    const row = (code: string, title: string): string => `2,${code},${title},1,2024-01-03 10:00,2.00,7`;
    const shop = await importText(
      file(
        ...[
          ["DOT", "DOTCOM POSTAGE"],
          ["M", "Manual"],
          ["D", "Discount"],
          ["S", "SAMPLES"],
          ["BANK CHARGES", "Bank Charges"],
          ["AMAZONFEE", "AMAZON FEE"],
          ["CRUK", "CRUK Commission"],
          ["gift_0001_20", "Dotcomgiftshop Gift Voucher £20.00"],
          ["x1", "Shipping"],
          ["x2", "Gift Card 50"],
          ["B", "Adjust bad debt"],
        ].map(([code, title]) => row(code, title)),
        row("p1", "POSTAGE STAMP CUSHION"),
        row("p2", "MANUAL COFFEE GRINDER"),
        row("p3", "Gift card holder"),
        row("S2", "Sample box of teas"),
        row("PADS", "PADS TO MATCH ALL CUSHIONS"),
      ),
    );
    expect(shop.catalogue.ids.all).toEqual(["p1", "p2", "p3", "S2", "PADS"]);
    expect(shop.report.pseudoProducts).toHaveLength(11);
  });

  it("can be named by the merchant, and be products after all", async () => {
    const shop = await importText(file(good, "2,gift,Gift Voucher,1,2024-01-03 10:00,20,7"), {
      pseudoProducts: { also: ["MUG"], never: ["gift"] },
    });
    expect(shop.catalogue.ids.all).toEqual(["gift"]);
  });

  it("keep their repetitions when the merchant books a line per unit", async () => {
    const shop = await importText(file(good, good), { repeatedRows: "keep" });
    expect(linesOf(shop)).toHaveLength(2);
    expect(shop.report.seen.repeatedRows).toBe(1);
  });
});

describe("rows that are used", () => {
  it("need no customer: guests count as evidence", async () => {
    const shop = await importText(
      file("1,mug,Mug,2,2024-01-02 10:00,4.50,", "2,mug,Mug,2,2024-01-02 10:00,4.50,guest"),
    );
    expect(Array.from(shop.history.customerOf)).toEqual([-1, -1]);
    expect(shop.report.guestOrders).toBe(2);
  });

  it("have customer ids that a spreadsheet turned into decimals mended", async () => {
    const shop = await importText(
      file("1,mug,Mug,2,2024-01-02 10:00,4.50,17850.0", "2,mug,Mug,2,2024-01-03 10:00,4.50,17850"),
    );
    expect(shop.history.customers.all).toEqual(["17850"]);
  });

  it("mean one product when codes differ in case and spaces, named as most rows name it", async () => {
    const shop = await importText(
      file("1,85123A,Heart,1,2024-01-02,1,7", "2,85123a ,Heart,1,2024-01-02,1,7", "3,85123A,Heart,1,2024-01-02,1,7"),
    );
    expect(shop.catalogue.ids.all).toEqual(["85123A"]);
    expect(shop.report.products.mergedSpellings).toBe(1);
  });

  it("name their product by its commonest description, price it by its latest sale and date it by its first", async () => {
    const shop = await importText(
      file(
        "1,mug,Blue mug,1,2024-02-01,5.00,7",
        "2,mug,,1,2024-03-01,6.00,7",
        "3,mug,Blue mug,1,2024-01-01,4.00,7",
        "4,mug,Mug?,1,2024-01-05,4.00,7",
      ),
    );
    expect(shop.catalogue.products).toEqual([
      {
        id: "mug",
        title: "Blue mug",
        publishedAt: "2024-01-01T00:00:00.000Z",
        variants: [{ id: "mug", prices: { default: 600 } }],
      },
    ]);
    expect(shop.report.products.withSeveralDescriptions).toBe(1);
  });

  it("sell parts of a unit as one unit at the price of the whole", async () => {
    const shop = await importText(file("1,cloth,Cloth,2.5,2024-01-02,4.00,7"));
    expect(linesOf(shop)).toMatchObject([{ quantity: 1, unitPrice: 1000 }]);
    expect(shop.report.warnings.map(({ code }) => code)).toContain("fractions");
  });

  it("belong to the order above when an export writes its number once", async () => {
    const shop = await importText(
      file("1,mug,Mug,1,2024-01-02,4.00,7", ",tray,Tray,1,,5.00,", "2,mug,Mug,1,2024-01-03,4.00,8"),
    );
    expect(linesOf(shop).map(({ order, product }) => [order, product])).toEqual([
      ["1", "mug"],
      ["1", "tray"],
      ["2", "mug"],
    ]);
    expect(shop.report.guestOrders).toBe(0);
  });

  it("may be 5,000 in one order, which is kept and named", async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `1,p${i},P,1,2024-01-02,1,7`);
    const shop = await importText(file(...rows));
    expect(shop.history.lineProduct).toHaveLength(5000);
    expect(shop.report.largeOrders).toEqual([{ order: "1", lines: 5000 }]);
  });

  it("warn of codes that a spreadsheet rounded", async () => {
    const shop = await importText(file("1,5.01235E+12,Mug,1,2024-01-02,1,7"));
    expect(shop.report.warnings.map(({ code }) => code)).toContain("destroyed-codes");
  });

  it("with the reasons of the others account for every row", async () => {
    const shop = await importText(
      file(
        good,
        good,
        "C2,mug,Mug,-1,2024-02-01,4.50,7",
        "C3,mug,Mug,-1,2024-02-01,4.50,9",
        "4,POST,POSTAGE,1,2024-01-02,1,7",
        "5,mug,Mug,x,2024-01-02,1,7",
        "6,mug,Mug,1,2024-01-02,1,7,extra",
      ),
    );
    const { read, used, applied, skipped } = shop.report.rows;
    expect({ read, used, applied, skipped }).toEqual({ read: 7, used: 1, applied: 1, skipped: 5 });
  });
});

describe("currencies", () => {
  const columns = "order_id,order_date,product_id,quantity,unit_price,currency\n";

  it("are never added up: the main one prices products, others stay evidence", async () => {
    const shop = await importText(
      `${columns}1,2024-01-01,mug,1,4.00,EUR\n2,2024-01-02,mug,1,700,JPY\n3,2024-01-03,mug,1,5.00,eur\n4,2024-01-03,tray,1,9,JPY\n`,
    );
    expect(shop.report.currencies).toEqual([
      { currency: "EUR", orders: 2, net: 900 },
      { currency: "JPY", orders: 2, net: 709 },
    ]);
    expect(shop.catalogue.markets[0].currency).toBe("EUR");
    expect(shop.catalogue.products.map(({ variants }) => variants[0].prices)).toEqual([{ default: 500 }, {}]);
    expect(shop.report.warnings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["several-currencies", "products-without-price"]),
    );
  });

  it("of a row must be known and be that of its order", async () => {
    const shop = await importText(
      `${columns}1,2024-01-01,mug,1,4.00,EUR\n1,2024-01-01,tray,1,4.00,USD\n2,2024-01-01,mug,1,4.00,beads\n`,
    );
    expect(skippedOf(shop)).toEqual({ "mixed-currency-order": 1, "unknown-currency": 1 });
  });

  it("are taken from signs beside the amounts, else assumed and said so", async () => {
    const plain = "order_id,order_date,product_id,quantity,unit_price\n";
    expect((await importText(`${plain}1,2024-01-01,mug,1,£4.00\n`)).report.currencies[0].currency).toBe("GBP");
    const assumed = (await importText(`${plain}1,2024-01-01,mug,1,4.00\n`)).report;
    expect(assumed.mainCurrencyBecause).toBe("assumed");
    expect(assumed.warnings.map(({ code }) => code)).toContain("currency-assumed");
  });
});

describe("numbers and dates", () => {
  it("are read by the evidence of the whole file", async () => {
    const shop = await importText(
      "Bestellnummer;Bestelldatum;Artikelnummer;Menge;Einzelpreis\n1;3.4.2024;mug;1;1.234\n2;4.4.2024;mug;1;12,50\n",
      { timeZone: "Europe/Berlin" },
    );
    expect(linesOf(shop).map(({ unitPrice }) => unitPrice)).toEqual([123_400, 1250]);
    expect(shop.report.range.from).toBe("2024-04-02T22:00:00.000Z");
    expect(shop.report.numbers.decimalMark).toBe("comma");
  });
});
