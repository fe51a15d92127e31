import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDemoShop } from "@basketlift/engine/simulation";
import { writeOrdersCsv, writeProductsCsv } from "../importing/index.ts";
import { readManifest } from "../storage/engine-directory.ts";
import { audit } from "./commands/audit.ts";
import { demo } from "./commands/demo.ts";
import { doctor } from "./commands/doctor.ts";
import { exportCommand } from "./commands/export.ts";
import { recommend } from "./commands/recommend.ts";
import { train } from "./commands/train.ts";
import { runCommandLine } from "./run.ts";

const commands = [audit, train, recommend, exportCommand, doctor, demo];

let directory: string;
let orders: string;
let products: string;
let engine: string;

interface Outcome {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

async function basketlift(args: readonly string[], signal = new AbortController().signal): Promise<Outcome> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const output = text(stdout);
  const errors = text(stderr);
  const code = await runCommandLine(commands, args, { stdout, stderr }, signal);
  stdout.end();
  stderr.end();
  return { code, output: await output, errors: await errors };
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "basketlift-cli-"));
  orders = join(directory, "orders.csv");
  products = join(directory, "products.csv");
  engine = join(directory, "engine");
  const shop = createDemoShop({ scale: 0.1 });
  await writeOrdersCsv(orders, shop.orders, shop.products);
  await writeProductsCsv(products, shop.products, shop.markets[0]);
  const { code, errors } = await basketlift(["train", orders, "--products", products, "--output", engine]);
  if (code !== 0) throw new Error(errors);
}, 60_000);
afterAll(() => rm(directory, { recursive: true }));

describe("basketlift train and recommend", () => {
  it("answers like a page would, with reasons", async () => {
    const { code, output } = await basketlift([
      "recommend",
      "--engine",
      engine,
      "--product",
      "house-espresso-beans",
      "--limit",
      "3",
    ]);
    expect(code).toBe(0);
    expect(output).toMatch(/^ 1\. .+\n {4}\S/);
    expect(output.split("\n").filter((line) => /^ *\d\./.test(line))).toHaveLength(3);
  });

  it("prints the whole recommendation as JSON, with the trace when asked", async () => {
    const { output } = await basketlift([
      "recommend",
      "--engine",
      engine,
      "--cart",
      "house-espresso-beans:2",
      "--json",
      "--explain",
    ]);
    const { recommendation, trace } = JSON.parse(output) as Record<string, Record<string, unknown>>;
    expect(recommendation).toMatchObject({ status: "served", receipt: { request: { placement: "cart" } } });
    expect(trace).toMatchObject({ context: { startingPoints: { cart: ["house-espresso-beans"] } } });
  });

  it("names products the catalogue does not have", async () => {
    const { code, errors } = await basketlift(["recommend", "--engine", engine, "--product", "unicorn"]);
    expect(code).toBe(0);
    expect(errors).toContain('no product "unicorn"');
  });
});

