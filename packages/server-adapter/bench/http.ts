/**
 * `POST /recommendations/generate` of a real server, `basketlift start` on its embedded database, under autocannon. With
 * `PROFILE=DIRECTORY` in the environment the server leaves CPU profiles there.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Request } from "autocannon";
import type { BenchSection } from "../../engine/bench/section.ts";
import { apiBase } from "../src/contract/index.ts";
import { dataDirectoryAt } from "../src/server/data-directory.ts";
import { openDatabase } from "../src/database/open.ts";
import { putUnderLoad, type LoadResult } from "./load.ts";
import { shopOrigin } from "./requests.ts";
import type { SeededShop } from "./seed-shop.ts";
import { serveShop, type ServedShop, type Usage } from "./served-shop.ts";

const shares = [0.5, 0.9, 0.975, 0.99, 0.999, 1];
const warmUpSeconds = 5;
const seconds = 10;

interface Scenario {
  readonly name: string;
  readonly requests: readonly Request[];
  readonly connections: number;
}

/** @param products of a synthetic shop; the demo shop when left out */
export async function benchHttp(name: string, products?: number): Promise<BenchSection> {
  const folder = mkdtempSync(join(tmpdir(), "basketlift-bench-"));
  try {
    const directory = join(folder, "shop");
    const shop = seedShop(directory, products);
    const { rows, decided, startSeconds } = await measure(directory, shop);
    await requireLogged(directory, decided);
    return section(name, shop, startSeconds, rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function seedShop(directory: string, products: number | undefined): SeededShop {
  const program = fileURLToPath(new URL("seed-shop.ts", import.meta.url));
  const parameters = products === undefined ? [directory] : [directory, String(products)];
  const printed = execFileSync(process.execPath, ["-C", "source", program, ...parameters], {
    encoding: "utf8",
    maxBuffer: 2 ** 27,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const shop: SeededShop = JSON.parse(printed);
  return shop;
}

interface Measured {
  readonly rows: string[][];
  /** Recommendations that were answered. */
  readonly decided: number;
  readonly startSeconds: number;
}

async function measure(directory: string, shop: SeededShop): Promise<Measured> {
  const profile = process.env.PROFILE;
  const served = await serveShop(directory, {
    secretKey: shop.secretKey,
    nodeOptions: profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`],
  });
  try {
    return { ...(await measureScenarios(served, shop)), startSeconds: served.startSeconds };
  } finally {
    await served.stop();
  }
}

async function measureScenarios(served: ServedShop, shop: SeededShop): Promise<Omit<Measured, "startSeconds">> {
  const { baseline, scenarios } = scenariosOf(shop);
  const rows: string[][] = [];
  let decided = 0;
  let baselineCost = Number.NaN;
  for (const scenario of [baseline, ...scenarios]) {
    await putUnderLoad({ url: served.url, ...scenario, seconds: warmUpSeconds });
    const before = await served.usage();
    const result = await putUnderLoad({ url: served.url, ...scenario, seconds });
    const after = await served.usage();
    const cost = costOf(result, before, after);
    if (scenario === baseline) baselineCost = cost.processor;
    else decided += result.answered;
    rows.push(rowOf(scenario, result, cost, cost.processor / baselineCost, after));
  }
  return { rows, decided };
}

function scenariosOf({ secretKey, fromPages, fromServer }: SeededShop): {
  readonly baseline: Scenario;
  readonly scenarios: readonly Scenario[];
} {
  const post = (body: string, headers: Record<string, string>): Request => ({
    method: "POST",
    path: `${apiBase}/recommendations/generate`,
    headers,
    body,
  });
  const pages = fromPages.map((body) => post(body, { "content-type": "text/plain;charset=UTF-8", origin: shopOrigin }));
  const authorization = `Bearer ${secretKey}`;
  const server = fromServer.map((body) => post(body, { "content-type": "application/json", authorization }));
  const config = { path: `${apiBase}/storefront/config`, headers: { authorization } };
  return {
    baseline: { name: "baseline: storefront/config", requests: [config], connections: 10 },
    scenarios: [
      { name: "generate, publishable key", requests: pages, connections: 10 },
      { name: "generate, secret key", requests: server, connections: 10 },
      { name: "generate, publishable key", requests: pages, connections: 1 },
    ],
  };
}

/** Microseconds of processor time for one request. */
interface Cost {
  readonly processor: number;
  readonly answering: number;
}

function costOf({ answered }: LoadResult, before: Usage, after: Usage): Cost {
  const each = (from: number, until: number): number => ((until - from) / answered) * 1e6;
  return {
    processor: each(before.processorSeconds, after.processorSeconds),
    answering: each(before.answeringSeconds, after.answeringSeconds),
  };
}

function rowOf(
  { name, connections }: Scenario,
  { perSecond, errors, quantile }: LoadResult,
  { processor, answering }: Cost,
  ratio: number,
  { residentBytes }: Usage,
): string[] {
  return [
    name,
    String(connections),
    perSecond.toFixed(0),
    String(errors),
    processor.toFixed(0),
    Number.isNaN(answering) ? "" : answering.toFixed(0),
    ratio.toFixed(1),
    ...shares.map((share) => quantile(share).toFixed(1)),
    (residentBytes / 1e6).toFixed(0),
  ];
}

/** Answers never wait for the log; a server that dropped decisions under load would look cheaper than it is. */
async function requireLogged(directory: string, decided: number): Promise<void> {
  const database = await openDatabase({ kind: "embedded", directory: dataDirectoryAt(directory).database });
  try {
    const { rows } = await database.pool.query<{ count: number }>("select count(*)::int from decisions");
    if (rows[0].count < decided)
      throw new Error(`${decided} decisions were answered, ${rows[0].count} are in the log.`);
  } finally {
    await database.close();
  }
}

function section(name: string, shop: SeededShop, startSeconds: number, rows: string[][]): BenchSection {
  const count = (number: number): string => number.toLocaleString("en");
  return {
    title: `Recommendations over HTTP: ${name}`,
    conditions: [
      `\`basketlift start\` in a process of its own, on the embedded database, over loopback: ${count(shop.products)} products, ${count(shop.orders)} orders, ${count(shop.events)} events. Filled in ${shop.fillingSeconds.toFixed(0)} s and trained in ${shop.trainingSeconds.toFixed(0)} s by the benchmark; the server itself was ready after ${startSeconds.toFixed(1)} s. The load is autocannon's on the same machine, ${seconds} s a row after a warm-up of ${warmUpSeconds} s: each connection asks again as soon as it is answered. ${count(shop.fromPages.length)} different requests to each key: product pages, carts, home and category, products as popular as they sell, carts and sessions of up to six, four of five with a visitor, one of seven with a customer (and, from pages, a shopper token).`,
      "CPU is the processor time of the whole server process, user and system, in microseconds a request: answering, garbage collection, and the thread of the embedded database until every decision is written to its log; all of them were found there. Beside it that of the answering thread alone, and the whole as a multiple of the cheapest call with a key, which holds on other machines. Times are in milliseconds, as the client saw them; with ten connections most of it is waiting in line. Resident memory in MB includes the database.",
    ],
    columns: [
      "Request",
      "connections",
      "requests/s",
      "errors",
      "CPU, µs",
      "answering thread, µs",
      "times baseline",
      "p50",
      "p90",
      "p97.5",
      "p99",
      "p99.9",
      "max",
      "memory, MB",
    ],
    rows,
  };
}
