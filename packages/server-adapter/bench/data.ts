/** Where public data sets lie. They are not part of the project: a benchmark without its data says so and is left out. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const beside = fileURLToPath(new URL("../../../../shared/data", import.meta.url));

/** @returns the path of a data file in `DATA_DIR`, or undefined when it is not there */
export function dataFile(...path: readonly string[]): string | undefined {
  const file = join(process.env.DATA_DIR ?? beside, ...path);
  return existsSync(file) ? file : undefined;
}
