import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { importText, linesOf, skippedOf } from "../../test/import-text.ts";

const header = ["order_id", "order_date", "product_id", "title", "quantity", "unit_price"];
const rows = [
  ["1", "2024-01-02 10:00", "mug", "Café-Becher", "2", "4.50"],
  ["1", "2024-01-02 10:00", "tray", "Öse", "1", "12.00"],
];
const text = (delimiter: string, lineEnd = "\n"): string =>
  [header, ...rows].map((row) => row.join(delimiter)).join(lineEnd) + lineEnd;
const titles = ["Café-Becher", "Öse"];

describe("a file of order lines", () => {
  it.each([
    ["commas", ","],
    ["semicolons", ";"],
    ["tabs", "\t"],
    ["pipes", "|"],
  ])("is read with %s", async (_, delimiter) => {
    const { report, catalogue } = await importText(text(delimiter));
    expect(report.files[0].delimiter).toBe(delimiter);
    expect(catalogue.products.map((product) => product.title)).toEqual(titles);
  });

  it("keeps its delimiter when texts are full of another one", async () => {
    const { report } = await importText(
      "order;date;sku;description;qty;price\n1;2024-01-02;a;red, blue, green, big;1;2.50\n",
    );
    expect(report.files[0].delimiter).toBe(";");
    expect(report.orders).toBe(1);
  });

  it("may name its delimiter in Excel's way", async () => {
    const shop = await importText(`sep=;\r\n${text(";", "\r\n")}`);
    expect(linesOf(shop)).toHaveLength(2);
  });

  it.each([
    ["Windows", "\r\n"],
    ["old Mac", "\r"],
  ])("is read with %s line ends", async (_, lineEnd) => {
    expect(linesOf(await importText(text(",", lineEnd)))).toHaveLength(2);
  });

  it.each([
    ["UTF-8", Buffer.from(text(",")), "utf-8"],
    ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${text(",")}`), "utf-8"],
    ["UTF-16LE with a byte order mark", Buffer.from(`\ufeff${text(",")}`, "utf16le"), "utf-16le"],
    ["UTF-16BE with a byte order mark", Buffer.from(`\ufeff${text(",")}`, "utf16le").swap16(), "utf-16be"],
    ["UTF-16LE without one", Buffer.from(text(","), "utf16le"), "utf-16le"],
    ["Windows-1252", Buffer.from(text(","), "latin1"), "windows-1252"],
  ])("is read in %s", async (_, bytes, encoding) => {
    const { catalogue, report } = await importText(bytes);
    expect(catalogue.products.map((product) => product.title)).toEqual(titles);
    expect(report.files[0].encoding).toBe(encoding);
  });

  it("says when it was not UTF-8", async () => {
    const { report } = await importText(Buffer.from(text(","), "latin1"));
    expect(report.warnings.find(({ code }) => code === "encoding")?.message).toContain("Windows-1252");
  });

  it("is read text by text when two exports in different encodings were put together", async () => {
    const later = Buffer.from("2,2024-01-03 10:00,bowl,Schüssel,1,3.00\n3,2024-01-03 10:00,cup,Tässchen,1,3.00\n");
    const earlier = Buffer.from(text(","), "latin1");
    const { catalogue, report } = await importText(Buffer.concat([earlier, later]));
    expect(catalogue.products.map((product) => product.title)).toEqual([...titles, "Schüssel", "Tässchen"]);
    expect(report.warnings.some(({ code }) => code === "encoding")).toBe(true);
  });

  it("is unpacked by its first bytes, whatever its name", async () => {
    const { report } = await importText(gzipSync(text(",")));
    expect(report.files[0].compression).toBe("gzip");
    expect(report.orders).toBe(1);
  });

  it("counts physical lines, also through line breaks inside quotes", async () => {
    const shop = await importText(
      [
        "order_id,order_date,product_id,title,quantity,unit_price",
        '1,2024-01-02,a,"Mug\r\nwith\r\nlines",1,2.00',
        "",
        '2,2024-01-02,b,"two\nlines",1,2.00',
        "3,yesterday,c,Cup,1,2.00",
        '4,soon,d,"Bowl\r\nand lid",1,2.00',
        "5,never,e,Jar,1,2.00",
      ].join("\r\n"),
    );
    expect(shop.report.skipped).toEqual([
      { reason: "unreadable-date", count: 3, lines: [8, 9, 11], example: "yesterday" },
    ]);
    expect(shop.catalogue.products[0].title).toBe("Mug with lines");
  });

  it("survives quotes that stand where they should not", async () => {
    const shop = await importText(
      'order_id,order_date,product_id,title,quantity,unit_price\n1,2024-01-02,a,12" ruler,1,2.00\n2,2024-01-02,b,"5 inch" nail,1,2.00\n',
    );
    expect(shop.catalogue.products.map((product) => product.title)).toEqual(['12" ruler', '"5 inch" nail']);
  });

  it("leaves out rows with more cells than columns and says on which line", async () => {
    const shop = await importText(`${text(",")}2,2024-01-03,c,one, two,1,2.00\n`);
    expect(shop.report.skipped).toEqual([
      { reason: "column-count", count: 1, lines: [4], example: "7 cells instead of 6" },
    ]);
  });

  it("is read as JSON lines, a line item a line", async () => {
    const shop = await importText(
      rows.map((row) => JSON.stringify(Object.fromEntries(header.map((name, i) => [name, row[i]])))).join("\n"),
    );
    expect(shop.report.files[0].kind).toBe("ndjson");
    expect(linesOf(shop).map(({ product, unitPrice }) => [product, unitPrice])).toEqual([
      ["mug", 450],
      ["tray", 1200],
    ]);
  });

  it("is read as JSON lines, an order with its lines a line", async () => {
    const order = (id: number, extra: object) =>
      JSON.stringify({ id, created_at: "2024-01-02T10:00:00Z", currency: "EUR", customer: { id: 7 }, ...extra });
    const shop = await importText(
      [
        order(1, {
          line_items: [
            { id: 90, sku: "mug", quantity: 2, price: "4.50" },
            { id: 91, sku: "tray", quantity: 1, price: 12 },
          ],
        }),
        "{broken",
        order(2, {
          cancelled_at: "2024-01-03T10:00:00Z",
          line_items: [{ id: 92, sku: "mug", quantity: 1, price: "4.50" }],
        }),
      ].join("\n"),
    );
    expect(
      linesOf(shop).map(({ order, product, quantity, cancelled }) => [order, product, quantity, cancelled]),
    ).toEqual([
      ["1", "mug", 2, false],
      ["1", "tray", 1, false],
      ["2", "mug", 1, true],
    ]);
    expect(shop.history.customers.all).toEqual(["7"]);
    expect(skippedOf(shop)).toEqual({ "not-json": 1 });
  });

  it("says which JSON lines were not UTF-8", async () => {
    const line = JSON.stringify({ order_id: 1, date: "2024-01-02", sku: "a", name: "Öse", quantity: 1, price: 2 });
    const shop = await importText(Buffer.from(line, "latin1"));
    expect(shop.catalogue.products[0].title).toBe("Öse");
    expect(shop.report.warnings.map(({ code }) => code)).toContain("encoding");
  });

  it("may bring columns in later JSON lines", async () => {
    const line = (extra: object) =>
      JSON.stringify({ order_id: 1, date: "2024-01-02", sku: "a", quantity: 1, price: 2, ...extra });
    const shop = await importText([line({}), line({ order_id: 2, cancelled: true })].join("\n"));
    expect(linesOf(shop).map(({ cancelled }) => cancelled)).toEqual([false, true]);
  });

  it("takes orders as the engine writes them, in minor units", async () => {
    const order = {
      id: "1",
      placedAt: "2024-01-02T10:00:00Z",
      currency: "JPY",
      lines: [{ productId: "mug", quantity: 1, unitPrice: 1999 }],
    };
    const shop = await importText(JSON.stringify(order));
    expect(linesOf(shop)[0].unitPrice).toBe(1999);
    expect(shop.report.warnings.map(({ code }) => code)).toContain("amounts-are-minor");
  });
});
