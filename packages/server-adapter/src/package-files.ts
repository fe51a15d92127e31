/**
 * Where files of this package lie that are not imported: migrations, built pages, the programs of worker threads. Finds
 * them when the package runs from its sources and when it runs as it was built.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = fileURLToPath(import.meta.url);
const fromSource = here.endsWith(".ts");

/** The folder with this package's `package.json`. */
export const packageFolder = findPackageFolder(dirname(here));

/**
 * @param name path below `src` without extension, for example `database/embedded/server.worker`
 * @returns what a `Worker` or a child process runs
 */
export function programUrl(name: string): URL {
  const [folder, extension] = fromSource ? ["src", "ts"] : ["dist", "js"];
  return pathToFileURL(join(packageFolder, folder, `${name}.${extension}`));
}

function findPackageFolder(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`No package.json above ${here}.`);
  return findPackageFolder(parent);
}
