/** A command as data: its name, its options with a sentence each, and what it does. Help and parsing come from it. */
import { parseArgs } from "node:util";
import { UsageError } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

/** One `--option`. */
export interface OptionSpec {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly default?: string | boolean;
  /** May be given several times. */
  readonly multiple?: boolean;
  /** What stands for the value in help, for example `FILE`. */
  readonly value?: string;
  readonly help: string;
}

export type OptionValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

export interface CommandInput {
  readonly positionals: readonly string[];
  readonly options: Options;
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** For example `audit ORDERS [options]`. */
  readonly usage: string;
  /** A few lines below the usage. */
  readonly description: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** @returns the exit code */
  run(input: CommandInput): Promise<number>;
}

/** Typed access to the values of one call. */
export interface Options {
  flag(name: string): boolean;
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
  /** @throws UsageError unless the value is a whole number of at least `minimum` */
  integer(name: string, minimum: number): number | undefined;
}

/** Options that every command has. */
export const commonOptions: Readonly<Record<string, OptionSpec>> = {
  help: { type: "boolean", short: "h", help: "Show this help." },
  quiet: { type: "boolean", short: "q", help: "No progress, no notes: results and errors only." },
};

/** @throws UsageError naming the option that is unknown or lacks its value */
export function parseCommandLine(
  command: Command,
  args: readonly string[],
): { positionals: string[]; options: Options } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries({ ...commonOptions, ...command.options }).map(([name, { type, short, multiple }]) => [
          name,
          { type, ...(short && { short }), ...(multiple && { multiple }) },
        ]),
      ),
    });
    return { positionals, options: readOptions(command, values) };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), command.name);
  }
}

function readOptions(command: Command, values: OptionValues): Options {
  const valueOf = (name: string): OptionValues[string] => values[name] ?? command.options[name]?.default;
  return {
    flag: (name) => valueOf(name) === true,
    text(name) {
      const value = valueOf(name);
      return typeof value === "string" ? value : undefined;
    },
    texts(name) {
      const value = valueOf(name);
      return Array.isArray(value) ? value.map(String) : [];
    },
    integer(name, minimum) {
      const value = valueOf(name);
      if (typeof value !== "string") return undefined;
      const number = Number(value);
      if (!Number.isInteger(number) || number < minimum) {
        throw new UsageError(
          `--${name} must be a whole number of at least ${minimum}; received "${value}".`,
          command.name,
        );
      }
      return number;
    },
  };
}
