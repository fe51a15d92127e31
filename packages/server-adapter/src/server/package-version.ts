/** The version of this package, as its `package.json` has it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../package-files.ts";

export const packageVersion = readVersion();

function readVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  if (typeof parsed === "object" && parsed !== null && "version" in parsed) return String(parsed.version);
  throw new Error("The package.json of this package names no version.");
}
