/** A file as a stream of rows, whatever it is written in. Rows go to a sink and are not kept. */
import { isUtf8 } from "node:buffer";
import type { FieldNames } from "./column-names.ts";
import { knownNames } from "./columns.ts";
import { readCsv } from "./csv-rows.ts";
import { looksLikeDate } from "./dates.ts";
import { type Delimiter, type Dialect, sniffDialect } from "./dialect.ts";
import { decodeAlone, encodingOfHead, type Encoding, looksBinary, utf16ToUtf8 } from "./encoding.ts";
import { ImportError } from "./errors.ts";
import { createJsonRows } from "./json-rows.ts";
import { longestRow, wholeLines } from "./lines.ts";
import { readNumber } from "./numbers.ts";
import type { RowSink } from "./row-sink.ts";
import { type FileInput, isCutOff, nameOf, openHead } from "./file-head.ts";
import { openSource, type Source } from "./source.ts";

/** What was found out about a file on the way. */
export interface TableFormat {
  readonly kind: Dialect["kind"];
  readonly compression: Source["compression"];
  readonly delimiter?: Delimiter | undefined;
  /** Known when a byte order mark or the kind of file says so. */
  readonly encoding?: Encoding | undefined;
  readonly byteOrderMark: boolean;
  /** JSON lines that are not valid UTF-8 and were read as Windows-1252. */
  readonly foreignLines: number;
  /** Bytes on disk. */
  readonly size: number;
  /** Whether cells are byte strings, to be decoded when the whole file's evidence is there. */
  readonly cellsAreBytes: boolean;
}

