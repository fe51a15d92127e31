/** The columns of a file as they stand in it, whatever they mean: headers, and the texts below them. */
import type { FieldNames } from "../column-names.ts";
import type { FileInput } from "../file-head.ts";
import { readTable, type TableFormat } from "../read-table.ts";
import { createStagedTable, type StagedColumn } from "../staged-table.ts";
import type { Encoding } from "../encoding.ts";

export interface TableSample {
  readonly format: TableFormat;
  readonly encoding: Encoding;
  readonly header: readonly string[];
  /** By place in the header. */
  readonly columns: readonly StagedColumn[];
  /** Rows that are a table's, all that there is of the file. */
  readonly rows: number;
}

/** @throws ImportError when the file cannot be read as a table */
export async function sampleTable<Field extends string>(
  input: FileInput,
  { names, mappedByHand }: { readonly names: Readonly<Record<Field, FieldNames>>; readonly mappedByHand: boolean },
): Promise<TableSample> {
  let header: readonly string[] = [];
  const rows: { readonly cells: readonly string[]; readonly line: number }[] = [];
  const format = await readTable(
    input,
    {
      onHeader: (found) => void (header = found.slice()),
      onRow: (cells, line) => void rows.push({ cells: cells.slice(), line }),
      onBroken: () => {},
    },
    { names, mappedByHand },
  );
  const places = header.map((_, place) => String(place));
  const table = createStagedTable(places);
  const map = Object.fromEntries(places.map((place) => [place, Number(place)]));
  for (const { cells, line } of rows) table.push(cells, map, line);
  const staged = table.finish(format.cellsAreBytes);
  const encoding = format.encoding ?? staged.encoding.encoding;
  return { format, encoding, header, columns: places.map((place) => staged.column(place)), rows: rows.length };
}

/** The first few different texts of a column. */
export function samplesOf({ codes, texts }: StagedColumn, count: number): string[] {
  const seen = new Set<number>();
  for (const code of codes) {
    if (texts[code] !== "") seen.add(code);
    if (seen.size === count) break;
  }
  return Array.from(seen, (code) => texts[code].slice(0, 80));
}
