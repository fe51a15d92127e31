/** Two servers over one data directory would destroy it: the second is refused, by the command as people run it. */
import { spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, it, onTestFinished } from "vitest";
import { exitCode } from "../../src/cli/exit.ts";
import { spawnCommand } from "../command-line.ts";
import { temporaryPath } from "../temporary-file.ts";

/** Four processes start one after the other, where other tests run beside them. */
const timeout = 240_000;

function start(directory: string, before: readonly string[] = []): ChildProcess {
  const child = spawnCommand(["start", "--data", directory, "--port", "0", "--no-demo"], before);
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** @returns what it printed by then */
async function readiness({ stdout }: ChildProcess): Promise<string> {
  let printed = "";
  for await (const piece of stdout ?? []) {
    printed += String(piece);
    if (printed.includes("Ctrl-C stops")) break;
  }
  return printed;
}

async function outcome(child: ChildProcess): Promise<{ readonly code: unknown; readonly errors: string }> {
  const [[code], errors] = await Promise.all([once(child, "exit"), child.stderr ? text(child.stderr) : ""]);
  return { code, errors };
}

/** Holds a directory with a first server while a second one is started by `before`. */
async function expectRefusal(before: readonly string[]): Promise<void> {
  const directory = await temporaryPath("data");
  const first = start(directory);
  const url = /API +(\S+?)\/api/.exec(await readiness(first))?.[1];
  expect(await outcome(start(directory, before))).toEqual({
    code: exitCode.input,
    errors: `${directory} is in use by process ${first.pid}. Stop it first, or choose another directory with --data.\n`,
  });
  // The first one did not notice.
  expect((await fetch(`${url}/health`)).status).toBe(200);
  const ended = once(first, "exit");
  first.kill("SIGTERM");
  expect(await ended).toEqual([exitCode.done, null]);
}

it(
  "a second `basketlift start` on the same data directory is refused with the pid of the first",
  () => expectRefusal([]),
  timeout,
);

const otherNetwork = ["unshare", "-n"];
const { status, stderr } = spawnSync(otherNetwork[0], [...otherNetwork.slice(1), "true"], { encoding: "utf8" });

it(
  "and so is one from another network namespace, as of another container",
  async ({ skip }) => {
    skip(status !== 0, `This machine does not let us \`${otherNetwork.join(" ")}\`: ${stderr}`);
    await expectRefusal(otherNetwork);
  },
  timeout,
);
