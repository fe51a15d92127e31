/** What each package publishes, read from the `exports` and `bin` of its package.json: the one place that lists entry points. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { root } from "./install.mjs";

/**
 * @returns every publishable package of the workspace: its folder, its manifest and its entry points
 */
export function publishedPackages() {
  const { workspaces } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return globSync(
    workspaces.map((pattern) => `${pattern}/package.json`),
    { cwd: root },
  )
    .map((path) => readPackage(dirname(join(root, path))))
    .filter(({ manifest }) => !manifest.private);
}

function readPackage(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return {
    folder,
    manifest,
    entryPoints: [...modules(folder, manifest), ...programs(folder, manifest), ...workers(folder)],
  };
}

/** Modules that are imported: `{ specifier, source, name }`, where `name` is the path under dist without its extension. */
function modules(folder, { name, exports = {} }) {
  return Object.entries(exports)
    .filter(([, { source }]) => /\.tsx?$/.test(source))
    .map(([path, { source, default: output }]) => ({
      specifier: join(name, path),
      source: resolve(folder, source),
      name: outputName(folder, output),
    }));
}

/** Programs that are run: dist/cli/main.js is built from src/cli/main.ts. */
function programs(folder, { bin = {} }) {
  return Object.values(bin).map((output) => ({
    source: resolve(folder, output.replace(/\bdist\//, "src/").replace(/\.js$/, ".ts")),
    name: outputName(folder, output),
    program: true,
  }));
}

/** Programs of worker threads, which nothing imports: dist/a/b.worker.js is built from src/a/b.worker.ts. */
function workers(folder) {
  return globSync("src/**/*.worker.ts", { cwd: folder }).map((source) => ({
    source: resolve(folder, source),
    name: relative("src", source).replace(/\.ts$/, ""),
  }));
}

const outputName = (folder, output) => relative(join(folder, "dist"), resolve(folder, output)).replace(/\.js$/, "");

/** @returns the entry points whose source exists, having said which do not */
export function existingEntryPoints({ manifest, entryPoints }) {
  return entryPoints.filter(({ source }) => {
    if (existsSync(source)) return true;
    console.warn(`${manifest.name}: ${relative(root, source)} does not exist and is left out`);
    return false;
  });
}