describe("basketlift audit", () => {
  it("prints what sells together and how sure that is, and writes one self-contained page", async () => {
    const page = join(directory, "audit.html");
    const { code, output } = await basketlift(["audit", orders, "--products", products, "--html", page]);
    expect(code).toBe(0);
    expect(output).toContain("What sells together, and how sure that is");
    expect(output).toContain("Expect a small part of them");
    const html = await readFile(page, "utf8");
    expect(html).toContain("<table>");
    expect(html).not.toMatch(/<script|<link|<img|https?:\/\//);
  });

  it("prints JSON that holds every section and nothing else", async () => {
    const { output } = await basketlift(["audit", orders, "--products", products, "--json", "--no-quality", "--quiet"]);
    expect(JSON.parse(output)).toMatchObject({
      version: 1,
      evidence: { top: expect.any(Array) },
      holdout: { basis: "orders" },
    });
  });

  it("escapes what stands in the shop's own data", async () => {
    const file = join(directory, "script.csv");
    const rows = Array.from({ length: 60 }, (_, i) => [
      `${i},2026-01-${String((i % 28) + 1).padStart(2, "0")}T10:00:00Z,a,<script>alert(1)</script>,1,5.00`,
      `${i},2026-01-${String((i % 28) + 1).padStart(2, "0")}T10:00:00Z,b${i % 2},"B & ""C""",1,5.00`,
    ]).flat();
    await writeFile(file, ["order_id,placed_at,product_id,product_title,quantity,unit_price", ...rows].join("\n"));
    const page = join(directory, "script.html");
    const { code } = await basketlift(["audit", file, "--html", page, "--no-quality"]);
    expect(code).toBe(0);
    expect(await readFile(page, "utf8")).not.toContain("<script>alert");
  });
});

describe("basketlift export", () => {
  it("writes affinities as CSV with a header, and recommendations a line each as JSON", async () => {
    const csv = await basketlift(["export", "affinities", "--engine", engine]);
    const [header, first] = csv.output.split(/\r?\n/);
    expect(header).toContain("companionId");
    expect(first.split(",").length).toBeGreaterThanOrEqual(header.split(",").length);
    const file = join(directory, "recommendations.ndjson");
    const lines = await basketlift([
      "export",
      "recommendations",
      "--engine",
      engine,
      "--format",
      "ndjson",
      "--count",
      "2",
      "--output",
      file,
    ]);
    expect(lines.code).toBe(0);
    const [row] = (await readFile(file, "utf8")).split("\n");
    expect(JSON.parse(row)).toMatchObject({ position: 0, reason: expect.any(String) });
    expect(await readdir(directory)).not.toContain("recommendations.ndjson.part");
  });
});

describe("basketlift doctor", () => {
  it("finds a good engine good and a damaged one bad", async () => {
    expect((await basketlift(["doctor", "--engine", engine, "--orders", orders])).code).toBe(0);
    const damaged = join(directory, "damaged");
    await basketlift(["train", orders, "--output", damaged]);
    const { folder } = await readManifest(damaged);
    await writeFile(join(damaged, folder, "popularity.safetensors"), "rubbish");
    const { code, output } = await basketlift(["doctor", "--engine", damaged]);
    expect(code).toBe(1);
    expect(output).toMatch(/BAD {3}Engine: .*popularity\.safetensors/);
  });
});

describe("basketlift demo", () => {
  it("reports on a merchant's own file, recommends, and finds all of it again the next time", async () => {
    const args = ["demo", "--orders", orders, "--products", products, "--data", join(directory, "demo"), "--no-serve"];
    const first = await basketlift(args);
    expect(first.code).toBe(0);
    expect(first.output).toContain("Ten recommendations");
    const again = await basketlift(args);
    expect(again.errors).toContain("Nothing changed since the last run");
    expect(again.output).toBe(first.output);
  });
});

describe("the command line", () => {
  it("explains itself and every command", async () => {
    const { code, output } = await basketlift(["--help"]);
    expect(code).toBe(0);
    for (const { name, options } of commands) {
      expect(output).toContain(`  ${name} `);
      const help = await basketlift([name, "--help"]);
      expect(help.code).toBe(0);
      for (const option of Object.keys(options)) expect(help.output).toContain(`--${option}`);
      for (const line of help.output.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
    }
  });

  it.each([
    [[], 2, ""],
    [["fly"], 2, 'no command "fly"'],
    [["audit"], 2, "Name the file"],
    [["audit", "a.csv", "b.csv"], 2, "One order file at a time"],
    [["train", "a.csv", "--speed"], 2, "--speed"],
    [["recommend", "--limit", "few"], 2, "--limit must be a whole number"],
    [["recommend", "--placement", "moon"], 2, "--placement must be one of"],
    [["export", "secrets"], 2, "affinities or recommendations"],
    [["audit", "a.csv", "--limit", "0"], 2, "--limit must be a whole number of at least 1"],
    [["audit", "a.csv", "--currency", "EURO"], 2, "--currency takes an ISO 4217 code"],
    [["audit", "a.csv", "--time-zone", "Mars/One"], 2, "--time-zone takes an IANA time zone"],
    [["audit", "a.csv", "--locale", "english please"], 2, "--locale takes a BCP 47 tag"],
    [["train", "a.csv", "--date-order", "ymd"], 2, "day-first or month-first"],
    [["train", "a.csv", "--column", "size=Size"], 2, 'no field "size". Fields are order, date'],
    [["train", "a.csv", "--product-column", "price"], 2, "--product-column takes FIELD=HEADER"],
    [["demo", "--port", "70000"], 2, "--port goes up to 65535"],
    [["demo", "--page", "/no/such/page"], 3, "Build it with: npm run build"],
    [["audit", "a.csv", "--html", "/no/such/folder/a.html"], 3, "the folder does not exist"],
    [["audit", "a.csv", "--html", tmpdir()], 3, "it is a folder"],
    [["train", "a.csv", "--output", tmpdir()], 3, "holds no engine"],
    [["audit", "/no/such/file.csv"], 3, "/no/such/file.csv"],
    [["recommend", "--engine", "/no/such/engine"], 3, "basketlift train ORDERS"],
  ])("says what is wrong with %j and exits with %i", async (args, expected, message) => {
    const { code, errors } = await basketlift(args);
    expect(code).toBe(expected);
    expect(errors).toContain(message);
    expect(errors).not.toMatch(/\n\s+at /);
  });

  it("stops cleanly when asked to, and leaves nothing half-written", async () => {
    const controller = new AbortController();
    const output = join(directory, "stopped");
    const stopping = basketlift(["train", orders, "--output", output], controller.signal);
    controller.abort();
    const { code, errors } = await stopping;
    expect(code).toBe(130);
    expect(errors).toContain("Nothing half-written");
    expect((await readdir(directory)).filter((name) => name.startsWith("stopped"))).toEqual([]);
  });

  it("ends with 130 on Ctrl-C", async () => {
    const main = fileURLToPath(new URL("main.ts", import.meta.url));
    const child = spawn(process.execPath, [
      "-C",
      "source",
      main,
      "train",
      orders,
      "--output",
      join(directory, "killed"),
    ]);
    const code = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.stderr.once("data", () => child.kill("SIGINT"));
    expect(await code).toBe(130);
  });
});
