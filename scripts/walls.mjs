/**
 * Proves that lint holds the walls of CONTRIBUTING.md: plants violations of each in a throw-away copy of the layout and asserts that the
 * configuration reports every one, and that the imports next to them that are allowed pass.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { check, CheckError, finishChecks } from "./checks.mjs";
import { root } from "./install.mjs";
import { runProcess } from "./processes.mjs";

const groundFloor = ["statistics", "matrix", "random", "catalogue", "history", "files", "models"];
const neighbours = [
  "filtering",
  "sequences",
  "association",
  "cart",
  "experiments",
  "bandits",
  "bundles",
  "merchandising",
];
const top = ["evaluation", "simulation", "attribution", "audit", "snapshot"];
const belowFacade = [...groundFloor, ...neighbours, "ranking", "decision", ...top];

const imports = "no-restricted-imports";
const globals = "no-restricted-globals";
const properties = "no-restricted-properties";
const wallRules = new Set([imports, globals, properties, "no-cycle"]);

const engine = (path) => `packages/engine/src/${path}`;
const importing = (specifier) => `import { thing } from "${specifier}";\nexport const use = thing;\n`;

/** One planting: a file, its content, and the files beside it. */
const plant = (file, content, others = {}) => ({ file, content, others });
const importFrom = (file, ...specifiers) => specifiers.map((specifier) => plant(file, importing(specifier)));
const importFolders = (from, folders) =>
  folders.filter((to) => to !== from).map((to) => plant(engine(`${from}/planted.ts`), importing(`../${to}/index.ts`)));
const circle = (there, back) => plant(engine("cart/planted.ts"), there, { [engine("cart/b.ts")]: back });

const forbidden = (sentence, rule, ...plantings) => ({ sentence, rule, plantings: plantings.flat(Infinity) });
const allowed = (sentence, ...plantings) => ({ sentence, plantings: plantings.flat(Infinity) });

const cart = engine("cart/planted.ts");
const widget = "packages/widgets/src/planted.tsx";
const server = "packages/server-adapter/src/cli/planted.ts";
const consoleTab = "packages/console/src/manage/planted.tsx";

