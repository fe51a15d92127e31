/**
 * JSON lines as rows of cells: an order line an object, or an order an object with its lines in an array. Nested objects
 * become columns with dots (`customer.id`); what stands in the lines gets the prefix `line.`.
 */
import { linePrefix } from "./columns.ts";

/** Names under which orders hold their lines. */
const lineArrays = ["lines", "line_items", "lineItems", "items"];

/** Collects column names as they turn up. */
export interface JsonRows {
  /** All columns seen so far; grows. */
  readonly header: readonly string[];
  /**
   * @returns a row of cells per line of the object, or undefined when the text is no JSON object
   */
  rowsOf(text: string): string[][] | undefined;
}

/**
 * @example
 * const rows = createJsonRows();
 * rows.rowsOf('{"id":"1","lines":[{"sku":"mug"}]}'); // [["1", "mug"]]
 * rows.header; // ["id", "line.sku"]
 */
export function createJsonRows(): JsonRows {
  const header: string[] = [];
  const columnOf = new Map<string, number>();

  function put(row: string[], name: string, value: unknown): void {
    const cell = cellOf(value);
    if (cell !== undefined) {
      let column = columnOf.get(name);
      if (column === undefined) columnOf.set(name, (column = header.push(name) - 1));
      row[column] = cell;
    } else if (isRecord(value)) {
      for (const [key, inner] of Object.entries(value)) put(row, `${name}.${key}`, inner);
    }
  }
  return {
    header,
    rowsOf(text) {
      const order = parseObject(text);
      if (!order) return undefined;
      const key = lineArrays.find((name) => Array.isArray(order[name]));
      const row: string[] = [];
      for (const [name, value] of Object.entries(order)) if (name !== key) put(row, name, value);
      const lines: unknown = key === undefined ? undefined : order[key];
      if (!Array.isArray(lines)) return [row];
      return lines.filter(isRecord).map((line) => {
        const lineRow = row.slice();
        for (const [name, value] of Object.entries(line)) put(lineRow, linePrefix + name, value);
        return lineRow;
      });
    },
  };
}

/** The cell of a plain value or a list of plain values; undefined for objects and other lists. */
function cellOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (!Array.isArray(value)) return undefined;
  const plain = value.filter((item): item is string | number => typeof item === "string" || typeof item === "number");
  return plain.length === value.length ? plain.join(", ") : undefined;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
