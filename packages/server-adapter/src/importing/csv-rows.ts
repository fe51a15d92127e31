/** CSV as rows, with the physical line on which each begins. */
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import { csvOptions, type Dialect } from "./dialect.ts";
import { decodeAlone } from "./encoding.ts";
import { ImportError } from "./errors.ts";
import { longestRow } from "./lines.ts";
import type { RowSink } from "./row-sink.ts";

/** Lines that a cell may go over where the end of the file is not at hand: beyond them its quote never closes. */
const longestCell = 200;

/**
 * @param lines bytes in UTF-8 or a one-byte encoding, cut anywhere
 * @param file its name, and whether it goes on behind the lines
 * @throws ImportError when a quote never closes
 */
export async function readCsv(
  lines: AsyncIterable<Buffer>,
  { delimiter, preamble }: Extract<Dialect, { kind: "csv" }>,
  sink: RowSink,
  { name: file, isCutOff }: { readonly name: string; readonly isCutOff: boolean },
): Promise<void> {
  const numbers = createLineNumbers();
  let skip = preamble;
  let width = 0;
  const parser = parse({
    ...csvOptions(delimiter),
    // Cells as byte strings: one character a byte. Their encoding is decided when all of them are known.
    encoding: "latin1",
    max_record_size: longestRow,
    on_record(cells: string[], { lines: endLine }) {
      const { line, lineEnds } = numbers.of(cells, endLine);
      if (skip > 0) skip--;
      else if (width === 0) {
        const header = headerOf(cells);
        if (header.every((name) => name === "")) return null; // Blank lines above the table.
        width = header.length;
        sink.onHeader(header, false);
      } else if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== "")) {
        const swallowed = lineEnds > 0 ? `, over ${lineEnds + 1} lines: a quote opens that does not close` : "";
        sink.onBroken("column-count", line, `${cells.length} cells instead of ${width}${swallowed}`);
      } else sink.onRow(cells, line);
      return null; // Nothing is handed on: rows are not kept.
    },
  });
  try {
    await pipeline(lines, parser.resume());
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const isCutInCell = isCutOff && width > 0 && parser.info.lines - numbers.next() < longestCell;
    if (!isCutInCell) throw csvProblem(error, numbers.next(), file);
  }
}

/** Column names. Spreadsheets pad rows with empty cells; those at the end are no columns. */
function headerOf(cells: readonly string[]): string[] {
  const header = cells.map((name) => decodeAlone(Buffer.from(name, "latin1")).trim());
  while (header.length > 1 && header.at(-1) === "") header.pop();
  return header;
}

/** Physical lines of rows. csv-parse counts a line end of two bytes inside quotes twice; the difference is taken off. */
function createLineNumbers() {
  let lastEnd = 0;
  let counted = 0;
  let doubleCounted = 0;
  return {
    /** @param counts csv-parse's number of the line on which the row ends */
    of(cells: readonly string[], counts: number): { line: number; lineEnds: number } {
      const { ends, twoByte } = counts - counted > 1 ? lineEndsWithin(cells) : { ends: 0, twoByte: 0 };
      counted = counts;
      doubleCounted += twoByte;
      lastEnd = counts - doubleCounted;
      return { line: lastEnd - ends, lineEnds: ends };
    },
    /** The line behind the last row. */
    next: (): number => lastEnd + 1,
  };
}

function lineEndsWithin(cells: readonly string[]): { ends: number; twoByte: number } {
  let ends = 0;
  let twoByte = 0;
  for (const cell of cells) {
    for (const end of cell.match(/\r\n|\n|\r/g) ?? []) {
      ends++;
      if (end.length === 2) twoByte++;
    }
  }
  return { ends, twoByte };
}

function csvProblem(error: CsvError, line: number, file: string): ImportError {
  const open = error.code === "CSV_QUOTE_NOT_CLOSED" || error.code === "CSV_MAX_RECORD_SIZE";
  return new ImportError(
    open ? "unclosed-quote" : "damaged-file",
    open ? "A quote opens here and never closes." : `The table breaks off here (${error.message}).`,
    { file, line, hint: 'Close the quote or double it (""), or export again.', cause: error },
  );
}
