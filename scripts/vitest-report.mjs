/** Counts the tests in the report of vitest's JSON reporter. */
import { relative } from "node:path";

/**
 * @param report the parsed report
 * @param root folder that file names are told relative to
 * @returns how many passed, failed and were skipped; a file that failed to load, and so ran no test, counts as one failure
 */
export function readVitestReport(report, root) {
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
