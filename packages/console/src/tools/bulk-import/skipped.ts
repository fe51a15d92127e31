/** The rows that an import left out, read from its report. */

export interface SkippedRows {
  readonly reason: string;
  readonly count: number;
  /** Physical lines of the first few, from 1. */
  readonly lines: readonly number[];
  /** What stood in the first one. */
  readonly example: string;
}

/** @example reasonInWords("no-price"); // "No price" */
export function reasonInWords(reason: string): string {
  const words = reason.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param report the report as the server sent it; the contract leaves its shape open */
export function skippedIn(report: unknown): readonly SkippedRows[] {
  if (typeof report !== "object" || report === null || !("skipped" in report)) return [];
  return Array.isArray(report.skipped) ? report.skipped.filter(isSkippedRows) : [];
}

function isSkippedRows(value: unknown): value is SkippedRows {
  return (
    typeof value === "object" &&
    value !== null &&
    "reason" in value &&
    typeof value.reason === "string" &&
    "count" in value &&
    typeof value.count === "number" &&
    "lines" in value &&
    Array.isArray(value.lines) &&
    "example" in value &&
    typeof value.example === "string"
  );
}
