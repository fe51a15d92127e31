/**
 * `npm start`: installs what is missing, builds the page and runs the demo under Node 24. Arguments after `npm start --` go to the demo.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { ensureInstalled, node24Path, pageFolder, root, runMain, SetUpError, toolEnvironment } from "./install.mjs";

/** Carries the time at which the last whole build of the page began. */
const builtStamp = join(root, ".cache", "page-built");

/** What the page is made of. */
const pageSources = [
  "examples/browser",
  "packages/engine/src",
  "packages/widgets/src",
  "rollup.page.config.mjs",
  "package-lock.json",
];

await runMain(() => {
  ensureInstalled();
  const node = node24Path();
  const env = toolEnvironment(node);
  const given = process.argv.slice(2);
  const needsPage = !given.some((argument) => /^--(page|no-serve|help)\b/.test(argument));
  if (needsPage && !isPageCurrent()) buildPage(env);
  const program = join(root, "packages", "server-adapter", "src", "cli", "main.ts");
  const page = needsPage ? ["--page", pageFolder] : [];
  const child = spawn(node, ["-C", "source", program, "demo", ...page, ...given], {
    // npm changes to the root folder; files named on the command line lie where the person stands.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env,
    stdio: "inherit",
  });
  forwardSignals(child);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      process.exitCode = code ?? 128 + constants.signals[signal];
      resolve();
    });
  });
});

/** Whether nothing that the page is made of has changed since it was built. Folders change when files come or go. */
function isPageCurrent() {
  const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const builtAt = existsSync(join(pageFolder, "index.html")) ? changedAt(builtStamp) : 0;
  return pageSources
    .map((source) => join(root, source))
    .flatMap((path) => [path, ...filesIn(path)])
    .every((path) => changedAt(path) < builtAt);
}

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [];
  return readdirSync(path, { recursive: true }).map((name) => join(path, name));
}

function buildPage(env) {
  const startedAt = new Date();
  const { status, stdout, stderr } = spawnSync("rollup", ["-c", "rollup.page.config.mjs", "--silent"], {
    cwd: root,
    env,
    encoding: "utf8",
  });
  if (status !== 0) throw new SetUpError(`The page could not be built:\n${stdout ?? ""}${stderr ?? ""}`);
  mkdirSync(dirname(builtStamp), { recursive: true });
  writeFileSync(builtStamp, "");
  utimesSync(builtStamp, startedAt, startedAt);
}

/**
 * We leave only after the demo has. A terminal's Ctrl-C reaches it directly; what a supervisor sends reaches only us, or only npm,
 * whose shell then dies without a word to us: a new parent tells.
 */
function forwardSignals(child) {
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid === parent || child.kill("SIGTERM"), 500);
  watch.unref();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
}
