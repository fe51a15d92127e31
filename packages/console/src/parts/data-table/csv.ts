/** Tables as files for a spreadsheet: CSV (RFC 4180) in UTF-8, with the mark by which Excel knows that it is. */
import { fieldsOf, type Column, type FieldValue } from "./column.ts";

const byteOrderMark = "\uFEFF";
/** What a spreadsheet would take for a formula, and run. */
const formula = /^[=+\-@\t\r]/;

/** @example csvOf(rows, columns); // "\uFEFFProduct,Sold\r\nMug,9\r\n" */
export function csvOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const fields = columns.flatMap(fieldsOf);
  const lines = [fields.map(({ name }) => name), ...rows.map((row) => fields.map(({ value }) => value(row)))];
  return byteOrderMark + lines.map((line) => `${line.map(cellOf).join(",")}\r\n`).join("");
}

/** Numbers stay numbers, below zero too; a text that looks like a formula is told to be one by an apostrophe. */
function cellOf(value: FieldValue): string {
  if (typeof value !== "string") return value === null || value === undefined ? "" : String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Hands a file to the browser, which asks or saves as this person told it to. */
export function download(name: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of it by the next task.
  setTimeout(() => URL.revokeObjectURL(address));
}

/** @example fileNameOf("Net revenue by day"); // "net-revenue-by-day.csv" */
export const fileNameOf = (caption: string): string =>
  `${(caption.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ["table"]).join("-")}.csv`;
