/** What kind of table a text is, from its first bytes: JSON lines, or CSV with which delimiter. */
import { CsvError, parse } from "csv-parse/sync";
import type { FieldNames } from "./column-names.ts";
import { knownNames } from "./columns.ts";
import { decodeAlone } from "./encoding.ts";
import { ImportError } from "./errors.ts";

export type Delimiter = "," | ";" | "\t" | "|";

export type Dialect =
  | { readonly kind: "ndjson"; readonly newline: number }
  | {
      readonly kind: "csv";
      readonly delimiter: Delimiter;
      /** Byte that ends a line: 10, or 13 in files of old Macs. */
      readonly newline: number;
      /** Lines before the header: Excel's `sep=;`. */
      readonly preamble: number;
    };

const delimiters: readonly Delimiter[] = [",", ";", "\t", "|"];
const sampleRows = 30;

/**
 * @param head first bytes, without byte order mark, in UTF-8 or a one-byte encoding
 * @param names the fields that the header should hold: the delimiter under which most are found is the right one
 * @throws ImportError `web-page` or `json-array` for what is text but no table of rows
 */
export function sniffDialect<Field extends string>(
  head: Buffer,
  names: Readonly<Record<Field, FieldNames>>,
  file: string,
): Dialect {
  const newline = head.includes(10) || !head.includes(13) ? 10 : 13;
  // Cut behind the last whole line: half a character would make UTF-8 look like something else.
  const text = decodeAlone(head.subarray(0, head.lastIndexOf(newline) + 1 || head.length)).trimStart();
  if (text.startsWith("{")) return { kind: "ndjson", newline };
  if (text.startsWith("[")) {
    throw new ImportError("json-array", "This is one JSON array.", {
      file,
      hint: "Write one JSON object per line instead (NDJSON), for example with: jq -c '.[]' file.json",
    });
  }
  if (/^<(?:!doctype|html|\?xml|[a-z]+[\s>])/i.test(text)) {
    throw new ImportError("web-page", "This is a web page or an XML file.", {
      file,
      hint: "Often the download was a sign-in page: sign in and export as CSV again.",
    });
  }
  const declared = /^sep=(.)\r?[\n\r]/i.exec(text)?.[1];
  const delimiter = delimiters.find((candidate) => candidate === declared) ?? likeliestDelimiter(text, names);
  return { kind: "csv", delimiter, newline, preamble: declared === undefined ? 0 : 1 };
}

function likeliestDelimiter<Field extends string>(text: string, names: Readonly<Record<Field, FieldNames>>): Delimiter {
  let best: { delimiter: Delimiter; known: number; regular: number } | undefined;
  for (const delimiter of delimiters) {
    const rows = sampleOf(text, delimiter);
    if (rows.length === 0) continue;
    const [header] = rows;
    const known = knownNames(header, names);
    // Rows as wide as the header speak for a delimiter; a header of one cell never does.
    const regular = header.length < 2 ? 0 : rows.filter((row) => row.length === header.length).length / rows.length;
    if (!best || known > best.known || (known === best.known && regular > best.regular)) {
      best = { delimiter, known, regular };
    }
  }
  return best?.delimiter ?? ",";
}

/** The first rows under a delimiter. The sample is cut off anywhere, so its last row does not count. */
function sampleOf(text: string, delimiter: Delimiter): string[][] {
  const rows: string[][] = [];
  const onRecord = (cells: string[]): null => {
    rows.push(cells);
    return null;
  };
  try {
    parse(text, { ...csvOptions(delimiter), to: sampleRows, on_record: onRecord });
  } catch (error) {
    // A quote that does not close within the sample: what stands before it tells enough.
    if (!(error instanceof CsvError)) throw error;
  }
  return rows.length > 1 && rows.length < sampleRows ? rows.slice(0, -1) : rows;
}

/** How csv-parse is to read: forgiving, for a merchant cannot mend an export. */
export function csvOptions(delimiter: Delimiter) {
  return {
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
  };
}
