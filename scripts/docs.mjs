/**
 * Keeps the documentation true: every ```ts, ```js and ```tsx block of the Markdown files is type-checked against the sources, and every
 * ts and js block is run. Two comments before a block say otherwise: <!-- types only --> does not run it, and <!-- continues -->
 * puts the block before it in front, for an example told in steps. Links and pictures lead to files that exist. The examples that
 * have a "test" or a "start" script run, too.
 */
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { check, CheckError, finishChecks } from "./checks.mjs";
import { root } from "./install.mjs";
import { runProcess } from "./processes.mjs";

const folder = join(root, ".cache", "docs");
const pages = ["*.md", "docs/**/*.md", "packages/*/*.md", "examples/**/*.md"];
const fence = /^(?<comments>(?:<!--[^\n]*-->\s*)*)```(?<language>ts|tsx|js)\b[^\n]*\n(?<code>.*?)^```$/gms;

/** @returns the code blocks of a page: where each begins, its whole code, and whether to run it */
function blocksOf(page) {
  const text = readFileSync(join(root, page), "utf8").replaceAll("\r\n", "\n");
  let previous = { code: "", language: "js" };
  return [...text.matchAll(fence)].map(({ index, groups: { comments, language, code } }) => {
    const line = text.slice(0, index + comments.length).split("\n").length;
    const continues = comments.includes("<!-- continues -->");
    const whole = continues ? `${previous.code}\n${code}` : code;
    const extension = continues && previous.language !== "js" ? previous.language : language;
    previous = { code: whole, language: extension };
    return {
      where: `${page}:${line}`,
      file: `${page.replaceAll(/[^\w]+/g, "-")}-${line}.${extension}`,
      code: whole,
      runs: extension !== "tsx" && !comments.includes("<!-- types only -->"),
    };
  });
}

function write(blocks) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const { file, code } of blocks) writeFileSync(join(folder, file), code);
  const tsconfig = {
    extends: "../../tsconfig.base.json",
    compilerOptions: {
      composite: false,
      noEmit: true,
      emitDeclarationOnly: false,
      declaration: false,
      declarationMap: false,
      rewriteRelativeImportExtensions: false,
      moduleDetection: "force",
      allowJs: true,
      checkJs: true,
      noUnusedLocals: false,
      types: ["node"],
    },
    include: ["."],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
}

/** @returns the compiler's complaints by file; "" for those about anything else */
async function typeCheck() {
  const { output, problem } = await runProcess("tsc", ["-p", folder, "--pretty", "false"], {
    cwd: folder,
    capture: true,
  });
  const complaints = output.split(/\n(?=\S)/).filter(Boolean);
  if (problem && complaints.length === 0) complaints.push(problem);
  return Map.groupBy(complaints, (complaint) => /^([^(\s]+)\(/.exec(complaint)?.[1] ?? "");
}

async function runBlock({ file }) {
  const { output, problem } = await runProcess("node", ["-C", "source", join(folder, file)], {
    cwd: root,
    capture: true,
  });
  if (problem) throw new CheckError(`${problem}:\n${output}`);
}

/** @returns the links and pictures of a page that lead to no file; those to other sites are not followed */
function deadLinks(page) {
  const text = readFileSync(join(root, page), "utf8").replaceAll(/^```.*?^```$/gms, "");
  return [...text.matchAll(/\]\((?<target>[^)\s]+)\)/g)]
    .map(({ groups }) => groups.target)
    .filter((target) => !/^(?:https?:|mailto:|#)/.test(target))
    .filter((target) => !existsSync(join(root, dirname(page), target.split("#")[0])));
}

/** @returns the examples that can be run: the folder of each and the name of its script */
function examples() {
  return globSync("examples/*/package.json", { cwd: root })
    .toSorted()
    .map((manifest) => {
      const { scripts = {} } = JSON.parse(readFileSync(join(root, manifest), "utf8"));
      return { example: dirname(manifest), script: ["test", "start"].find((name) => scripts[name]) };
    })
    .filter(({ script }) => script);
}

async function runExample({ example, script }) {
  const cwd = join(root, example);
  const { output, problem } = await runProcess("npm", ["run", script], { cwd, capture: true, minutes: 2 });
  if (problem) throw new CheckError(`${problem}:\n${output}`);
}

const found = globSync(pages, { cwd: root, exclude: (path) => path.includes("node_modules") }).toSorted();
const blocks = found.flatMap(blocksOf);
write(blocks);
if (blocks.length === 0) console.log(`There is no code block in ${pages.join(", ")}.`);
const complaints = blocks.length > 0 ? await typeCheck() : new Map();
for (const block of blocks) {
  await check(`docs: ${block.where} compiles${block.runs ? " and runs" : ""}`, async () => {
    const own = complaints.get(block.file);
    if (own) throw new CheckError(own.join("\n"));
    if (block.runs) await runBlock(block);
  });
  complaints.delete(block.file);
}
if (complaints.size > 0) {
  await check("docs: what the examples import compiles", () => {
    throw new CheckError([...complaints.values()].flat().join("\n"));
  });
}
for (const page of found) {
  await check(`docs: the links of ${page} lead somewhere`, () => {
    const dead = deadLinks(page);
    if (dead.length > 0) throw new CheckError(`There is no ${dead.join(", ")}.`);
  });
}
for (const each of examples()) await check(`docs: ${each.example} runs`, () => runExample(each));
finishChecks();
