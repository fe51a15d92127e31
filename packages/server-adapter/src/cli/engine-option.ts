/** Where commands look for a trained engine. */
import type { OptionSpec } from "./command.ts";

export const defaultEngineDirectory = "basketlift-data/engine";

export const engineOption: Readonly<Record<"engine", OptionSpec>> = {
  engine: { type: "string", value: "DIR", default: defaultEngineDirectory, help: "Directory of a trained engine." },
};
