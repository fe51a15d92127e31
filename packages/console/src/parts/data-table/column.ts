/** What a table's columns are, and what their rows come to: as text, in order, as data. */
import { isValidElement, type ComponentChildren } from "preact";

/** A value as an exported file holds it. */
export type FieldValue = string | number | boolean | null | undefined;

/** One column of an exported file. */
export interface Field<Row> {
  readonly name: string;
  readonly value: (row: Row) => FieldValue;
}

export interface Column<Row> {
  readonly header: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** What the column sorts by; without it, it does not. */
  readonly sortBy?: (row: Row) => number | string;
  /** Numbers stand at the end of their column, digits below digits. */
  readonly numeric?: boolean;
  /**
   * What the column comes to in an exported file, as the API has it; none for buttons. Left out, it is the text that is
   * shown, and the number that is sorted by.
   */
  readonly fields?: readonly Field<Row>[];
  /** Takes a line of its own where a row is drawn as a card. */
  readonly wide?: boolean;
}

export interface Sorting {
  readonly header: string;
  readonly direction: "ascending" | "descending";
}

/** Largest first, then smallest first, then as it came. */
export function nextSorting(sorting: Sorting | undefined, header: string): Sorting | undefined {
  if (sorting?.header !== header) return { header, direction: "descending" };
  return sorting.direction === "descending" ? { header, direction: "ascending" } : undefined;
}

export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | undefined,
): readonly Row[] {
  const sortBy = columns.find(({ header }) => header === sorting?.header)?.sortBy;
  if (!sorting || !sortBy) return rows;
  const sign = sorting.direction === "ascending" ? 1 : -1;
  return rows.toSorted((a, b) => sign * compare(sortBy(a), sortBy(b)));
}

function compare(a: number | string, b: number | string): number {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
}

/** @returns the rows that hold every typed word, whatever its case and accents */
export function filterRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], typed: string): readonly Row[] {
  const words = plain(typed)
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = plain(columns.map((column) => textOfCell(column, row)).join("\n"));
    return words.every((word) => text.includes(word));
  });
}

const plain = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** What is read in a cell, and what it holds. */
function textOfCell<Row>(column: Column<Row>, row: Row): string {
  const held = fieldsOf(column).map(({ value }) => value(row) ?? "");
  return [textOf(column.cell(row)), ...held].join(" ");
}

export function fieldsOf<Row>(column: Column<Row>): readonly Field<Row>[] {
  const { header, cell, sortBy, numeric, fields } = column;
  if (fields) return fields;
  const value = (row: Row): FieldValue => (numeric && sortBy ? sortBy(row) : textOf(cell(row)) || sortBy?.(row));
  return [{ name: header, value }];
}

/** The words within markup. What a component will draw is not known here. */
function textOf(children: ComponentChildren): string {
  if (typeof children === "string" || typeof children === "number") return String(children);
  if (Array.isArray(children)) return children.map(textOf).join("");
  return isValidElement(children) ? textOf(children.props.children) : "";
}
