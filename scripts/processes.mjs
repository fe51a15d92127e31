/** Child processes with a time limit: output streams on or is captured, and nothing they started outlives them. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";

/** Set for what runs here: a script of ours that runs another ends its own first, and so has less time for it. */
const runByScript = "BASKETLIFT_RUN_BY_SCRIPT";

/** Milliseconds in which a process that is told to end may take down what it started. */
const patience = process.env[runByScript] ? 1000 : 3000;

const running = new Set();
/** From then on no process is awaited: whoever waited would go on and start the next one. */
let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, () => {
    interrupted = true;
    void Promise.all([...running].map(endTree)).then(() => process.kill(process.pid, signal));
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
    const stdio = ["ignore", output, output];
    const child = spawn(command, args, { env: { ...env, [runByScript]: "1" }, cwd, stdio, detached: true });
    const printed = [];
    child.stdout?.on("data", (chunk) => printed.push(chunk));
    child.stderr?.on("data", (chunk) => printed.push(chunk));
    running.add(child);

    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      void endTree(child);
    }, minutes * 60_000);
    const finish = (problem) => {
      clearTimeout(timer);
      running.delete(child);
      if (!interrupted) resolve({ ok: !problem, problem, output: Buffer.concat(printed).toString() });
    };
    child.once("error", (error) => finish(`${command} did not start: ${error.message}`));
    child.once("close", (code, signal) => {
      if (timedOut) finish(`${command} was stopped after ${minutes} minutes`);
      else finish(code === 0 ? undefined : `${command} ended with ${signal ?? `exit code ${code}`}`);
    });
  });
}

/** A process group of its own that a child made is out of reach here: so the child is asked before it is killed. */
async function endTree(child) {
  const ended = child.exitCode === null && child.signalCode === null && once(child, "exit");
  signalTree(child, "SIGTERM");
  await Promise.race([ended, pause(patience)]);
  signalTree(child, "SIGKILL");
}

function signalTree(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself.
  }
}
