/** How a file would be read, from its beginning: the columns, the first rows, and what is wrong with which. Nothing is written. */
import { countsIn } from "../counts.ts";
import type { FieldNames } from "../column-names.ts";
import type { Need } from "../columns.ts";
import { ImportError } from "../errors.ts";
import type { FileHead } from "../file-head.ts";
import type { SkipReason } from "../report.ts";
import { skippedInWords } from "../skip-reasons.ts";
import type { StagedFile } from "../stage-file.ts";
import type { FieldWords } from "./field-words.ts";
import { guessColumns, type GuessedField } from "./guess-columns.ts";
import { samplesOf, sampleTable, type TableSample } from "./table-sample.ts";

export interface PreviewedRow {
  /** Physical line on which it begins. */
  readonly line: number;
  /** `applied`: it changes an earlier line, as a return does. */
  readonly outcome: "used" | "applied" | "skipped";
  /** What was read, by field. */
  readonly values: Readonly<Record<string, string>>;
}

export interface RowProblem {
  readonly line: number;
  readonly reason: SkipReason;
  /** What it lies in; null when it is the row as a whole. */
  readonly field: string | null;
  readonly column: string | null;
  /** What stands there. */
  readonly text: string;
}

export interface FilePreview {
  readonly file: {
    readonly kind: "csv" | "ndjson" | null;
    readonly delimiter: string | null;
    readonly encoding: string | null;
    readonly isWhole: boolean;
    readonly rows: number;
  };
  /** Why the file cannot be imported like this. */
  readonly problem: string | null;
  readonly columns: readonly { readonly header: string; readonly samples: readonly string[] }[];
  readonly fields: readonly (GuessedField<string> & { readonly label: string; readonly need: string | null })[];
  readonly rows: readonly PreviewedRow[];
  readonly problems: readonly RowProblem[];
  readonly skipped: readonly { readonly reason: SkipReason; readonly count: number; readonly words: string }[];
}

/** What a kind of file is read as. */
export interface FileReading<Field extends string> {
  readonly names: Readonly<Record<Field, FieldNames>>;
  readonly words: Readonly<Record<Field, FieldWords>>;
  readonly needs: readonly Need<Field>[];
  /** The merchant's own word on columns. */
  readonly given: Readonly<Partial<Record<Field, string>>>;
  /** Reads the rows under a mapping, as the import would. @throws ImportError when it could not */
  read(columns: Readonly<Partial<Record<Field, string>>>, onSkip: OnSkip): Promise<ReadRows<Field>>;
}

export type OnSkip = (reason: SkipReason, line: number, example: string) => void;

export interface ReadRows<Field extends string> {
  readonly file: StagedFile<Field>;
  /** The first rows. */
  readonly rows: readonly PreviewedRow[];
  /** Which field a reason speaks of, in the row of a line. */
  fieldOf(reason: SkipReason, line: number): Field | undefined;
}

const samplesShown = 3;
const problemsShown = 100;

/** Never rejects for what is wrong with the file: the preview says it. */
export async function previewOf<Field extends string>(
  head: FileHead,
  { names, words, needs, given, read }: FileReading<Field>,
): Promise<FilePreview> {
  const mappedByHand = Object.keys(given).length > 0;
  const sample = await tried(() => sampleTable(head, { names, mappedByHand }));
  if (sample instanceof ImportError) return { ...nothingOf(head), problem: sample.message };
  const fields = guessColumns(sample, names, words, given);
  const found = {
    ...nothingOf(head),
    file: factsOf(head, sample),
    columns: sample.header.flatMap((header, place) =>
      header === "" ? [] : [{ header, samples: samplesOf(sample.columns[place], samplesShown) }],
    ),
    fields: fields.map((field) => ({
      ...field,
      label: words[field.name].label,
      need: needs.find(({ anyOf }) => anyOf.includes(field.name))?.is ?? null,
    })),
  };
  const mapping: Partial<Record<Field, string>> = { ...given };
  for (const { name, column, because } of fields) if (column !== null && because === "values") mapping[name] = column;
  const skips: { readonly reason: SkipReason; readonly line: number; readonly text: string }[] = [];
  const told = await tried(() => read(mapping, (reason, line, text) => skips.push({ reason, line, text })));
  if (told instanceof ImportError) return { ...found, problem: told.message };
  const { file, rows, fieldOf } = told;
  // The purchase may stand behind what there is of the file.
  const counts = (reason: SkipReason): boolean => head.isWhole || reason !== "unmatched-return";
  const problems = skips
    .filter(({ reason }) => counts(reason))
    .toSorted((a, b) => a.line - b.line)
    .slice(0, problemsShown)
    .map(({ reason, line, text }): RowProblem => {
      const field = fieldOf(reason, line);
      return { reason, line, text, field: field ?? null, column: (field && file.columns[field]) ?? null };
    });
  const skipped = file.skips.list().filter(({ reason }) => counts(reason));
  return {
    ...found,
    rows,
    problems,
    skipped: skipped.map((reason) => ({
      reason: reason.reason,
      count: reason.count,
      words: skippedInWords(reason, countsIn("en")),
    })),
  };
}

function nothingOf({ isWhole }: FileHead): FilePreview {
  const file = { kind: null, delimiter: null, encoding: null, isWhole, rows: 0 };
  return { file, problem: null, columns: [], fields: [], rows: [], problems: [], skipped: [] };
}

function factsOf({ isWhole }: FileHead, { format, encoding, rows }: TableSample): FilePreview["file"] {
  return { kind: format.kind, delimiter: format.delimiter ?? null, encoding, isWhole, rows };
}

async function tried<Result>(work: () => Promise<Result>): Promise<Result | ImportError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ImportError) return error;
    throw error;
  }
}
