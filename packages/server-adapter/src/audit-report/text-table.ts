/**
 * Tables that fit a width, for terminals and mails. Texts wrap inside their column, figures break before their interval,
 * and columns of detail stay out where there is no room for them.
 */
import { wrapText } from "../wrap-text.ts";
import type { Column, Table } from "./section.ts";

const gap = "  ";

/** Texts narrower than the first are hard to read; those as wide as the second are pleasant. */
const narrowestText = 12;
const comfortableText = 26;

/**
 * @param width characters a line
 * @returns lines of text, ending without spaces
 */
export function textTable({ columns, rows }: Table, width: number): string {
  const shown = shownColumns(columns, rows, width);
  const titles = shown.map((index) => columns[index].title);
  const cells = rows.map((row) => shown.map((index) => row[index]));
  const kinds = shown.map((index) => columns[index]);
  const widths = fittedWidths(kinds, titles, cells, width);
  const layOut = (row: readonly string[]): string[] => tableRow(row, kinds, widths);
  return [...layOut(titles), widths.map((each) => "-".repeat(each)).join(gap), ...cells.flatMap(layOut)].join("\n");
}

/** Indices of the columns that are shown: details go, the last one first, until the rest fits without crowding. */
function shownColumns(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): number[] {
  const comfortable = columns.map(({ align, title }, index) => {
    const whole = Math.max(...cellsOf(rows, index).map(lengthOf), ...title.split(" ").map(lengthOf));
    return align === "left" ? Math.min(whole, comfortableText) : whole;
  });
  let shown = [...columns.keys()];
  const fits = (): boolean => total(shown.map((index) => comfortable[index])) <= width;
  for (let index = columns.length - 1; index >= 0 && !fits(); index--) {
    if (columns[index].detail) shown = shown.filter((kept) => kept !== index);
  }
  return shown;
}

/** Each column gets the least it needs. What is left goes to texts, to figures with an interval, to long texts, to titles. */
function fittedWidths(
  columns: readonly Column[],
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): number[] {
  const widths = columns.map((column, index) => leastWidth(column, titles[index], cellsOf(rows, index)));
  const whole = columns.map((_, index) => Math.max(...cellsOf(rows, index).map(lengthOf)));
  const isText = (index: number): boolean => columns[index].align === "left";
  grow(widths, width, (index) => (isText(index) ? Math.min(whole[index], comfortableText) : 0));
  grow(widths, width, (index) => (isText(index) ? 0 : whole[index]));
  grow(widths, width, (index) => whole[index]);
  grow(widths, width, (index) => titles[index].length);
  return widths;
}

/** Widens columns up to what they want, a character for each in turn, so that two names share what there is. */
function grow(widths: number[], width: number, wantedBy: (index: number) => number): void {
  const wanted = widths.map((_, index) => wantedBy(index));
  while (total(widths) < width && widths.some((each, index) => each < wanted[index])) {
    for (const [index, each] of widths.entries()) if (each < wanted[index] && total(widths) < width) widths[index]++;
  }
}

function leastWidth({ align }: Column, title: string, cells: readonly string[]): number {
  const ownTitle = Math.max(...title.split(" ").map(lengthOf));
  const whole = Math.max(...cells.map(lengthOf));
  if (align === "left") return Math.max(ownTitle, Math.min(whole, narrowestText));
  return Math.max(ownTitle, ...cells.flatMap(figureParts).map(lengthOf));
}

/** "4.5 (3.8 to 5.4)" may stand on two lines. */
function figureParts(cell: string): string[] {
  const interval = cell.indexOf(" (");
  return interval < 0 ? [cell] : [cell.slice(0, interval), cell.slice(interval + 1)];
}

function tableRow(cells: readonly string[], columns: readonly Column[], widths: readonly number[]): string[] {
  const wrapped = cells.map((cell, index) => {
    if (cell.length <= widths[index]) return [cell];
    return columns[index].align === "right" && figureParts(cell).length > 1
      ? figureParts(cell)
      : wrapText(cell, widths[index]);
  });
  const height = Math.max(...wrapped.map(lengthOf));
  return Array.from({ length: height }, (_, line) =>
    wrapped
      .map((lines, index) => {
        const text = lines[line] ?? "";
        return columns[index].align === "right" ? text.padStart(widths[index]) : text.padEnd(widths[index]);
      })
      .join(gap)
      .trimEnd(),
  );
}

const total = (widths: readonly number[]): number =>
  widths.reduce((sum, each) => sum + each, 0) + gap.length * (widths.length - 1);
const lengthOf = ({ length }: { readonly length: number }): number => length;
const cellsOf = (rows: readonly (readonly string[])[], index: number): string[] => rows.map((row) => row[index]);
