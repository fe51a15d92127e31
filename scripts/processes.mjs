/** Child processes with a time limit: output streams on or is captured, and nothing they started outlives them. */
import { spawn } from "node:child_process";

const running = new Set();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, () => {
    for (const child of running) killTree(child);
    process.kill(process.pid, signal);
  });
}

/**
 * @param command the program, found on the PATH of `env`
 * @param args its arguments
 * @param options `env`, `cwd`, `minutes` before it is killed, `capture` to collect its output in place of showing it
 * @returns `{ ok, output, problem }`: whether it exited with 0, what it printed when captured, and in words why it did not
 */
export function runProcess(command, args, { env = process.env, cwd, minutes = 5, capture = false } = {}) {
  return new Promise((resolve) => {
    // Standard error joins standard output, so that a log reads in order. A group of its own can be killed whole.
    const output = capture ? "pipe" : 1;
    const child = spawn(command, args, { env, cwd, stdio: ["ignore", output, output], detached: true });
    const printed = [];
    child.stdout?.on("data", (chunk) => printed.push(chunk));
    child.stderr?.on("data", (chunk) => printed.push(chunk));
    running.add(child);

    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      killTree(child);
    }, minutes * 60_000);
    const finish = (problem) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ ok: !problem, problem, output: Buffer.concat(printed).toString() });
    };
    child.once("error", (error) => finish(`${command} did not start: ${error.message}`));
    child.once("close", (code, signal) => {
      if (timedOut) finish(`${command} was stopped after ${minutes} minutes`);
      else finish(code === 0 ? undefined : `${command} ended with ${signal ?? `exit code ${code}`}`);
    });
  });
}

function killTree(child) {
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
