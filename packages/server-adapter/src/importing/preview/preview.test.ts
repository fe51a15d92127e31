import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { defaultMarket } from "@basketlift/engine/catalogue";
import { previewOrders, previewProducts } from "./index.ts";

const now = new Date("2026-06-15T00:00:00Z");
const head = (text: string | Uint8Array, isWhole = true) => ({
  name: "orders.csv",
  content: typeof text === "string" ? Buffer.from(text) : text,
  isWhole,
});
const preview = (text: string | Uint8Array, isWhole = true, columns = {}) =>
  previewOrders(head(text, isWhole), { columns, now });
const mapped = ({ fields }: Awaited<ReturnType<typeof preview>>) =>
  Object.fromEntries(
    fields.flatMap(({ name, column, because }) => (column === null ? [] : [[name, [column, because]]])),
  );

const named = "Order ID,Date,Product,Quantity,Unit Price\n";
const good = "1,2026-01-05,mug,2,12.50\n";

describe("a preview of orders", () => {
  it("finds columns by name, says how many of their values fit, and reads the first rows", async () => {
    const { fields, rows, problem, columns } = await preview(`${named}${good}2,someday,mug,many,12.50\n`);
    expect(problem).toBeNull();
    const field = (name: string) => fields.find((one) => one.name === name);
    expect(field("date")).toEqual({
      name: "date",
      label: "Time of the order",
      need: "the order's time",
      column: "Date",
      because: "name",
      confidence: 0.5,
    });
    expect(field("email")).toMatchObject({ column: null, because: null, confidence: null, need: null });
    expect(columns[1]).toEqual({ header: "Date", samples: ["2026-01-05", "someday"] });
    expect(rows).toEqual([
      {
        line: 2,
        outcome: "used",
        values: { order: "1", date: "2026-01-05T00:00:00Z", product: "mug", quantity: "2", unitPrice: "12.50 EUR" },
      },
      expect.objectContaining({ line: 3, outcome: "skipped" }),
    ]);
  });

  it("names the line, the column and the text of what cannot be read", async () => {
    const { problems, skipped } = await preview(`${named}${good}2,someday,mug,1,1.00\n3,2026-01-05,mug,many,1.00\n`);
    expect(problems).toEqual([
      { line: 3, reason: "unreadable-date", field: "date", column: "Date", text: "someday" },
      { line: 4, reason: "unreadable-number", field: "quantity", column: "Quantity", text: "many" },
    ]);
    expect(skipped.map(({ words }) => words)).toContain(
      '1 row with a date that cannot be read (line 3; "someday"). Write dates as 2024-01-31 14:05.',
    );
  });

  it("guesses by their values columns that nobody named, and trusts that less than a name", async () => {
    const lines = Array.from(
      { length: 30 },
      (_, row) => `B${Math.floor(row / 3)},x${row},05.01.2026,${row % 4},${row}.50`,
    );
    const found = await preview(`a,b,c,d,e\n${lines.join("\n")}\n`, true, { product: "b" });
    expect(mapped(found)).toEqual({
      order: ["a", "values"],
      product: ["b", "given"],
      date: ["c", "values"],
      quantity: ["d", "values"],
      unitPrice: ["e", "values"],
    });
    expect(found.fields.find(({ name }) => name === "date")?.confidence).toBe(0.6);
    expect(found.problem).toBeNull();
  });

  it("takes the merchant's word, also that a field is in no column", async () => {
    const file = "Order ID,Date,Product,Quantity,Unit Price,Customer\n1,2026-01-05,mug,2,12.50,ann\n";
    const found = await preview(file, true, { customer: "" });
    expect(mapped(found)).not.toHaveProperty("customer");
    expect(found.rows[0].values).not.toHaveProperty("customer");
  });

  it("says what is missing, and still shows the columns to choose from", async () => {
    const found = await preview("colour,size\nred,L\n");
    expect(found.problem).toContain("No column was found for the order number");
    expect(found.columns.map(({ header }) => header)).toEqual(["colour", "size"]);
  });

  it.each([
    ["an Excel workbook", Buffer.from("504b030414000600", "hex"), "Excel workbook"],
    ["a damaged gzip file", Buffer.from("1f8b0800000000000003ffffffffffffffffffff", "hex"), "damaged"],
    ["no header", "1,2026-01-05,mug\n2,2026-01-05,mug\n", "not column names"],
  ])("of %s says what it is instead of a table", async (_, content, problem) => {
    expect((await preview(content)).problem).toContain(problem);
  });
});

describe("the beginning of a file", () => {
  const rows = Array.from({ length: 2_000 }, (_, row) => `${row},2026-01-05,mug,2,12.50\n`).join("");

  it.each([
    ["plain", (text: string) => Buffer.from(text)],
    ["gzip", (text: string) => gzipSync(text)],
    ["UTF-16", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
  ])("%s, is read up to where it is cut off", async (_, write) => {
    const whole = write(named + rows);
    const { problem, problems, file } = await preview(whole.subarray(0, Math.floor(whole.length / 2)), false);
    expect([problem, problems]).toEqual([null, []]);
    expect(file.isWhole).toBe(false);
    expect(file.rows).toBeGreaterThan(500);
    expect(file.rows).toBeLessThan(2_000);
  });

  it("may end inside of a quoted text of several lines", async () => {
    const { problem, file } = await preview(`${named}${good}2,2026-01-05,"a mug\nwith a story`, false);
    expect([problem, file.rows]).toEqual([null, 1]);
  });

  it("with a quote that never closes says where it opens", async () => {
    const { problem } = await preview(`${named}${good}2,2026-01-05,"mug,1,1.00\n${rows}`, false);
    expect(problem).toContain("line 3: A quote opens here and never closes.");
  });

  it("takes a return whose purchase may come later for a return", async () => {
    const { rows: read, problems } = await preview(`${named}C1,2026-01-05,mug,-2,12.50\n${rows}`, false);
    expect([read[0].outcome, problems]).toEqual(["applied", []]);
  });
});

describe("a preview of products", () => {
  it("shows prices as they are read, and names what is there twice", async () => {
    const text = "product_id;sku;title;price\na;a1;Mug;1.234,50\na;a1;Mug;2,00\n";
    const { rows, problems } = await previewProducts(head(text), { market: defaultMarket, now });
    expect(rows.map(({ outcome, values }) => [outcome, values["price"]])).toEqual([
      ["used", `1234.50 ${defaultMarket.currency}`],
      ["skipped", `2.00 ${defaultMarket.currency}`],
    ]);
    expect(problems).toEqual([{ line: 3, reason: "repeated-product", field: "variant", column: "sku", text: "a1" }]);
  });
});
