/**
 * `npm test`: every check of this repository, on a fresh clone and under any Node that npm runs on. Installs what is missing, then
 * runs the stages below; a failed one does not stop the rest. The last line counts every test and every other check as one each.
 * `npm test -- types lint` runs only the stages named.
 */
import { join } from "node:path";
import { ensureChromium } from "./chromium.mjs";
import { ensureInstalled, node24Path, root, runMain, SetUpError, toolEnvironment } from "./install.mjs";
import { runProcess } from "./processes.mjs";
import { freshReport, judged, readReport } from "./reports.mjs";
import { runVitest } from "./vitest-report.mjs";

/** What each stage runs, in order. `tsc -b` in the first also writes the declarations that are packed in a later one. */
const stages = {
  types: [command("tsc", "-b")],
  format: [command("oxfmt", "--check")],
  lint: [command("oxlint", "--type-aware", "--deny-warnings", "--report-unused-disable-directives"), script("walls")],
  unit: [vitest()],
  postgres: [script("postgres", { minutes: 15 })],
  build: [command("rollup", "-c")],
  size: [script("size")],
  packages: [script("packages")],
  docs: [script("docs")],
};

/** One command that must exit with 0: one check. */
function command(program, ...args) {
  return async (env) => {
    // oxlint and oxfmt colour what they print under CI whatever NO_COLOR says.
    const { ok, problem } = await runProcess(program, args, { cwd: root, env: { ...env, CI: undefined } });
    return ok ? { passed: 1 } : { failed: 1, problem };
  };
}

/** A script of named checks (checks.mjs), which leaves a report of how many passed. */
function script(name, { minutes } = {}) {
  return async (env) => {
    const report = freshReport(name);
    const file = join("scripts", `${name}.mjs`);
    const { problem } = await runProcess("node", [file], {
      cwd: root,
      env: { ...env, CHECKS_REPORT: report },
      minutes,
    });
    const counts = readReport(report);
    return counts ? judged(counts, problem) : { failed: 1, problem: problem ?? `${file} left no report` };
  };
}

/** Unit tests in Node, happy-dom and Chromium. Without a Chromium the other projects still run, and its absence is a failure. */
function vitest() {
  return async (env) => {
    const args = ["run"];
    const chromium = await ensureChromium(env).then(
      (path) => ({ path }),
      (error) => ({ missing: error.message }),
    );
    if (chromium.missing) {
      console.log(`\n${chromium.missing}\n`);
      args.push("--project", "!chromium");
    }
    const result = await runVitest("vitest", args, { env: { ...env, CHROMIUM_PATH: chromium.path }, minutes: 20 });
    return chromium.missing ? { ...result, failed: result.failed + 1, problem: chromium.missing } : result;
  };
}

async function runStage(name, env) {
  console.log(`\n=== ${name} ===`);
  const start = performance.now();
  const total = { name, passed: 0, failed: 0, skipped: 0 };
  for (const step of stages[name]) {
    const { passed = 0, failed = 0, skipped = 0, problem } = await step(env);
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    if (problem) console.log(problem);
  }
  total.seconds = (performance.now() - start) / 1000;
  console.log(`=== ${name}: ${outcomeOf(total)}, ${total.seconds.toFixed(1)} s`);
  return total;
}

/** A stage in which nothing could run is not called well. */
function outcomeOf({ passed, failed, skipped }) {
  if (failed > 0) return "FAILED";
  return passed === 0 && skipped > 0 ? "skipped" : "ok";
}

function chosenStages() {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !(name in stages));
  if (unknown) throw new SetUpError(`There is no stage "${unknown}". Stages: ${Object.keys(stages).join(", ")}.`);
  return Object.keys(stages).filter((name) => names.length === 0 || names.includes(name));
}

function summarize(results) {
  console.log("\nStage       Result   Passed  Failed  Skipped  Seconds");
  for (const result of results) {
    const { name, passed, failed, skipped, seconds } = result;
    const figures = [String(passed).padStart(6), String(failed).padStart(6), String(skipped).padStart(7)].join("  ");
    console.log(`${name.padEnd(10)}  ${outcomeOf(result).padEnd(7)}  ${figures}  ${seconds.toFixed(1).padStart(7)}`);
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const skipped = sum("skipped");
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  if (sum("failed") > 0) process.exitCode = 1;
}

/** The set-up counts too: where it fails, nothing ran, and that is a failed run. */
function setUp() {
  try {
    ensureInstalled();
    const env = toolEnvironment(node24Path());
    return process.stdout.isTTY ? env : { ...env, NO_COLOR: "1", FORCE_COLOR: undefined };
  } catch (error) {
    console.log(`\n${error instanceof SetUpError ? error.message : error.stack}`);
    return undefined;
  }
}

await runMain(async () => {
  const names = chosenStages();
  const env = setUp();
  if (!env) return summarize([{ name: "set-up", passed: 0, failed: 1, skipped: 0, seconds: 0 }]);
  const results = [];
  for (const name of names) results.push(await runStage(name, env));
  summarize(results);
});
