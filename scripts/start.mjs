/**
 * `npm start`: installs what is missing, builds the page and runs the demo under Node 24. Arguments after `npm start --` go to the demo.
 */
import { spawn, spawnSync } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { ensureInstalled, node24Path, pageFolder, root, runMain, SetUpError, toolEnvironment } from "./install.mjs";

await runMain(() => {
  ensureInstalled();
  const node = node24Path();
  const env = toolEnvironment(node);
  const given = process.argv.slice(2);
  const needsPage = !given.some((argument) => /^--(page|no-serve|help)\b/.test(argument));
  if (needsPage) buildPage(env);
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

function buildPage(env) {
  const { status, stdout, stderr } = spawnSync("rollup", ["-c", "rollup.page.config.mjs", "--silent"], {
    cwd: root,
    env,
    encoding: "utf8",
  });
  if (status !== 0) throw new SetUpError(`The page could not be built:\n${stdout ?? ""}${stderr ?? ""}`);
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
