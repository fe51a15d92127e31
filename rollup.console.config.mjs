/**
 * Builds the merchant console to where the server serves it from: an entry, a chunk a tab, one style sheet, and the page that loads
 * them. Names carry hashes, so that all but the page may be kept for good.
 */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { build } from "esbuild";
import esbuild from "rollup-plugin-esbuild";
import { root } from "./scripts/install.mjs";

const source = join(root, "packages/console");
const folder = join(root, "packages/server-adapter/dist/console");

/** Chunks of an earlier build would be served along. */
const emptyFolder = { name: "empty-folder", buildStart: () => rmSync(folder, { recursive: true, force: true }) };

/** The console's sheet opens with the order of layers, so it stands first; what follows it is in a layer, or names of its own. */
const styles = ["./src/console.css", "uplot/dist/uPlot.min.css", "@basketlift/widgets/recommendation-row.css"];

/** The style sheets as one, and the page with the names of what it loads. */
const page = {
  name: "page",
  async generateBundle(_, bundle) {
    const { outputFiles } = await build({
      stdin: { contents: styles.map((sheet) => `@import "${sheet}";`).join("\n"), resolveDir: source, loader: "css" },
      bundle: true,
      minify: true,
      write: false,
      conditions: ["source"],
    });
    const style = this.emitFile({ type: "asset", name: "console.css", source: outputFiles[0].contents });
    const entry = Object.values(bundle).find((file) => file.type === "chunk" && file.isEntry);
    const html = readFileSync(join(source, "index.html"), "utf8")
      .replace("{style}", this.getFileName(style))
      .replace("{script}", entry.fileName);
    this.emitFile({ type: "asset", fileName: "index.html", source: html });
  },
};

export default {
  input: join(source, "src/main.tsx"),
  plugins: [
    emptyFolder,
    nodeResolve({ browser: true, exportConditions: ["source"], extensions: [".ts", ".tsx", ".js"] }),
    esbuild({ target: "es2022", jsx: "automatic", jsxImportSource: "preact", tsconfig: false, minify: true }),
    page,
  ],
  onwarn(warning) {
    throw new Error(warning.message);
  },
  output: {
    dir: folder,
    format: "es",
    entryFileNames: "console-[hash].js",
    chunkFileNames: "[name]-[hash].js",
    assetFileNames: "[name]-[hash][extname]",
  },
};
