/**
 * A trained model as data: a kind, a few settings, and named typed columns; and as a file, which is safetensors with
 * the kind, the settings and the version of this format in its metadata.
 */
import { InvalidFile, InvalidInput } from "../errors.ts";
import type { Column } from "./column.ts";
import { byName, readSafetensors, writeSafetensors } from "./safetensors.ts";

export type { Column } from "./column.ts";

/** What `Recommender.save` returns and `writeModel` turns into a safetensors file. */
export interface ModelFile {
  /** Name of the method that reads it back, for example `item-neighbours`. */
  readonly kind: string;
  /** Settings and facts that are not columns. JSON values only. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly columns: Readonly<Record<string, Column>>;
}

/** Major: older readers must refuse. Minor: they may read on. */
const formatVersion = { major: 1, minor: 0 } as const;

/** Says that a safetensors file is a model of ours. */
const formatName = "basketlift-model";

/**
 * Equal models give equal bytes.
 * @throws InvalidInput when a setting is not a finite number, a text or a boolean
 * @example
 * const bytes = writeModel(model.save());
 */
export function writeModel({ kind, settings, columns }: ModelFile): Uint8Array {
  for (const [name, value] of Object.entries(settings)) {
    // JSON would turn NaN and infinities into null.
    if (!isSetting(value)) throw new InvalidInput(`settings.${name}`, value, "a text, a boolean or a finite number");
  }
  return writeSafetensors(columns, {
    format: formatName,
    formatVersion: `${formatVersion.major}.${formatVersion.minor}`,
    kind,
    settings: JSON.stringify(byName(settings)),
  });
}

/**
 * The columns are views on `bytes`: keep it as long as the model, and do not change it.
 * @throws InvalidFile when the file is damaged, is no model, or needs a newer version of the engine
 * @example
 * const { kind, settings, columns } = readModel(bytes);
 */
export function readModel(bytes: Uint8Array): ModelFile {
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata.get("format") !== formatName) {
    throw new InvalidFile(`This safetensors file is no model: its metadata lack "format": "${formatName}".`);
  }
  requireReadable(metadata.get("formatVersion"));
  const kind = metadata.get("kind");
  if (!kind) throw new InvalidFile("The model does not say of what kind it is.");
  return {
    kind,
    settings: parseSettings(metadata.get("settings") ?? "{}"),
    columns: Object.fromEntries(Array.from(tensors, ([name, { data }]) => [name, data])),
  };
}

function requireReadable(version: string | undefined): void {
  const major = /^(\d+)\.\d+$/.exec(version ?? "")?.[1];
  if (major === undefined) throw new InvalidFile(`The model has format version "${version}" instead of "1.0".`);
  if (Number(major) > formatVersion.major) {
    throw new InvalidFile(
      `The model has format version ${version}; this engine reads up to ${formatVersion.major}. Update the engine or train again.`,
    );
  }
}

function parseSettings(json: string): ModelFile["settings"] {
  let settings: unknown;
  try {
    settings = JSON.parse(json);
  } catch (error) {
    throw new InvalidFile("The model's settings are not JSON.", { cause: error });
  }
  if (typeof settings !== "object" || settings === null || Array.isArray(settings)) {
    throw new InvalidFile("The model's settings are not an object.");
  }
  const checked: [string, string | number | boolean][] = [];
  for (const [name, value] of Object.entries(settings)) {
    if (!isSetting(value)) throw new InvalidFile(`The model's setting "${name}" is no text, number or boolean.`);
    checked.push([name, value]);
  }
  return Object.fromEntries(checked);
}

function isSetting(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}
