/**
 * Which column is which field, and how sure that is. Names come first; what they leave open is looked for in the values:
 * a column of dates, one of prices, one whose values stay the same over several lines as order numbers do.
 */
import type { FieldNames } from "../column-names.ts";
import { columnNamed, fieldsOf, mapColumns } from "../columns.ts";
import { looksLikeDate, readDate } from "../dates.ts";
import { readCurrency, readNumber } from "../numbers.ts";
import type { StagedColumn } from "../staged-table.ts";
import type { CellKind, FieldWords } from "./field-words.ts";
import type { TableSample } from "./table-sample.ts";

export interface GuessedField<Field extends string> {
  readonly name: Field;
  /** Header of the column. */
  readonly column: string | null;
  readonly because: "given" | "name" | "values" | null;
  /** Share of the values seen that can be read as the field, less where only values speak for it. */
  readonly confidence: number | null;
}

/** What values alone can say. */
const byValuesOnly = 0.6;
const most = 0.9;

const isReadable: Readonly<Record<CellKind, (text: string) => boolean>> = {
  text: () => true,
  number: (text) => readNumber(text, "dot") !== undefined,
  date: (text) => readDate(text) !== undefined,
  currency: (text) => readCurrency(text) !== undefined,
  email: (text) => /^[^@\s]+@[^@\s]+$/.test(text),
};

/** @param given the merchant's own word: header by field, "" for none */
export function guessColumns<Field extends string>(
  { header, columns }: Pick<TableSample, "header" | "columns">,
  names: Readonly<Record<Field, FieldNames>>,
  words: Readonly<Record<Field, FieldWords>>,
  given: Readonly<Partial<Record<Field, string>>>,
): GuessedField<Field>[] {
  const named = mapColumns(header, names, undefined, "");
  const guesses = new Map<Field, GuessedField<Field>>();
  const taken = new Set<number>();
  const note = (name: Field, place: number, because: "given" | "name" | "values"): void => {
    const share = shareOf(columns[place], isReadable[words[name].holds]);
    taken.add(place);
    const confidence = because === "values" ? share * byValuesOnly : share;
    guesses.set(name, { name, column: header[place], because, confidence: Math.round(confidence * 100) / 100 });
  };
  for (const name of fieldsOf(names)) {
    const own = given[name];
    const place = own === undefined ? named[name] : columnNamed(header, own);
    if (place !== undefined) note(name, place, own === undefined ? "name" : "given");
  }
  for (const name of fieldsOf(names)) {
    if (guesses.has(name) || given[name] !== undefined) continue;
    const isLike = valueTests[name];
    if (isLike === undefined || isSaidOtherwise(name, guesses)) continue;
    const place = columns.findIndex((column, at) => !taken.has(at) && header[at] !== "" && isLike(column));
    if (place >= 0) note(name, place, "values");
  }
  return fieldsOf(names).map((name) => guesses.get(name) ?? { name, column: null, because: null, confidence: null });
}

/** Share of the rows with a text whose text passes. */
function shareOf({ codes, texts }: StagedColumn, passes: (text: string) => boolean): number {
  const good = texts.map((text) => text !== "" && passes(text));
  let filled = 0;
  let passed = 0;
  for (const code of codes) {
    if (texts[code] === "") continue;
    filled++;
    if (good[code]) passed++;
  }
  return filled === 0 ? 0 : passed / filled;
}

const mostly = (column: StagedColumn, passes: (text: string) => boolean): boolean => shareOf(column, passes) >= most;

/** Fields that values can give away, the surest first. */
const valueTests: Readonly<Partial<Record<string, (column: StagedColumn) => boolean>>> = {
  date: (column) => mostly(column, looksLikeDate),
  order: staysTheSame,
  email: (column) => mostly(column, isReadable.email),
  currency: (column) => mostly(column, isReadable.currency),
  unitPrice: (column) =>
    mostly(column, isReadable.number) && shareOf(column, (text) => /\d[.,]\d{2}\b/.test(text)) > 0.3,
  quantity: (column) => mostly(column, (text) => /^-?\d{1,3}$/.test(text)),
  title: (column) => mostly(column, (text) => /\p{L}.*\s.*\p{L}/u.test(text)),
  price: (column) => mostly(column, isReadable.number) && shareOf(column, (text) => /\d[.,]\d{2}\b/.test(text)) > 0.3,
};

/** Two fields that say the same: where one was found, values do not bring the other. */
function isSaidOtherwise(name: string, found: ReadonlyMap<string, unknown>): boolean {
  if (name === "unitPrice") return found.has("lineTotal");
  if (name === "email") return found.has("customer");
  return false;
}

/** Short codes without spaces that stand on several lines in a row, and are many. */
function staysTheSame({ codes, texts }: StagedColumn): boolean {
  if (codes.length < 10 || !texts.every((text) => /^[\p{L}\p{N}#._/-]{0,40}$/u.test(text))) return false;
  let repeats = 0;
  for (let row = 1; row < codes.length; row++) if (codes[row] === codes[row - 1]) repeats++;
  const different = new Set(codes).size;
  return repeats > codes.length * 0.2 && different >= 3 && repeats + different <= codes.length * 1.1;
}
