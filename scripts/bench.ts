/**
 * `npm run bench`: measures what the README claims and writes docs/benchmarks.md with date, machine and commit.
 * `npm run bench -- decisions evidence` measures some of it and prints it only.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { benchDecisions } from "../packages/engine/bench/decisions.ts";
import { benchPauses } from "../packages/engine/bench/pauses.ts";
import { benchRecovery } from "../packages/engine/bench/recovery.ts";
import { benchSessions } from "../packages/engine/bench/sessions.ts";
import { sectionMarkdown, type BenchSection } from "../packages/engine/bench/section.ts";
import { dataFile } from "../packages/server-adapter/bench/data.ts";
import { benchHttp } from "../packages/server-adapter/bench/http.ts";
import { benchLastMonth } from "../packages/server-adapter/bench/last-month.ts";
import {
  benchCompanions,
  benchEvidence,
  benchImport,
  readOnlineRetail,
} from "../packages/server-adapter/bench/online-retail.ts";
import { demoSource } from "../packages/server-adapter/src/demo/demo-source.ts";
import { benchLayoutShift } from "./bench-layout-shift.ts";
import { benchSizes } from "./bench-sizes.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const retail = dataFile("online-retail", "orders.csv.gz");

/** Benchmarks by name; those that lack data, a build or a browser give nothing. */
const benchmarks: Readonly<Record<string, () => Promise<BenchSection | undefined>>> = {
  import: () => onRetail((orders) => benchImport(orders)),
  evidence: () => onRetail(async (orders) => benchEvidence((await readOnlineRetail(orders)).history)),
  companions: () => onRetail(async (orders) => benchCompanions(await readOnlineRetail(orders), "85123A")),
  recovery: benchRecovery,
  "last-month": () =>
    onRetail(async (orders) => {
      const { catalogue, history } = await readOnlineRetail(orders);
      return benchLastMonth("Online Retail", { catalogue, orders: history });
    }),
  "last-month-demo": async () => benchLastMonth("the demo shop", await demoSource(1).load()),
  decisions: benchDecisions,
  pauses: benchPauses,
  sessions: benchSessions,
  http: () => benchHttp("the demo shop"),
  "http-large": () => benchHttp("100,000 products", 100_000),
  sizes: async () => benchSizes(),
  "layout-shift": benchLayoutShift,
};

async function onRetail(
  measure: (orders: string) => Promise<BenchSection> | BenchSection,
): Promise<BenchSection | undefined> {
  return retail === undefined ? undefined : measure(retail);
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}. There are: ${Object.keys(benchmarks).join(", ")}.`);
  process.exit(2);
}

const sections: string[] = [];
for (const [name, run] of Object.entries(benchmarks)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.error(`${name} ...`);
  const section = await run();
  if (!section) console.error(`${name}: ${lack(name)} Left out.`);
  else sections.push(`${sectionMarkdown(section)}\n\nAgain: \`npm run bench -- ${name}\``);
}

const page = [header(), ...sections].join("\n\n");
console.log(page);
if (asked.length === 0) writeFileSync(`${root}docs/benchmarks.md`, `${page}\n`);

function lack(name: string): string {
  if (name === "layout-shift") return "there is no Chromium, or no build of the widgets (npm run build).";
  return "its data is not here; set DATA_DIR.";
}

function header(): string {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8" }).trim();
  const memory = Math.round(totalmem() / 2 ** 30);
  const machine = `${availableParallelism()} cores of ${cpus()[0]?.model.trim() ?? "an unknown processor"}, ${memory} GB, Node ${process.version}`;
  return [
    "# Benchmarks",
    `Measured by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)} at commit ${commit}: ${machine}. Times are of a shared machine; run it on yours.`,
  ].join("\n\n");
}
