/** Removes everything that builds and test runs leave behind; node_modules stays. */
import { globSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";

for (const path of globSync([".cache", "coverage", "packages/*/dist"], { cwd: root })) {
  rmSync(join(root, path), { recursive: true, force: true });
}
