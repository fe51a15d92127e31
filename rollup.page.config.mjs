/** Builds the page of examples/browser to where the command line serves it from, with the styles it links to. */
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import esbuild from "rollup-plugin-esbuild";
import { pageFolder, root } from "./scripts/install.mjs";

const files = [
  "examples/browser/index.html",
  "examples/storefront/public/base.css",
  "examples/browser/src/*.css",
  "packages/widgets/src/*.css",
];

const copyFiles = {
  name: "copy-files",
  generateBundle() {
    for (const path of globSync(files, { cwd: root })) {
      this.emitFile({ type: "asset", fileName: basename(path), source: readFileSync(join(root, path)) });
    }
  },
};

export default {
  input: join(root, "examples/browser/src/main.tsx"),
  plugins: [
    nodeResolve({ browser: true, exportConditions: ["source"], extensions: [".ts", ".tsx", ".js"] }),
    esbuild({ target: "es2022", jsx: "automatic", jsxImportSource: "preact", tsconfig: false, minify: true }),
    copyFiles,
  ],
  onwarn(warning) {
    throw new Error(warning.message);
  },
  output: { dir: pageFolder, format: "es", chunkFileNames: "[name]-[hash].js" },
};
