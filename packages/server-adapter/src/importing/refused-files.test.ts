import { open } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { importText, now, skippedOf } from "../../test/import-text.ts";
import { temporaryFile, temporaryPath } from "../../test/temporary-file.ts";
import { ImportError, importShop } from "./index.ts";

const good = "order_id,order_date,product_id,quantity,unit_price\n1,2024-01-02,mug,1,2.00\n";

async function errorOf(work: Promise<unknown>): Promise<ImportError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ImportError)) throw new Error(`expected an ImportError, got ${String(error)}`);
  return error;
}

describe("a file that cannot be imported", () => {
  it.each([
    ["is empty", "", "empty-file"],
    ["holds nothing when unpacked", gzipSync(""), "empty-file"],
    ["holds blank lines only", "\n\n   \n", "empty-file"],
    ["is one endless line", "x".repeat(9 * 1024 * 1024), "row-too-long"],
    ["has a header only", "order_id,order_date,product_id,quantity,unit_price\n", "header-only"],
    [
      "has no header",
      "536365,85123A,LANTERN,6,2010-12-01 08:26:00,2.55\n536366,85123A,LANTERN,6,2010-12-01 08:26:00,2.55\n",
      "no-header",
    ],
    ["is a PNG picture", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), "image-file"],
    ["is an Excel workbook", Buffer.from("504b030414000600080000002100", "hex"), "spreadsheet-file"],
    ["is a PDF", "%PDF-1.7\n", "pdf-file"],
    ["is binary", Buffer.from(Array.from({ length: 400 }, (_, i) => (i * 37) % 32)), "binary-file"],
    ["is a picture inside gzip", gzipSync(Buffer.from("89504e470d0a1a0a0000000d49484452", "hex")), "image-file"],
    ["is a web page", "<!DOCTYPE html><html><body>Sign in</body></html>", "web-page"],
    ["is one JSON array", '[{"order_id":1}]', "json-array"],
    ["is UTF-32", Buffer.from("fffe00006f00000072000000", "hex"), "wrong-encoding"],
    ["has a quote that never closes", `${good}2,2024-01-02,"mug,1,2.00\n3,2024-01-02,tray,1,2.00\n`, "unclosed-quote"],
    [
      "has no row that can be used",
      "order_id,order_date,product_id,quantity,unit_price\n1,never,mug,1,2\n",
      "no-orders",
    ],
  ])("because it %s says so", async (_, content, code) => {
    const error = await errorOf(importText(content));
    expect(error.code).toBe(code);
    expect(error.message).toContain(error.file);
    expect(error.hint).not.toBe("");
  });

  it("because it is not there says so", async () => {
    expect((await errorOf(importShop({ orders: await temporaryPath("none.csv"), now }))).code).toBe("not-found");
  });

  it("because it is a directory says so", async () => {
    expect((await errorOf(importShop({ orders: "/", now }))).code).toBe("directory");
  });

  it("names the line on which a quote opens that never closes", async () => {
    expect((await errorOf(importText(`${good}2,2024-01-02,"mug,1,2.00\n3,2024-01-02,tray,1,2.00\n`))).line).toBe(3);
  });

  it("because its gzip breaks off says how far it could be read", async () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => `${i},2024-01-02,mug-${(i * 7919) % 1009},1,2.00`);
    const packed = gzipSync(`order_id,order_date,product_id,quantity,unit_price\n${rows.join("\n")}\n`);
    const error = await errorOf(importText(packed.subarray(0, packed.length * 0.8)));
    expect(error.code).toBe("truncated-file");
    expect(error.rowsRead).toBeGreaterThan(1000);
    expect(error.line).toBe(error.rowsRead + 1);
  });

  it("because its gzip is damaged says so", async () => {
    const packed = Buffer.from(gzipSync(good));
    packed.fill(0xff, 12, 30);
    expect((await errorOf(importText(packed))).code).toBe("damaged-file");
  });

  it("because columns are missing lists what was found, what is needed, and how to map by hand", async () => {
    const error = await errorOf(
      importText("order_id,when_bought,product_id,quantity,cost_to_us\n1,2024-01-02,mug,1,2\n"),
    );
    expect(error.code).toBe("missing-columns");
    for (const part of [
      '"when_bought"',
      "the order's time and the price",
      "order_date and unit_price",
      "--column date=HEADER --column unitPrice=HEADER",
    ]) {
      expect(error.message).toContain(part);
    }
  });

  it("because its columns have other names says so, however much those look like figures", async () => {
    const header = Array.from({ length: 3000 }, (_, i) => `col${i}`).join(",");
    const error = await errorOf(importText(`${header}\n${"1,".repeat(2999)}1\n`));
    expect(error.code).toBe("missing-columns");
    expect(error.message).toContain('"col19" and 2980 more');
  });

  it("because its objects are empty says that there is no column", async () => {
    expect((await errorOf(importText("{}\n{}\n"))).message).toContain("The file has no column at all.");
  });

  it("because none of its rows can be used says why in words, and what to do", async () => {
    const error = await errorOf(importText(good.replace("2024-01-02", "soon")));
    expect(error.message).toContain(
      '1 row with a date that cannot be read (line 2; "soon"). Write dates as 2024-01-31',
    );
  });

  it("because a column mapped by hand does not exist lists the columns", async () => {
    const error = await errorOf(importText(good, { columns: { unitPrice: "Preis" } }));
    expect(error.code).toBe("unknown-column");
    expect(error.message).toContain('"unit_price"');
  });
});

describe("a line of 200 MB", () => {
  it("is left out without being held in memory, and the rest is read", async () => {
    const path = await temporaryFile(good);
    const file = await open(path, "a");
    const block = Buffer.alloc(4 * 1024 * 1024, "x");
    await file.write('2,2024-01-02,"');
    for (let written = 0; written < 200; written += 4) await file.write(block);
    await file.write('",1,2.00\n3,2024-01-03,tray,1,2.00\n');
    await file.close();
    const before = process.memoryUsage().rss;
    let peak = before;
    const shop = await importShop({
      orders: path,
      now,
      onProgress: () => (peak = Math.max(peak, process.memoryUsage().rss)),
    });
    expect(peak - before).toBeLessThan(100 * 1024 * 1024);
    expect(shop.history.orderIds).toEqual(["1", "3"]);
    expect(skippedOf(shop)).toEqual({ "row-too-long": 1 });
    expect(shop.report.skipped[0].lines).toEqual([3]);
  });
});
