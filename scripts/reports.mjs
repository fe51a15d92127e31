/** What the stages of the test run leave behind for it to count: one JSON file each. */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";

const folder = join(root, ".cache", "reports");

/** @returns where the report of this name goes; one of an earlier run is gone */
export function freshReport(name) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.json`);
  rmSync(path, { force: true });
  return path;
}

/** @returns the report, or undefined when it is missing or cut off */
export function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** A run that ended badly although everything in its report passed is a failure of its own. */
export function judged(counts, problem) {
  const failed = counts.failed ?? 0;
  return problem && failed === 0 ? { ...counts, failed: 1, problem } : counts;
}
