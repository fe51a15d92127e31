/**
 * Checks the packages as strangers will meet them: publint on each, then all of them packed, installed into a project outside the
 * repository, type-checked the way Node and bundlers resolve them, imported at every entry point, and run.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { check, CheckError, finishChecks } from "./checks.mjs";
import { publishedPackages } from "./entry-points.mjs";
import { root } from "./install.mjs";
import { runProcess } from "./processes.mjs";

const packages = publishedPackages();
const nodePackages = packages.filter(({ manifest }) => manifest.engines?.node);

/** Runs a command and shows what it printed only when it fails. */
async function run(cwd, command, ...args) {
  const { output, problem } = await runProcess(command, args, { cwd, capture: true });
  if (problem) throw new CheckError(`${problem}:\n${output}`);
  return output;
}

async function lintPackage({ folder }) {
  const { messages, pkg } = await publint({ pkgDir: folder, strict: true, pack: "npm" });
  if (messages.length > 0) throw new CheckError(messages.map((message) => formatMessage(message, pkg)).join("\n"));
}

/** Installs the packed packages into a new project, as its only dependencies beside what they ask their user to bring. */
async function createConsumer(folder) {
  const tarballs = join(folder, "tarballs");
  mkdirSync(tarballs);
  for (const workspace of packages) await run(root, "npm", "pack", workspace.folder, "--pack-destination", tarballs);
  const dependencies = Object.fromEntries(
    packages.map(({ manifest: { name, version } }) => [
      name,
      `file:tarballs/${name.replace("@", "").replace("/", "-")}-${version}.tgz`,
    ]),
  );
  for (const { manifest } of packages) {
    for (const peer of Object.keys(manifest.peerDependencies ?? {}))
      dependencies[peer] = manifest.devDependencies[peer];
  }
  writeJson(join(folder, "package.json"), { name: "consumer", private: true, type: "module", dependencies });
  await run(
    folder,
    "npm",
    "install",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    "--loglevel=error",
  );
  for (const file of readdirSync(join(root, "scripts", "consumer"))) {
    copyFileSync(join(root, "scripts", "consumer", file), join(folder, file));
  }
  writeFileSync(join(folder, "node-entries.mts"), importEverything(nodePackages));
  writeFileSync(join(folder, "browser-entries.mts"), importEverything(packages.filter((p) => !p.manifest.bin)));
}

/** A module that imports every entry point and fails when one of them is empty. */
function importEverything(workspaces) {
  const specifiers = workspaces.flatMap(({ entryPoints }) => entryPoints.flatMap(({ specifier }) => specifier ?? []));
  return [
    ...specifiers.map((specifier, i) => `import * as entry${i} from "${specifier}";`),
    `const entries = { ${specifiers.map((specifier, i) => `"${specifier}": entry${i}`).join(", ")} };`,
    "for (const [name, entry] of Object.entries(entries)) {",
    "  if (Object.keys(entry).length === 0) throw new Error(`${name} exports nothing.`);",
    "}",
    "",
  ].join("\n");
}

/** Types of a consumer that checks the libraries it uses, too. */
async function typeCheck(folder, name, files, compilerOptions) {
  const config = `tsconfig.${name}.json`;
  writeJson(join(folder, config), {
    compilerOptions: { target: "ES2022", strict: true, noEmit: true, skipLibCheck: false, ...compilerOptions },
    files,
  });
  await run(folder, "tsc", "-p", config);
}

const nodeTypes = {
  module: "nodenext",
  moduleResolution: "nodenext",
  lib: ["ES2024"],
  types: ["node"],
  typeRoots: [join(root, "node_modules", "@types")],
};
const browserTypes = {
  module: "esnext",
  moduleResolution: "bundler",
  lib: ["ES2024", "DOM", "DOM.Iterable"],
  types: [],
};

function writeJson(path, value) {
  writeFileSync(path, JSON.stringify(value, undefined, 2));
}

async function checkConsumer(folder) {
  const installed = await check("packages: the tarballs install into a project", () => createConsumer(folder));
  if (!installed) return;
  await check("packages: types resolve as Node does", () =>
    typeCheck(folder, "node", ["shop.mts", "node-entries.mts"], nodeTypes),
  );
  await check("packages: types resolve as bundlers do", () =>
    typeCheck(folder, "browser", ["shop.mts", "browser-entries.mts"], browserTypes),
  );
  await check("packages: every entry point loads in Node", () => run(folder, "node", "node-entries.mts"));
  await check("packages: a program that uses them runs", () => run(folder, "node", "shop.mts"));
  await check("packages: the script tag's files resolve, and a server serves them all", () =>
    run(folder, "node", "script-tag.mjs"),
  );
  for (const name of nodePackages.flatMap(({ manifest }) => Object.keys(manifest.bin ?? {}))) {
    await check(`packages: "npx ${name} --help" helps`, async () => {
      const help = await run(folder, "npx", "--no-install", name, "--help");
      if (!help.includes(name)) throw new CheckError(`It printed:\n${help}`);
    });
  }
}

for (const workspace of packages) await check(`publint: ${workspace.manifest.name}`, () => lintPackage(workspace));
const folder = mkdtempSync(join(tmpdir(), "basketlift-consumer-"));
try {
  await checkConsumer(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
finishChecks();
