/**
 * Builds the packages: every entry point of each package.json to ES modules under dist, the page that the command line serves,
 * and what the script tag loads.
 * Declarations come from `tsc -b`.
 */
import { globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import esbuild from "rollup-plugin-esbuild";
import console from "./rollup.console.config.mjs";
import page from "./rollup.page.config.mjs";
import widgets from "./rollup.widgets.config.mjs";
import { existingEntryPoints, publishedPackages } from "./scripts/entry-points.mjs";

/** What a package depends on is imported at run time; a development dependency is bundled; a path is always its own. */
function isExternal({ dependencies, peerDependencies }) {
  const names = Object.keys({ ...dependencies, ...peerDependencies });
  return (id) => id.startsWith("node:") || names.some((name) => id === name || id.startsWith(`${name}/`));
}

/** Makes the entry file of a command executable as it stands, unless its source already says how. */
const shebang =
  (programs) =>
  ({ name, facadeModuleId }) =>
    programs.has(name) && !readFileSync(facadeModuleId, "utf8").startsWith("#!") ? "#!/usr/bin/env node" : "";

/** Shared chunks carry a hash in their name; those of an earlier build would be published along. */
const removeChunks = (folder) => ({
  name: "remove-chunks",
  buildStart: () => rmSync(join(folder, "chunks"), { recursive: true, force: true }),
});

/** Style sheets are published as they are, each where its source lies. */
const styleSheets = (source) => ({
  name: "style-sheets",
  generateBundle() {
    for (const fileName of globSync("**/*.css", { cwd: source })) {
      this.emitFile({ type: "asset", fileName, source: readFileSync(join(source, fileName)) });
    }
  },
});

/** A build that warns is a build to look at: an unresolved import or a circle is an error. */
function failOnWarning(warning) {
  throw new Error(warning.message);
}

function build(workspace) {
  const entryPoints = existingEntryPoints(workspace);
  const dist = join(workspace.folder, "dist");
  return {
    input: Object.fromEntries(entryPoints.map(({ name, source }) => [name, source])),
    external: isExternal(workspace.manifest),
    plugins: [
      nodeResolve({ exportConditions: ["source"], extensions: [".ts", ".tsx", ".js"] }),
      esbuild({ target: "es2022", jsx: "automatic", jsxImportSource: "preact", tsconfig: false }),
      removeChunks(dist),
      styleSheets(join(workspace.folder, "src")),
    ],
    onwarn: failOnWarning,
    output: {
      dir: dist,
      format: "es",
      banner: shebang(new Set(entryPoints.filter(({ program }) => program).map(({ name }) => name))),
      sourcemap: true,
      sourcemapExcludeSources: true,
      entryFileNames: "[name].js",
      chunkFileNames: "chunks/[name]-[hash].js",
    },
  };
}

const packages = publishedPackages()
  .map(build)
  .filter(({ input }) => Object.keys(input).length > 0);

export default [...packages, page, console, ...widgets];
