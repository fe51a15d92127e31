/**
 * Weighs what a storefront would ship: bundles and minifies the code, or the style sheets, of each line in size-budgets.json as an
 * application would, and fails where it is heavier, gzipped, than its budget. With `beside`, what counts is what it adds to that code.
 * 1 kB = 1000 bytes.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import { transform } from "esbuild";
import { rollup } from "rollup";
import esbuild from "rollup-plugin-esbuild";
import { check, CheckError, finishChecks } from "./checks.mjs";
import { root } from "./install.mjs";

const budgets = JSON.parse(readFileSync(new URL("size-budgets.json", import.meta.url), "utf8"));

/** An entry file that exists only in memory, resolved as if it lay in the root folder. */
const entry = (code) => ({
  name: "entry",
  resolveId: (id) => (id === "entry" ? `${root}entry.js` : null),
  load: (id) => (id === `${root}entry.js` ? code : null),
});

/** What rollup says of the code it was given is the finding; its stack is not. */
function bundle(options) {
  return rollup(options).catch((error) => {
    throw new CheckError(error.message);
  });
}

/** @returns the bytes of the minified bundle, gzipped, with everything that it loads at once */
async function weighCode(code) {
  const built = await bundle({
    input: "entry",
    plugins: [
      entry(code),
      nodeResolve({ browser: true, exportConditions: ["source"], extensions: [".ts", ".tsx", ".js"] }),
      esbuild({ target: "es2022", jsx: "automatic", jsxImportSource: "preact", tsconfig: false }),
    ],
    onwarn: (warning) => {
      throw new CheckError(warning.message);
    },
  });
  const { output } = await built.generate({
    format: "es",
    plugins: [terser({ ecma: 2022, module: true, compress: { passes: 2 } })],
  });
  await built.close();
  const chunks = new Map(output.filter(({ type }) => type === "chunk").map((chunk) => [chunk.fileName, chunk]));
  return [...loadedAtOnce(output[0].fileName, chunks)].reduce(
    (bytes, name) => bytes + gzipped(chunks.get(name).code),
    0,
  );
}

/** The entry and what it imports statically; what it imports dynamically is paid for only when it is needed. */
function loadedAtOnce(name, chunks, seen = new Set()) {
  seen.add(name);
  for (const next of chunks.get(name).imports) if (!seen.has(next)) loadedAtOnce(next, chunks, seen);
  return seen;
}

/** @returns the bytes of the style sheets that match, minified and gzipped as one */
async function weighStyles(pattern) {
  const sheets = globSync(pattern, { cwd: root }).toSorted();
  if (sheets.length === 0) throw new CheckError(`No file matches ${pattern}.`);
  const css = sheets.map((sheet) => readFileSync(join(root, sheet), "utf8")).join("\n");
  return gzipped((await transform(css, { loader: "css", minify: true })).code);
}

const gzipped = (text) => gzipSync(text, { level: 9 }).length;
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(2)} kB`;

for (const { what, code, beside, styles, gzipKilobytes } of budgets) {
  await check(`size: ${what}, at most ${gzipKilobytes} kB gzip`, async () => {
    const bytes = (await (code ? weighCode(code) : weighStyles(styles))) - (beside ? await weighCode(beside) : 0);
    console.log(`        ${what}: ${kilobytes(bytes)} of ${gzipKilobytes} kB`);
    if (bytes > gzipKilobytes * 1000) throw new CheckError(`${kilobytes(bytes)} gzip is over the budget.`);
  });
}
finishChecks();
