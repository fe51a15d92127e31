/**
 * `npm start`: installs what is missing, builds the console and the storefront's script where they are stale, and starts the server
 * under Node 24. Arguments after `npm start --` go to `basketlift start`.
 */
import { spawn, spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { ensureInstalled, node24Path, root, runMain, SetUpError, toolEnvironment } from "./install.mjs";

/** What `rollup.pages.config.mjs` reads, and what it writes last. */
const pageSources = [
  "packages/console/src",
  "packages/console/index.html",
  "packages/engine/src",
  "packages/widgets/src",
];
const builtPages = ["packages/server-adapter/dist/console/index.html", "packages/server-adapter/dist/script/loader.js"];

await runMain(() => {
  ensureInstalled();
  const node = node24Path();
  const env = toolEnvironment(node);
  const given = process.argv.slice(2);
  const helps = given.some((argument) => /^(--help|-h)$/.test(argument));
  if (!helps && arePagesStale()) buildPages(env);
  const program = join(root, "packages", "server-adapter", "src", "cli", "main.ts");
  const storefront = join(root, "examples", "storefront", "server.ts");
  const child = spawn(node, ["-C", "source", program, "start", "--storefront", storefront, ...given], {
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

/** Whether a source is younger than what was built from it. */
function arePagesStale() {
  const builtAt = Math.min(...builtPages.map((path) => changedAt(join(root, path))));
  return pageSources.some((path) => newestBelow(join(root, path)) > builtAt);
}

function changedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newestBelow(path) {
  if (!statSync(path).isDirectory()) return changedAt(path);
  return Math.max(...readdirSync(path, { recursive: true }).map((name) => changedAt(join(path, name))));
}

function buildPages(env) {
  console.log("Building the console and the storefront's script ...");
  const { status, stdout, stderr } = spawnSync("rollup", ["-c", "rollup.pages.config.mjs", "--silent"], {
    cwd: root,
    env,
    encoding: "utf8",
  });
  if (status !== 0) throw new SetUpError(`The pages could not be built:\n${stdout ?? ""}${stderr ?? ""}`);
}

/**
 * We leave only after the server has. A terminal's Ctrl-C reaches it directly; what a supervisor sends reaches only us, or only npm,
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
