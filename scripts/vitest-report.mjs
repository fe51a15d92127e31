/** Runs vitest and counts the tests in the report of its JSON reporter. */
import { relative } from "node:path";
import { root } from "./install.mjs";
import { runProcess } from "./processes.mjs";
import { freshReport, judged, readReport } from "./reports.mjs";

/**
 * @param name of the report
 * @param args what vitest is told, beside how to report
 * @param options `env` in which vitest is on the PATH, and `minutes` before it is killed
 * @returns how many tests passed, failed and were skipped, and what went wrong beside them
 */
export async function runVitest(name, args, { env, minutes }) {
  const report = freshReport(name);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { problem } = await runProcess("vitest", [...args, ...reporters], { cwd: root, env, minutes });
  const tests = readReport(report);
  return tests ? judged(readVitestReport(tests), problem) : { failed: 1, problem: problem ?? "vitest left no report" };
}

/**
 * @param report the parsed report
 * @returns how many passed, failed and were skipped; a file that failed to load, and so ran no test, counts as one failure
 */
function readVitestReport(report) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report.testResults) {
    for (const { status } of file.assertionResults) counts[kinds[status] ?? "failed"] += 1;
    if (file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed")) {
      counts.failed += 1;
      console.log(`${relative(root, file.name)} failed outside its tests: ${file.message}`);
    }
  }
  return counts;
}

/** Everything else, such as "pending" for a test that never finished, is a failure. */
const kinds = { passed: "passed", skipped: "skipped", todo: "skipped" };