const walls = [
  forbidden(
    "the engine imports no package",
    imports,
    importFrom(cart, "lodash", "@preact/signals", "@basketlift/widgets"),
  ),
  forbidden("the engine imports no module of Node", imports, importFrom(engine("files/planted.ts"), "node:fs", "fs")),
  forbidden("the root entry imports no package", imports, importFrom(engine("index.ts"), "lodash", "node:fs")),
  forbidden(
    "tests of the engine import no module of Node",
    imports,
    importFrom(engine("cart/a.test.ts"), "node:fs", "lodash"),
  ),
  forbidden("Node tests of the engine import no package", imports, importFrom(engine("cart/a.node.test.ts"), "lodash")),
  forbidden("errors.ts imports nothing", imports, importFrom(engine("errors.ts"), "./cart/index.ts", "lodash")),
  forbidden(
    "the ground floor imports no floor above it",
    imports,
    groundFloor.map((from) => importFolders(from, [...neighbours, "ranking", "decision", ...top, "facade"])),
  ),
  ...neighbours.map((from) =>
    forbidden(
      `${from} imports no neighbour and no floor above it`,
      imports,
      importFolders(from, [...neighbours, "ranking", "decision", ...top, "facade"]),
    ),
  ),
  forbidden(
    "ranking imports nothing that decides or measures, and no floor above it",
    imports,
    importFolders("ranking", [
      "cart",
      "experiments",
      "bandits",
      "bundles",
      "merchandising",
      "decision",
      ...top,
      "facade",
    ]),
  ),
  forbidden("decision imports no floor above it", imports, importFolders("decision", [...top, "facade"])),
  forbidden(
    "nothing below the facade imports it",
    imports,
    belowFacade.map((from) => [
      importFolders(from, ["facade"]),
      importFrom(engine(`${from}/planted.ts`), "../index.ts"),
    ]),
  ),
  forbidden("types, re-exports, dynamic imports and deeper folders hide nothing", imports, [
    plant(cart, 'import type { T } from "../decision/index.ts";\nexport type U = T;\n'),
    plant(cart, 'export { thing } from "../decision/index.ts";\n'),
    plant(cart, 'export const load = () => import("../decision/index.ts");\n'),
    plant(engine("cart/deep/planted.ts"), importing("../../decision/index.ts")),
  ]),
  forbidden("there are no import circles", "no-cycle", [
    circle(
      'import { b } from "./b.ts";\nexport const a = b;\n',
      'import { a } from "./planted.ts";\nexport const b = a;\n',
    ),
    circle(
      'import type { B } from "./b.ts";\nexport type A = B;\n',
      'import type { A } from "./planted.ts";\nexport type B = A;\n',
    ),
  ]),
  forbidden(
    "no chance but from a Random",
    properties,
    ["random", "facade"].map((folder) => plant(engine(`${folder}/planted.ts`), "export const x = Math.random();\n")),
  ),
  forbidden(
    "the engine reads no clock",
    properties,
    plant(engine("decision/planted.ts"), "export const x = Date.now();\n"),
  ),
  forbidden(
    "the engine names no global of one host",
    globals,
    ["process.env", "Buffer", "document.body", "window"].map((name) => plant(cart, `export const x = ${name};\n`)),
  ),
  forbidden(
    "widgets import neither other packages nor Node",
    imports,
    importFrom(widget, "lodash", "node:fs", "@basketlift/server-adapter"),
  ),
  forbidden("widgets use no global of Node", globals, plant(widget, "export const x = process.env;\n")),
  forbidden("the console imports no other package, no module of Node, and of the server only its client", imports, [
    ...importFrom(consoleTab, "lodash", "node:fs", "zod", "idb", "preactish", "uplotter"),
    ...importFrom(consoleTab, "@basketlift/server-adapter", "@basketlift/server-adapter/contract"),
    ...importFrom(consoleTab, "../../../server-adapter/src/contract/index.ts", "../../../engine/dist/index.js"),
    plant(consoleTab, 'export const load = () => import("@basketlift/server-adapter");\n'),
    plant(consoleTab, 'import type { Contract } from "@basketlift/server-adapter";\nexport type Planted = Contract;\n'),
  ]),
  forbidden("tests of the console reach into no other package", imports, [
    ...importFrom("packages/console/src/planted.test.tsx", "../../server-adapter/src/contract/index.ts"),
  ]),
  forbidden("the console uses no global of Node, and asks the server through its client alone", globals, [
    plant(consoleTab, "export const x = process.env;\n"),
    plant(consoleTab, 'export const x = fetch("/status");\n'),
  ]),
  forbidden("no package reaches into another", imports, [
    ...importFrom(widget, "../../engine/src/index.ts", "@basketlift/engine/src/cart/index.ts"),
    ...importFrom(server, "../../../engine/src/index.ts", "../../../engine/dist/index.js"),
    ...importFrom("packages/server-adapter/src/a.test.ts", "../../engine/src/index.ts"),
  ]),

  allowed(
    "every floor may import the ground floor",
    [...belowFacade, "facade"].map((from) => [
      importFolders(from, groundFloor),
      importFrom(engine(`${from}/planted.ts`), "../errors.ts"),
    ]),
  ),
  allowed("decision may import the folders below it", importFolders("decision", neighbours)),
  allowed(
    "evaluation, simulation, audit and the facade may import everything below them",
    [...top, "facade"].map((from) => importFolders(from, [...neighbours, "decision"])),
  ),
  allowed(
    "the facade may import every floor, and read the clock",
    importFolders("facade", top),
    plant(engine("facade/planted.ts"), "export const x = Date.now();\n"),
  ),
  allowed(
    "tests of the engine may import vitest and fast-check",
    importFrom(engine("cart/a.test.ts"), "vitest", "fast-check", "../evaluation/index.ts"),
  ),
  allowed(
    "Node tests of the engine may import modules of Node",
    importFrom(engine("cart/a.node.test.ts"), "node:fs", "vitest"),
  ),
  allowed(
    "widgets may import the engine, Preact, signals and idb",
    importFrom(
      widget,
      "@basketlift/engine",
      "@basketlift/engine/decision",
      "preact",
      "preact/hooks",
      "@preact/signals",
      "idb",
    ),
  ),
  allowed(
    "the console may import the engine, the widgets, the typed client, Preact, signals and uPlot",
    importFrom(
      consoleTab,
      "@basketlift/engine",
      "@basketlift/engine/decision",
      "@basketlift/widgets",
      "@basketlift/server-adapter/client",
      "preact",
      "preact/hooks",
      "@preact/signals",
      "uplot",
      "../parts/card.tsx",
    ),
  ),
  allowed(
    "tests of the console may import what they test with",
    importFrom("packages/console/src/planted.test.tsx", "vitest", "axe-core", "@testing-library/preact"),
  ),
  allowed(
    "the server may import the engine's entry points, packages and Node",
    importFrom(server, "@basketlift/engine/history", "csv-parse", "node:fs"),
  ),
];

