/** The evidence report as plain text for a terminal or a mail. */
import type { Audit } from "@basketlift/engine/audit";
import { reportSections, type Section, type Table } from "./sections.ts";
import { createWords } from "./words.ts";

/** Columns wider than this are cut; the page and JSON have the whole. */
const widestColumn = 46;
const lineWidth = 110;

export interface AuditTextOptions {
  /** Rows of each table at most. */
  readonly rows?: number;
}

/**
 * @param locale BCP 47
 * @example
 * console.log(auditText(audit, "en-GB"));
 */
export function auditText(audit: Audit, locale: string, { rows = Infinity }: AuditTextOptions = {}): string {
  return reportSections(audit, createWords(locale))
    .map((section) => sectionText(section, rows))
    .join("\n\n");
}

function sectionText({ title, lead, table, remarks }: Section, rows: number): string {
  const paragraphs = lead.map((text) => wrap(text, ""));
  const lines = remarks.map((text) => wrap(`- ${text}`, "  "));
  return [
    `${title}\n${"=".repeat(title.length)}`,
    ...paragraphs,
    ...(table ? [tableText({ ...table, rows: table.rows.slice(0, rows) })] : []),
    ...(lines.length > 0 ? [lines.join("\n")] : []),
  ].join("\n\n");
}

function tableText({ columns, rows }: Table): string {
  const cells = [columns.map(({ title }) => title), ...rows].map((row) => row.map(cut));
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index].length)));
  const [head, ...body] = cells.map((row) =>
    row
      .map((cell, index) =>
        columns[index].align === "right" ? cell.padStart(widths[index]) : cell.padEnd(widths[index]),
      )
      .join("  ")
      .trimEnd(),
  );
  return [head, widths.map((width) => "-".repeat(width)).join("  "), ...body].join("\n");
}

function cut(text: string): string {
  return text.length > widestColumn ? `${text.slice(0, widestColumn - 1)}…` : text;
}

function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line.length + word.length + 1 > lineWidth && line !== "") {
      lines.push(line);
      line = indent + word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
