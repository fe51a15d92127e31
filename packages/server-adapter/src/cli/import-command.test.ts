import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDemoShop } from "@basketlift/engine/simulation";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { runCommand, spawnCommand, type CommandRun } from "../../test/command-line.ts";
import { makeMigratedDirectory } from "../../test/embedded-database.ts";
import { imports, orders } from "../database/schema.ts";
import type { Database } from "../server/services.ts";
import { startServer } from "../server/start.ts";
import { writeOrdersCsv, writeProductsCsv } from "../importing/index.ts";
import { importCommand } from "./commands/import.ts";
import { withShop } from "./shop-database.ts";

let folder: string;
let orderFile: string;
let productFile: string;
const inFolder = (name: string): string => join(folder, name);

const demo = createDemoShop({ scale: 0.05 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "basketlift-import-"));
  [orderFile, productFile] = [inFolder("orders.csv"), inFolder("products.csv")];
  await writeOrdersCsv(orderFile, demo.orders, demo.products);
  await writeProductsCsv(productFile, demo.products, demo.markets[0]);
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

const run = (args: readonly string[], onError?: (piece: string) => void): CommandRun =>
  runCommand([importCommand], ["import", ...args], onError);

/** A data directory of its own: making a database takes seconds, copying one does not. */
async function dataDirectory(name: string): Promise<string> {
  await makeMigratedDirectory(join(inFolder(name), "database"));
  return inFolder(name);
}

const inShop = <Result>(data: string, read: (db: Database) => Promise<Result>): Promise<Result> =>
  withShop(data, ({ db }) => read(db));

