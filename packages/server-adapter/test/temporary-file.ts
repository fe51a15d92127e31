/** Files for one test, gone after it. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** @returns a path inside a directory that is removed when the test is over */
export async function temporaryPath(name: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "basketlift-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return join(directory, name);
}

/** @returns the path of a file with this content */
export async function temporaryFile(content: string | Uint8Array, name = "orders.csv"): Promise<string> {
  const path = await temporaryPath(name);
  await writeFile(path, content);
  return path;
}
