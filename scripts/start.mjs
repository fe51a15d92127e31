/** `npm start`: installs what is missing, then runs the demo under Node 24. Arguments after `npm start --` go to the demo. */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { ensureInstalled, node24Path, root, runMain, toolEnvironment } from "./install.mjs";

await runMain(() => {
  ensureInstalled();
  const node = node24Path();
  const program = join(root, "packages/server-adapter/src/cli/main.ts");
  const child = spawn(node, ["-C", "source", program, "demo", ...process.argv.slice(2)], {
    // npm changes to the root folder; files named on the command line lie where the person stands.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: toolEnvironment(node),
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
