/** Where the server's data lies: shared by the commands that start, save and restore it. */
import type { OptionSpec } from "./command.ts";

export const defaultDataDirectory = "basketlift-data/shop";

export const dataOption: Readonly<Record<string, OptionSpec>> = {
  data: { type: "string", value: "DIR", default: defaultDataDirectory, help: "Where the server keeps everything." },
};

/** A PostgreSQL server to use in place of the embedded database. */
export function databaseUrl(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  return environment["DATABASE_URL"] || undefined;
}
