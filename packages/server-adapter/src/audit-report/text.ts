/** The evidence report as plain text for a terminal or a mail. */
import type { Audit } from "@basketlift/engine/audit";
import { wrapText } from "../wrap-text.ts";
import type { Section } from "./section.ts";
import { reportSections } from "./sections.ts";
import { textTable } from "./text-table.ts";
import { createWords } from "./words.ts";

export interface AuditTextOptions {
  /** Rows of each table at most. */
  readonly rows?: number;
  /** Characters a line. */
  readonly width?: number;
}

/**
 * @param locale BCP 47
 * @example
 * console.log(auditText(audit, "en-GB"));
 */
export function auditText(
  audit: Audit,
  locale: string,
  { rows = Infinity, width = 100 }: AuditTextOptions = {},
): string {
  return reportSections(audit, createWords(locale))
    .map((section) => sectionText(section, rows, width))
    .join("\n\n");
}

function sectionText({ title, lead, table, remarks }: Section, rows: number, width: number): string {
  const paragraphs = lead.map((text) => wrapText(text, width).join("\n"));
  const lines = remarks.flatMap((text) => wrapText(`- ${text}`, width, "  "));
  return [
    `${title}\n${"=".repeat(title.length)}`,
    ...paragraphs,
    ...(table ? [textTable({ ...table, rows: table.rows.slice(0, rows) }, width)] : []),
    ...(lines.length > 0 ? [lines.join("\n")] : []),
  ].join("\n\n");
}
