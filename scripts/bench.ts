/**
 * `npm run bench`: measures what the README claims and writes docs/benchmarks.md with date, machine and commit.
 * `npm run bench -- sequences http` measures some of it, by name or by group, and replaces those sections only.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { sectionMarkdown } from "../packages/engine/bench/section.ts";
import { readSections, writePage } from "./bench-page.ts";
import { benchmarks, lackOf } from "./benchmarks.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = `${root}docs/benchmarks.md`;

const asked = process.argv.slice(2);
const groups = [...new Set(benchmarks.map(({ group }) => group))];
const names = benchmarks.map(({ name }) => name);
const unknown = asked.filter((name) => !names.includes(name) && !groups.includes(name));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(", ")}. Groups: ${groups.join(", ")}. One each: ${names.join(", ")}.`,
  );
  process.exit(2);
}

const machine = `${availableParallelism()} cores of ${cpus()[0]?.model.trim() ?? "an unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8" }).trim();

for (const { name, group, run } of benchmarks) {
  if (asked.length > 0 && !asked.includes(name) && !asked.includes(group)) continue;
  console.error(`${name} ...`);
  const section = await run();
  if (!section) {
    console.error(`${name}: ${lackOf(name)} Left out.`);
    continue;
  }
  const day = new Date().toISOString().slice(0, 10);
  const text = `${sectionMarkdown(section)}\n\nAgain: \`npm run bench -- ${name}\`. Measured ${day} at commit ${commit}: ${machine}.`;
  console.log(`${text}\n`);
  // After each one: a run that is cut off keeps what it has.
  const sections = readSections(readFileSync(page, "utf8"));
  sections.set(name, text);
  writeFileSync(page, writePage(sections, benchmarks));
}
