/** One file read into columns, with what was found out about it on the way. */
import type { TrainingControls } from "@basketlift/engine/models";
import type { FieldNames } from "./column-names.ts";
import {
  type ColumnMap,
  type ColumnOverrides,
  columnNamed,
  fieldsOf,
  mapColumns,
  namedColumns,
  type Need,
  requireColumns,
} from "./columns.ts";
import { countsIn } from "./counts.ts";
import { ImportError } from "./errors.ts";
import { type FileInput, nameOf } from "./file-head.ts";
import { readTable, type TableFormat } from "./read-table.ts";
import { createSkips, type FileReport, type Skips, type SkipReason } from "./report.ts";
import type { RowSink } from "./row-sink.ts";
import { createStagedTable, type StagedRows } from "./staged-table.ts";

export interface StagedFile<Field extends string> {
  readonly path: string;
  readonly role: FileReport["role"];
  readonly format: TableFormat;
  readonly staged: StagedRows<Field>;
  /** Fields that the file has. */
  readonly fields: readonly Field[];
  /** Header by field. */
  readonly columns: Readonly<Record<string, string>>;
  readonly unusedColumns: readonly string[];
  /** Rows below the header, broken ones included. */
  readonly rowsRead: number;
  readonly skips: Skips;
}

export interface StageFileOptions<Field extends string> extends TrainingControls {
  readonly role: FileReport["role"];
  readonly names: Readonly<Record<Field, FieldNames>>;
  readonly needs: readonly Need<Field>[];
  readonly overrides: ColumnOverrides<Field>;
  /** Fields whose texts keep their line breaks. */
  readonly paragraphs?: readonly Field[];
  /** Told of each row that is left out, also later on. */
  readonly onSkip?: ((reason: SkipReason, line: number, example: string) => void) | undefined;
}

/** JSON lines need not have all keys at once: how many rows may pass before a column counts as missing. */
const patience = 1000;

/** @throws ImportError when the file cannot be read or lacks columns; it says how far reading came */
export async function stageFile<Field extends string>(
  input: FileInput,
  options: StageFileOptions<Field>,
): Promise<StagedFile<Field>> {
  const { role, names, overrides, paragraphs, onSkip, onProgress, signal } = options;
  const path = nameOf(input);
  const table = createStagedTable(fieldsOf(names), paragraphs);
  const skips = createSkips(onSkip);
  const columns = createColumns(path, options);
  let lastLine = 0;
  const sink: RowSink = {
    onHeader: (header, mayGrow) => columns.see(header, mayGrow),
    onRow(cells, line) {
      if (table.rows === columns.patience()) columns.check();
      lastLine = line;
      table.push(cells, columns.map(), line);
    },
    onBroken: (reason, line, example) => skips.add(reason, line, example),
  };
  try {
    const format = await readTable(input, sink, {
      names,
      mappedByHand: Object.keys(overrides).length > 0,
      onBytes: (done, total) => onProgress?.({ step: `reading ${role}`, done, total }),
      signal,
    });
    columns.check();
    const rowsRead = table.rows + skips.total;
    const staged = table.finish(format.cellsAreBytes);
    const fields = fieldsOf(names).filter((field) => staged.has(field));
    return { path, role, format, staged, fields, ...columns.named(), rowsRead, skips };
  } catch (error) {
    throw error instanceof ImportError ? sayHowFar(error, table.rows, lastLine) : error;
  }
}

/** The columns of a file whose header may still grow. */
function createColumns<Field extends string>(path: string, { role, names, needs, overrides }: StageFileOptions<Field>) {
  let header: readonly string[] = [];
  let growing = false;
  let map: ColumnMap<Field> = {};
  return {
    map: () => map,
    patience: () => (growing ? patience : 0),
    see(columns: readonly string[], mayGrow: boolean): void {
      header = columns.slice();
      growing = mayGrow;
      // Columns that turn up later fill gaps; they never take a field from a column that has it.
      map = { ...mapColumns(header, names, undefined, path), ...map };
      for (const field of fieldsOf(names)) {
        const name = overrides[field];
        if (name === undefined) continue;
        const column = columnNamed(header, name);
        if (column === undefined) delete map[field];
        else map[field] = column;
      }
    },
    /** @throws ImportError when columns that are needed or asked for are not there */
    check(): void {
      mapColumns(header, names, overrides, path);
      requireColumns(map, needs, header, { file: path, option: role === "orders" ? "--column" : "--product-column" });
    },
    named(): Pick<StagedFile<Field>, "columns" | "unusedColumns"> {
      const columns = namedColumns(map, header);
      const used = new Set(Object.values(columns));
      return { columns, unusedColumns: header.filter((name) => name !== "" && !used.has(name)) };
    },
  };
}

/** A file that breaks off says where; nothing of it is imported, for the end of an order might be missing. */
function sayHowFar(error: ImportError, rows: number, line: number): ImportError {
  if ((error.code !== "truncated-file" && error.code !== "damaged-file") || rows === 0) return error;
  const until = countsIn("en").of(rows, "row");
  const problem = `The file breaks off or is damaged behind this line; ${until} could be read until there.`;
  return new ImportError(error.code, problem, { file: error.file, line, hint: error.hint, cause: error.cause }, rows);
}
