import { readdir, readlink, stat } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { importText, now } from "../../test/import-text.ts";
import { temporaryFile } from "../../test/temporary-file.ts";
import { importShop } from "./index.ts";

const rows = Array.from({ length: 60_000 }, (_, i) => `${i},2024-01-02,mug,1,2.00`).join("\n");
const content = `order_id,order_date,product_id,quantity,unit_price\n${rows}\n`;

/** Files of this process that are open under a path. */
async function openFiles(path: string): Promise<number> {
  const links = await Promise.all(
    (await readdir("/proc/self/fd")).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")),
  );
  return links.filter((link) => link === path).length;
}

describe("an import", () => {
  it("says how many bytes of the file are read, up to all of them", async () => {
    const path = await temporaryFile(content);
    const { size } = await stat(path);
    const seen: number[] = [];
    await importShop({
      orders: path,
      now,
      onProgress: ({ step, done, total }) => step === "reading orders" && total === size && seen.push(done),
    });
    expect(seen.length).toBeGreaterThan(3);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(size);
  });

  it("stops when aborted and closes the file", async () => {
    const path = await temporaryFile(content);
    const controller = new AbortController();
    const reason = new Error("the merchant changed their mind");
    const importing = importShop({
      orders: path,
      now,
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(importing).rejects.toBe(reason);
    if (process.platform === "linux") expect(await openFiles(path)).toBe(0);
  });

  it("does not begin when aborted before", async () => {
    await expect(importText(content, { signal: AbortSignal.abort(new Error("no")) })).rejects.toThrow("no");
  });
});