describe("basketlift import", () => {
  it("shows with --preview how a file would be read, and makes no shop; takes an import back with --undo", async () => {
    const foreign = inFolder("foreign.csv");
    await writeFile(
      foreign,
      "Order ID,Date,Product,Quantity,Betrag\n1,2026-01-05,mug,2,12.50\n2,someday,mug,1,12.50\n",
    );
    const mapped = [foreign, "--column", "unitPrice=Betrag", "--currency", "EUR"];
    const preview = await run([...mapped, "--preview", "--data", inFolder("never")]).ended;
    expect(preview.code).toBe(0);
    expect(preview.output).toContain("all 2 rows were looked at. Nothing was written.");
    expect(preview.output).toContain('Price of one: "Betrag"');
    expect(preview.output).toContain("Line 2 (used): 1, 2026-01-05T00:00:00Z, mug, 2, 12.50 EUR");
    expect(preview.output).toContain("Left out: 1 row with a date that cannot be read (line 3;");

    const data = await dataDirectory("undo");
    const imported = await run([...mapped, "--data", data, "--no-train"]).ended;
    const id = /--undo (\S+)/.exec(imported.output)?.[1] ?? "";
    const undone = await run(["--undo", id, "--data", data, "--no-train"]).ended;
    expect(undone.output).toContain("foreign.csv was taken back.\n  Orders: 1 removed, 0 as they were before.");
    expect(await inShop(data, (db) => db.$count(orders))).toBe(0);
    const again = await run(["--undo", id, "--data", data]).ended;
    expect([again.code, again.errors]).toEqual([3, expect.stringContaining("It was taken back.")]);
  });

  it("fills a shop, says what came in and what did not, trains, and finds nothing new in the same files", async () => {
    const data = await dataDirectory("shop");
    const dirty = inFolder("dirty.csv");
    const row = "2026-01-05T10:00:00Z,ann";
    await writeFile(
      dirty,
      `Order,When,Who,What,Name,Pieces,Price\n1,${row},mug,Mug,2,12.50\n2,someday,ann,mug,Mug,1,12.50\n3,${row},,,1,1.00\n4,${row},mug,Mug,many,12.50\n`,
    );
    const columns = ["order=Order", "date=When", "customer=Who", "product=What", "productName=Name"];
    const mapped = [...columns, "quantity=Pieces", "unitPrice=Price"].flatMap((column) => ["--column", column]);
    const one = await run([dirty, "--data", data, "--currency", "EUR", "--no-train", ...mapped]).ended;
    expect(one.code).toBe(0);
    expect(one.output).toContain("Orders: 1 new, 0 changed, 0 as they were.");
    expect(one.output).toContain("4 rows read: 1 became order lines, 3 were left out.");
    expect(one.output).toContain('1 row with a date that cannot be read (line 3; "someday")');
    expect(one.output).toContain("1 row without a product (line 4)");
    expect(one.output).toContain('1 row with a quantity or price that is no number (line 5; "many")');
    expect(one.output).toContain("The engine was not trained.");

    const whole = await run([orderFile, "--products", productFile, "--data", data]).ended;
    expect(whole.code).toBe(0);
    expect(whole.output).toContain(`Orders: ${demo.orders.length.toLocaleString("en")} new, 0 changed`);
    expect(whole.output).toMatch(/The engine is trained on [\d,]+ orders and [\d,]+ products/);
    const server = await startServer({ dataDirectory: data, port: 0 });
    onTestFinished(() => server.close());
    expect((await fetch(`${server.url}/ready`)).status).toBe(200);
    const listed = await server.database.db.select().from(imports);
    expect(listed.map(({ fileName, status }) => `${fileName} ${status}`).toSorted()).toEqual([
      "dirty.csv done",
      "orders.csv done",
      "products.csv done",
    ]);

    const meanwhile = await run([orderFile, "--data", data]).ended;
    expect(meanwhile.code).toBe(3);
    expect(meanwhile.errors).toContain(`is in use by process ${process.pid}. Stop it first`);
    expect(meanwhile.errors).toContain("in its console, under Bulk Import");
    await server.close();

    const again = await run([orderFile, "--products", productFile, "--data", data, "--json"]).ended;
    expect(JSON.parse(again.output)).toMatchObject({
      files: [
        { kind: "products", report: { written: { created: 0, updated: 0, unchanged: demo.products.length } } },
        { kind: "orders", report: { written: { created: 0, updated: 0, unchanged: demo.orders.length, kept: 0 } } },
      ],
      training: { status: "up-to-date" },
    });
  }, 180_000);

  it("names what is wrong with a command line or a file, and imports nothing of it", async () => {
    const nothing = await run([]).ended;
    expect(nothing).toMatchObject({ code: 2, errors: expect.stringContaining("Name files of orders") });
    const data = await dataDirectory("refused");
    const missing = await run([orderFile, inFolder("ordres.csv"), "--data", data]).ended;
    expect(missing.code).toBe(3);
    expect(missing.errors).toContain("ordres.csv: There is no such file. Nothing was imported.");
    const broken = inFolder("broken.csv");
    await writeFile(broken, "colour,size\nred,L\n");
    const refused = await run([broken, "--data", data]).ended;
    expect(refused.code).toBe(3);
    expect(refused.errors).toContain("broken.csv");
    await inShop(data, async (db) => {
      expect(await db.$count(orders)).toBe(0);
      const [row] = await db.select().from(imports);
      expect(row).toMatchObject({
        status: "failed",
        fileName: "broken.csv",
        error: expect.stringContaining("broken.csv"),
      });
    });
  }, 60_000);

  it("brings the rest after it was stopped, and after it was killed", async () => {
    const data = await dataDirectory("interrupted");
    const stopped = run([orderFile, "--data", data, "--no-train"], (piece) => {
      if (piece.includes("writing orders")) stopped.stop();
    });
    const { code, errors } = await stopped.ended;
    expect(code).toBe(130);
    expect(errors).toContain("the same command again brings the rest, and nothing twice");
    const [row] = await inShop(data, (db) => db.select().from(imports));
    expect(row).toMatchObject({ status: "failed", error: "It was stopped by hand." });

    const child = spawnCommand(["import", orderFile, "--data", data, "--no-train"]);
    onTestFinished(() => void child.kill("SIGKILL"));
    child.stderr?.on("data", (piece) => {
      if (String(piece).includes("writing orders")) child.kill("SIGKILL");
    });
    const [, signal] = await once(child, "exit");
    expect(signal).toBe("SIGKILL");

    const last = await run([orderFile, "--data", data, "--no-train", "--json"]).ended;
    const { written } = JSON.parse(last.output).files[0].report;
    expect(written.created + written.unchanged).toBe(demo.orders.length);
    const server = await startServer({ dataDirectory: data, port: 0 });
    onTestFinished(() => server.close());
    const { db } = server.database;
    const { rows } = await db.execute(
      sql`select count(*)::int as orders, sum(jsonb_array_length(lines))::int as lines from orders`,
    );
    const lines = demo.orders.reduce((sum, order) => sum + order.lines.length, 0);
    expect(rows).toEqual([{ orders: demo.orders.length, lines }]);
    // Nobody works on the one that was killed: the start ended it.
    const all = await db.select().from(imports);
    expect(all.map(({ status }) => status).toSorted()).toEqual(["done", "failed", "failed"]);
  }, 180_000);
});
