/**
 * Builds what the script tag loads, from packages/widgets: `loader.js`, the module `storefront.js` with its chunks, and one style
 * sheet. Everything is inside, Preact included: a shop copies the folder, or lets the server serve it.
 */
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import { transform } from "esbuild";
import esbuild from "rollup-plugin-esbuild";
import { root } from "./scripts/install.mjs";

const source = join(root, "packages/widgets/src");
const dir = join(root, "packages/widgets/dist/script");
/** The server serves a copy of its own at `/basketlift`. */
const servedFolder = join(root, "packages/server-adapter/dist/script");

const compile = () => [
  nodeResolve({ browser: true, exportConditions: ["source"], extensions: [".ts", ".tsx", ".js"] }),
  esbuild({ target: "es2022", jsx: "automatic", jsxImportSource: "preact", tsconfig: false }),
];

/** A build that warns is a build to look at. */
function onwarn(warning) {
  throw new Error(warning.message);
}

/** Places first: they keep the space of what the others draw. */
const styleSheet = {
  name: "style-sheet",
  async generateBundle() {
    const css = ["place.css", "recommendation-row.css", "bought-together.css"].map((file) =>
      readFileSync(join(source, file), "utf8"),
    );
    const { code } = await transform(css.join("\n"), { loader: "css", minify: true });
    this.emitFile({ type: "asset", fileName: "storefront.css", source: code });
  },
};

const removeEarlierBuild = {
  name: "remove-earlier-build",
  generateBundle(_options, _bundle, isWrite) {
    if (isWrite) rmSync(dir, { recursive: true, force: true });
  },
};

const copyForServer = {
  name: "copy-for-server",
  writeBundle() {
    rmSync(servedFolder, { recursive: true, force: true });
    cpSync(dir, servedFolder, { recursive: true });
  },
};

/** A classic script, because only those know where they came from; it imports the module beside it. */
const loader = {
  input: { loader: join(source, "script/loader.ts") },
  plugins: [...compile(), copyForServer],
  onwarn,
  output: { dir, format: "iife", plugins: [terser({ ecma: 2022, compress: { passes: 2 } })] },
};

const storefront = {
  input: { storefront: join(source, "script/storefront.ts") },
  plugins: [removeEarlierBuild, ...compile(), styleSheet],
  onwarn,
  output: {
    dir,
    format: "es",
    chunkFileNames: "[name]-[hash].js",
    plugins: [terser({ ecma: 2022, module: true, compress: { passes: 2 } })],
  },
};

export default [storefront, loader];