/** Every planting lies in a layout of its own, so that none can disturb another. */
function write(folder, plantings) {
  for (const [index, { file, content, others }] of plantings.entries()) {
    for (const [path, text] of Object.entries({ [file]: content, ...others })) {
      const planted = join(folder, String(index), path);
      mkdirSync(dirname(planted), { recursive: true });
      writeFileSync(planted, text);
    }
    copyFileSync(join(root, ".oxlintrc.json"), join(folder, String(index), ".oxlintrc.json"));
  }
}

/** @returns for each planting the wall rules that its file is reported for */
async function lint(plantings) {
  const folder = mkdtempSync(join(tmpdir(), "basketlift-walls-"));
  try {
    write(folder, plantings);
    const { output, problem } = await runProcess("oxlint", ["--format", "json"], { cwd: folder, capture: true });
    const { diagnostics } = parse(output, problem);
    const rulesByFile = Map.groupBy(diagnostics, ({ filename }) => filename);
    return new Map(
      plantings.map((planting, index) => [
        planting,
        (rulesByFile.get(join(String(index), planting.file)) ?? []).map(ruleName).filter((rule) => wallRules.has(rule)),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function parse(output, problem) {
  try {
    return JSON.parse(output);
  } catch {
    throw new Error(`oxlint left no report (${problem}): ${output.slice(0, 2000)}`);
  }
}

/** "eslint(no-restricted-imports)" -> "no-restricted-imports" */
const ruleName = ({ code }) => code.replace(/^.*\((.*)\)$/, "$1");

const reported = await lint(walls.flatMap(({ plantings }) => plantings));
for (const { sentence, rule, plantings } of walls) {
  await check(`wall: ${sentence}`, () => {
    for (const planting of plantings) {
      const rules = reported.get(planting);
      const where = `${planting.file}:\n${planting.content}`;
      if (rule && !rules.includes(rule)) throw new CheckError(`${rule} does not report ${where}`);
      if (!rule && rules.length > 0) throw new CheckError(`${rules.join(", ")} reports ${where}`);
    }
  });
}
await check("wall: every folder of the engine has its floor", () => {
  const folders = readdirSync(join(root, engine("")), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const homeless = folders.map(({ name }) => name).filter((name) => name !== "facade" && !belowFacade.includes(name));
  if (homeless.length > 0) {
    throw new CheckError(`Give ${homeless.join(", ")} a floor in .oxlintrc.json and in scripts/walls.mjs.`);
  }
});
finishChecks();
