/** Command lines as a shell would run them: within the test, to be stopped by a signal, or in a process to be killed. */
import { spawn, type ChildProcess } from "node:child_process";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { Command } from "../src/cli/command.ts";
import { runCommandLine } from "../src/cli/run.ts";

export interface CommandRun {
  /** What was printed so far. */
  printed(): string;
  readonly ended: Promise<{ readonly code: number; readonly output: string; readonly errors: string }>;
  /** As Ctrl-C does. */
  stop(): void;
}

/**
 * @param onError given what is written to standard error, piece by piece
 * @example
 * const { code, output } = await runCommand([importCommand], ["import", "orders.csv"]).ended;
 */
export function runCommand(
  commands: readonly Command[],
  args: readonly string[],
  onError: (piece: string) => void = () => {},
): CommandRun {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [output, errors] = [text(stdout), text(stderr)];
  const controller = new AbortController();
  let printed = "";
  stdout.on("data", (chunk) => (printed += String(chunk)));
  stderr.on("data", (chunk) => onError(String(chunk)));
  const run = async () => {
    const code = await runCommandLine(commands, args, { stdout, stderr }, controller.signal);
    stdout.end();
    stderr.end();
    return { code, output: await output, errors: await errors };
  };
  return { printed: () => printed, ended: run(), stop: () => controller.abort(new Error("It was stopped by hand.")) };
}

/**
 * The program itself, in a process of its own.
 * @param before a command that runs it, such as `["unshare", "-n"]`
 */
export function spawnCommand(args: readonly string[], before: readonly string[] = []): ChildProcess {
  const main = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));
  const [program, ...rest] = [...before, process.execPath, "-C", "source", main, ...args];
  return spawn(program, rest, { stdio: ["ignore", "pipe", "pipe"] });
}
