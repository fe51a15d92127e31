/** Which column of a file is which field: by name, by what else the header holds, or by the merchant's own word. */
import { ImportError } from "./errors.ts";
import { type FieldNames, nestedLines } from "./column-names.ts";

/** The merchant's own word: field to header. Wins over every name that would be found; "" says that there is none. */
export type ColumnOverrides<Field extends string> = Readonly<Partial<Record<Field, string>>>;

/** Column index by field; fields the file lacks are absent. */
export type ColumnMap<Field extends string> = Partial<Record<Field, number>>;

/** Fields of which a file needs at least one, with words for it. */
export interface Need<Field extends string> {
  readonly anyOf: readonly Field[];
  readonly is: string;
  /** A column name that is always found. */
  readonly example: string;
}

/** Headers named in a message. */
const namesShown = 20;

/** Prefix of columns that come from the line objects inside a JSON order. */
export const linePrefix = "line.";

/** Two headers are the same name when nothing but case, spaces and punctuation sets them apart. */
export function plainName(header: string): string {
  return header
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}#]/gu, "");
}

/**
 * Finds the fields of a header.
 * @param overrides fields that are mapped by hand
 * @throws ImportError `unknown-column` when an override names a column or field that does not exist
 */
export function mapColumns<Field extends string>(
  header: readonly string[],
  names: Readonly<Record<Field, FieldNames>>,
  overrides: ColumnOverrides<Field> | undefined,
  file: string,
): ColumnMap<Field> {
  const nested = header.some((name) => name.startsWith(linePrefix));
  const orderColumns = columnsByName(header, (name) => (name.startsWith(linePrefix) ? undefined : name));
  const lineColumns = nested
    ? columnsByName(header, (name) => (name.startsWith(linePrefix) ? name.slice(linePrefix.length) : undefined))
    : orderColumns;
  const map: ColumnMap<Field> = {};
  for (const field of fieldsOf(names)) {
    const { ofLine = false } = names[field];
    const columns = ofLine ? lineColumns : orderColumns;
    const has = (name: string): boolean => (name === nestedLines ? nested : orderColumns.has(plainName(name)));
    const found = acceptedNames(names[field], has).find((name) => columns.has(plainName(name)));
    if (found !== undefined) map[field] = columns.get(plainName(found));
  }
  if (overrides) applyOverrides(map, header, names, overrides, file);
  return map;
}

/** How many headers are known by name: what tells a header from data and one delimiter from another. */
export function knownNames<Field extends string>(
  header: readonly string[],
  names: Readonly<Record<Field, FieldNames>>,
): number {
  return new Set(Object.values(mapColumns(header, names, undefined, ""))).size;
}

/**
 * @param option the command line's option for columns of this file
 * @throws ImportError `missing-columns` that lists what was found, what is needed, and how to map by hand
 */
export function requireColumns<Field extends string>(
  map: ColumnMap<Field>,
  needs: readonly Need<Field>[],
  header: readonly string[],
  { file, option }: { readonly file: string; readonly option: string },
): void {
  const missing = needs.filter(({ anyOf }) => anyOf.every((field) => map[field] === undefined));
  if (missing.length === 0) return;
  const byHand = missing.map(({ anyOf }) => `${option} ${anyOf[0]}=HEADER`);
  throw new ImportError(
    "missing-columns",
    `No column was found for ${listed(missing.map(({ is }) => is))}. The file has ${quotedNames(header)}.`,
    {
      file,
      line: 1,
      hint: `Rename columns, for example to ${listed(missing.map(({ example }) => example))}, or say which they are: ${byHand.join(" ")}`,
    },
  );
}

/** Header by field, for the report. */
export function namedColumns<Field extends string>(
  map: ColumnMap<Field>,
  header: readonly string[],
): Record<string, string> {
  const named: Record<string, string> = {};
  for (const [field, column] of Object.entries<number | undefined>(map)) {
    if (column !== undefined) named[field] = header[column];
  }
  return named;
}

/** The column with a header as the merchant writes it: to the letter, else without case and punctuation. */
export function columnNamed(header: readonly string[], name: string): number | undefined {
  if (name === "") return undefined;
  const exact = header.indexOf(name);
  const column = exact >= 0 ? exact : header.findIndex((candidate) => plainName(candidate) === plainName(name));
  return column < 0 ? undefined : column;
}

/** The keys of a table of fields, as fields. */
export function fieldsOf<Field extends string>(names: Readonly<Record<Field, FieldNames>>): Field[] {
  const fields: Field[] = [];
  for (const field in names) fields.push(field);
  return fields;
}

function acceptedNames({ names, only, unless = [] }: FieldNames, has: (name: string) => boolean): readonly string[] {
  if (unless.some(has)) return [];
  return only && only.if.some(has) ? [...only.names, ...names] : names;
}

/** Column of each plain name; the first of two columns with one name. */
function columnsByName(header: readonly string[], nameOf: (header: string) => string | undefined): Map<string, number> {
  const columns = new Map<string, number>();
  for (const [column, full] of header.entries()) {
    const name = nameOf(full);
    if (name === undefined) continue;
    const plain = plainName(name);
    if (plain && !columns.has(plain)) columns.set(plain, column);
  }
  return columns;
}

function applyOverrides<Field extends string>(
  map: ColumnMap<Field>,
  header: readonly string[],
  names: Readonly<Record<Field, FieldNames>>,
  overrides: ColumnOverrides<Field>,
  file: string,
): void {
  for (const [key, name] of Object.entries<string | undefined>(overrides)) {
    if (name === undefined) continue;
    const field = fieldsOf(names).find((known) => known === key);
    if (field === undefined) {
      throw new ImportError("unknown-column", `"${key}" is no field that can be mapped.`, {
        file,
        hint: `Fields are ${fieldsOf(names).join(", ")}.`,
      });
    }
    if (name === "") {
      delete map[field];
      continue;
    }
    const column = columnNamed(header, name);
    if (column === undefined) {
      throw new ImportError("unknown-column", `There is no column ${quote(name)} (asked for as ${key}).`, {
        file,
        hint: `The file has ${quotedNames(header)}.`,
      });
    }
    map[field] = column;
  }
}

function quote(name: string): string {
  return `"${name}"`;
}

/** Headers as a list that can be read: a broken file may have thousands, or objects without a key. */
function quotedNames(header: readonly string[]): string {
  if (header.length === 0) return "no column at all";
  const more = header.length - namesShown;
  const shown = header.slice(0, namesShown).map(quote).join(", ");
  return more > 0 ? `${shown} and ${more} more` : shown;
}

/** "a", "a and b", "a, b and c" */
function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
