/** Runs one command line to its exit code: parsing, help, errors in words, Ctrl-C. */
import { BasketliftError } from "@basketlift/engine";
import { ImportError } from "../importing/index.ts";
import { systemCode, UnwritablePlace } from "../storage/unwritable.ts";
import { parseCommandLine, type Command } from "./command.ts";
import { exitCode, InputError, UsageError } from "./exit.ts";
import { helpOf, helpOfCommand } from "./help.ts";
import { createTerminal, type Streams } from "./terminal.ts";

/**
 * @param args as the shell gave them, without the program's name
 * @param signal stops the command between two pieces of work
 * @returns the exit code
 */
export async function runCommandLine(
  commands: readonly Command[],
  args: readonly string[],
  streams: Streams,
  signal: AbortSignal,
): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    streams.stdout.write(helpOf(commands));
    return name === undefined ? exitCode.usage : exitCode.done;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    streams.stderr.write(`There is no command "${name}". Commands: ${commands.map((own) => own.name).join(", ")}.\n`);
    return exitCode.usage;
  }
  return runCommand(command, rest, streams, signal);
}

async function runCommand(
  command: Command,
  args: readonly string[],
  streams: Streams,
  signal: AbortSignal,
): Promise<number> {
  let quiet = false;
  try {
    const { positionals, options } = parseCommandLine(command, args);
    if (options.flag("help")) {
      streams.stdout.write(helpOfCommand(command));
      return exitCode.done;
    }
    quiet = options.flag("quiet");
    const terminal = createTerminal(streams, quiet);
    try {
      return await command.run({ positionals, options, terminal, signal });
    } finally {
      terminal.clearProgress();
    }
  } catch (error) {
    return report(error, streams, signal);
  }
}

/** What a file or folder that the user named may be wrong with. */
const inputErrors = [ImportError, InputError, UnwritablePlace, BasketliftError];

/** Says what went wrong in words; a stack only for mistakes of our own. */
function report(error: unknown, { stderr }: Streams, signal: AbortSignal): number {
  if (signal.aborted) {
    stderr.write("Stopped. Nothing half-written was left behind.\n");
    return exitCode.interrupted;
  }
  if (error instanceof UsageError) {
    stderr.write(`${error.message}\nSee: basketlift ${error.command ? `${error.command} ` : ""}--help\n`);
    return exitCode.usage;
  }
  if (inputErrors.some((kind) => error instanceof kind)) {
    stderr.write(`${messageOf(error)}\n`);
    return exitCode.input;
  }
  if (systemCode(error) !== undefined) {
    stderr.write(`The system refused: ${messageOf(error)}\n`);
    return exitCode.failed;
  }
  stderr.write(`This should not have happened; please report it:\n${stackOf(error)}\n`);
  return exitCode.failed;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const stackOf = (error: unknown): string => (error instanceof Error && error.stack ? error.stack : messageOf(error));
