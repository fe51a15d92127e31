/**
 * Named checks outside vitest: runs each, prints how it ended, and leaves a count for the test run in the file that
 * CHECKS_REPORT names. A check passes unless it throws; a script that dies half-way leaves no report, which counts as a failure.
 */
import { writeFileSync } from "node:fs";

const counts = { passed: 0, failed: 0 };

/**
 * Runs one check and prints its outcome; the next ones still run when it fails.
 * @param name what is true when the check passes
 * @param body throws, or rejects, with a message that says what is wrong
 * @returns whether it passed
 */
export async function check(name, body) {
  const start = performance.now();
  const elapsed = () => {
    const seconds = (performance.now() - start) / 1000;
    return seconds < 0.1 ? "" : ` (${seconds.toFixed(1)} s)`;
  };
  try {
    await body();
    counts.passed += 1;
    console.log(`  ok    ${name}${elapsed()}`);
    return true;
  } catch (error) {
    counts.failed += 1;
    console.log(`  FAIL  ${name}${elapsed()}\n${indent(describe(error))}`);
    return false;
  }
}

/** Writes the report and sets the exit code. Call it once, after the last check. */
export function finishChecks() {
  if (process.env.CHECKS_REPORT) writeFileSync(process.env.CHECKS_REPORT, JSON.stringify(counts));
  if (counts.failed > 0) process.exitCode = 1;
}

/** Says what is wrong without the stack of this machinery; anything but an Error is a bug here and shown whole. */
export class CheckError extends Error {
  name = "CheckError";
}

const describe = (error) => (error instanceof CheckError ? error.message : String(error?.stack ?? error));
const indent = (text) => text.trimEnd().replaceAll(/^/gm, "        ");