export interface ReadTableOptions<Field extends string> {
  readonly names: Readonly<Record<Field, FieldNames>>;
  /** True when columns are mapped by hand: then an unknown header is the merchant's word, not a mistake. */
  readonly mappedByHand: boolean;
  readonly onBytes?: ((read: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a file, or what there is of it, to its end.
 * @throws ImportError when it cannot be read as a table, the signal's reason when aborted; the file is closed then
 */
export async function readTable<Field extends string>(
  input: FileInput,
  sink: RowSink,
  { names, mappedByHand, onBytes, signal }: ReadTableOptions<Field>,
): Promise<TableFormat> {
  signal?.throwIfAborted();
  const path = nameOf(input);
  const source = await (typeof input === "string" ? openSource(input) : openHead(input));
  try {
    const { encoding, markLength } = textEncoding(source);
    const head = await utf8Head(source.head, encoding, markLength);
    const dialect = sniffDialect(head, names, path);
    const chunks = textChunks(source, encoding, markLength, () => {
      signal?.throwIfAborted();
      onBytes?.(source.bytesRead(), source.size);
    });
    const counted = countingRows(sink);
    const lines = wholeLines(chunks, {
      newline: dialect.newline,
      onTooLong: (line) => counted.sink.onBroken("row-too-long", line, `more than ${longestRow / 2 ** 20} MB`),
    });
    let foreignLines = 0;
    if (dialect.kind === "csv") {
      const checked = checkingHeader(counted.sink, names, mappedByHand, path);
      await readCsv(lines, dialect, checked, { name: path, isCutOff: isCutOff(input) });
    } else {
      foreignLines = await readJsonLines(lines, dialect.newline, counted.sink);
    }
    refuseNothing(path, dialect.kind, counted.seen());
    onBytes?.(source.size, source.size);
    return {
      kind: dialect.kind,
      compression: source.compression,
      delimiter: dialect.kind === "csv" ? dialect.delimiter : undefined,
      encoding: encoding ?? (dialect.kind === "ndjson" ? "utf-8" : undefined),
      byteOrderMark: markLength > 0,
      foreignLines,
      size: source.size,
      cellsAreBytes: dialect.kind === "csv",
    };
  } finally {
    await source.close();
  }
}

/** @throws ImportError for encodings that are not read and for what is no text */
function textEncoding({ path, head }: Source): { encoding: Encoding | undefined; markLength: number } {
  const { encoding, markLength } = encodingOfHead(head);
  if (encoding === "utf-32") {
    throw new ImportError("wrong-encoding", "The file is written in UTF-32.", {
      file: path,
      hint: 'Save it as "CSV UTF-8".',
    });
  }
  if (encoding !== "unknown") return { encoding, markLength };
  if (looksBinary(head)) {
    throw new ImportError("binary-file", "This is not a text file.", {
      file: path,
      hint: "Export the data as CSV or as JSON lines.",
    });
  }
  return { encoding: undefined, markLength };
}

async function utf8Head(head: Buffer, encoding: Encoding | undefined, markLength: number): Promise<Buffer> {
  if (encoding !== "utf-16le" && encoding !== "utf-16be") return head.subarray(markLength);
  return Buffer.from(new TextDecoder(encoding).decode(head, { stream: true }), "utf8");
}

async function* textChunks(
  source: Source,
  encoding: Encoding | undefined,
  markLength: number,
  onChunk: () => void,
): AsyncGenerator<Buffer> {
  const utf16 = encoding === "utf-16le" || encoding === "utf-16be";
  const chunks = utf16 ? utf16ToUtf8(source.chunks, encoding) : source.chunks;
  let skip = utf16 ? 0 : markLength;
  for await (const chunk of chunks) {
    onChunk();
    yield chunk.subarray(skip);
    skip = 0;
  }
}

/** @returns how many lines are not valid UTF-8 */
async function readJsonLines(chunks: AsyncIterable<Buffer>, newline: number, sink: RowSink): Promise<number> {
  const rows = createJsonRows();
  let foreign = 0;
  let columns = 0;
  let line = 0;
  for await (const chunk of chunks) {
    let start = 0;
    while (start < chunk.length) {
      const found = chunk.indexOf(newline, start);
      const end = found < 0 ? chunk.length : found;
      const bytes = chunk.subarray(start, end);
      const text = decodeAlone(bytes).trim();
      if (!isUtf8(bytes)) foreign++;
      start = end + 1;
      line++;
      if (!text) continue;
      const cells = rows.rowsOf(text);
      if (!cells) {
        sink.onBroken("not-json", line, text.slice(0, 60));
        continue;
      }
      if (rows.header.length > columns) {
        columns = rows.header.length;
        sink.onHeader(rows.header, true);
      }
      for (const row of cells) sink.onRow(row, line);
    }
  }
  return foreign;
}

/** What came out of a file, to tell an empty one from one that is no table. */
interface Seen {
  readonly hasHeader: boolean;
  readonly rows: number;
  readonly broken: number;
}

function countingRows(sink: RowSink): { sink: RowSink; seen(): Seen } {
  let hasHeader = false;
  let rows = 0;
  let broken = 0;
  return {
    seen: () => ({ hasHeader, rows, broken }),
    sink: {
      onHeader(names, mayGrow) {
        hasHeader = true;
        sink.onHeader(names, mayGrow);
      },
      onRow(cells, line) {
        rows++;
        sink.onRow(cells, line);
      },
      onBroken(reason, line, example) {
        broken++;
        sink.onBroken(reason, line, example);
      },
    },
  };
}

/** A first row of data instead of names is told apart before anything is mapped. */
function checkingHeader<Field extends string>(
  sink: RowSink,
  names: Readonly<Record<Field, FieldNames>>,
  mappedByHand: boolean,
  file: string,
): RowSink {
  return {
    ...sink,
    onHeader(header, mayGrow) {
      const data = header.some((cell) => readNumber(cell, "dot") !== undefined || looksLikeDate(cell));
      if (data && !mappedByHand && knownNames(header, names) === 0) {
        throw new ImportError(
          "no-header",
          `The first line holds data (${header.slice(0, 4).join(", ")}), not column names.`,
          {
            file,
            line: 1,
            hint: "Put a line with the names of the columns on top, for example: order_id,order_date,product_id,quantity,unit_price",
          },
        );
      }
      sink.onHeader(header, mayGrow);
    },
  };
}

/** @throws ImportError when the file holds no row that could be looked at */
function refuseNothing(file: string, kind: Dialect["kind"], { hasHeader, rows, broken }: Seen): void {
  if (rows > 0) return;
  if (kind === "ndjson") {
    throw new ImportError("header-only", "No line of the file is a JSON object with order lines.", {
      file,
      hint: "Write one JSON object per line.",
    });
  }
  if (!hasHeader && broken > 0) {
    throw new ImportError("row-too-long", `The first line is longer than ${longestRow / 2 ** 20} MB.`, {
      file,
      line: 1,
      hint: "This is no table, or its line ends were lost: export it again.",
    });
  }
  if (!hasHeader) {
    throw new ImportError("empty-file", "The file holds nothing but blank lines.", { file, hint: "Export it again." });
  }
  if (broken === 0) {
    throw new ImportError("header-only", "The file has column names but no rows.", {
      file,
      hint: "Export a period that has orders.",
    });
  }
}
