/** Checks of values that came as JSON and may be anything. Each says where the value stands and what to give instead. */
import { InvalidInput } from "../errors.ts";
import { nearestName } from "./nearest-name.ts";

export function assertObject(
  value: unknown,
  path: string,
  expected: string,
): asserts value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new InvalidInput(path, value, expected);
}

/** An object with these keys and no others: a misspelt key would be passed over in silence. */
export function assertKeys(
  value: unknown,
  path: string,
  expected: string,
  keys: readonly string[],
): asserts value is Readonly<Record<string, unknown>> {
  assertObject(value, path, expected);
  for (const key of Object.keys(value)) {
    if (!keys.includes(key)) throw new InvalidInput(join(path, key), value[key], `absent${suggestion(key, keys)}`);
  }
}

export function assertList(value: unknown, path: string, expected: string): asserts value is readonly unknown[] {
  if (!Array.isArray(value)) throw new InvalidInput(path, value, expected);
}

export function assertText(value: unknown, path: string, expected: string): asserts value is string {
  if (typeof value !== "string" || value === "") throw new InvalidInput(path, value, expected);
}

export function assertTexts(value: unknown, path: string, expected: string): asserts value is readonly string[] {
  assertList(value, path, expected);
  if (value.length === 0) throw new InvalidInput(path, value, expected);
  for (const [index, text] of value.entries()) assertText(text, `${path}[${index}]`, "a text that is not empty");
}

export function assertOneOf(value: unknown, path: string, names: readonly string[]): asserts value is string {
  if (typeof value === "string" && names.includes(value)) return;
  throw new InvalidInput(
    path,
    value,
    `one of ${names.join(", ")}${typeof value === "string" ? suggestion(value, names) : ""}`,
  );
}

export function assertBoolean(value: unknown, path: string): asserts value is boolean {
  if (typeof value !== "boolean") throw new InvalidInput(path, value, "true or false");
}

/** A question to end the sentence with, when a name is near. */
export function suggestion(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest === undefined ? "" : ` (did you mean "${nearest}"?)`;
}

/** The path of a key below another path. */
export function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
