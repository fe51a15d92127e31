/** Help texts, made from the commands themselves. */
import { wrapText } from "../wrap-text.ts";
import { commonOptions, type Command, type OptionSpec } from "./command.ts";

const lineWidth = 100;

export function helpOf(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    "basketlift - what sells together, how sure that is, and what to recommend",
    "",
    "Usage: basketlift COMMAND [options]",
    "",
    "Commands:",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "`basketlift COMMAND --help` explains one.",
    "Exit codes: 0 done, 1 failed, 2 wrong command line, 3 unusable file or place, 130 stopped.",
    "",
  ].join("\n");
}

export function helpOfCommand({ usage, description, options }: Command): string {
  const rows = Object.entries({ ...options, ...commonOptions }).map(
    ([name, spec]) => [flagOf(name, spec), spec] as const,
  );
  const width = Math.max(...rows.map(([flag]) => flag.length));
  return [
    `Usage: basketlift ${usage}`,
    "",
    description,
    "",
    "Options:",
    ...rows.flatMap(([flag, spec]) =>
      wrapText(`${spec.help}${defaultOf(spec)}`, lineWidth - width - 4).map(
        (line, index) => `  ${(index === 0 ? flag : "").padEnd(width)}  ${line}`,
      ),
    ),
    "",
  ].join("\n");
}

function flagOf(name: string, { short, value }: OptionSpec): string {
  return `${short ? `-${short}, ` : "    "}--${name}${value ? ` ${value}` : ""}`;
}

function defaultOf({ default: value }: OptionSpec): string {
  return value === undefined || value === false ? "" : ` [${String(value)}]`;
}
