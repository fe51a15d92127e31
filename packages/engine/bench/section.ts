/** What a benchmark prints: a titled table with the conditions it was measured under. */

export interface BenchSection {
  readonly title: string;
  /** What was done and how to read the figures, a paragraph each. */
  readonly conditions: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** @returns the section as Markdown, below a second-level heading */
export function sectionMarkdown({ title, conditions, columns, rows }: BenchSection): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(grouped).join(" | ")} |`;
  const alignment = columns.map((_, index) => (index === 0 ? "---" : "---:"));
  return [`## ${title}`, ...conditions, [line(columns), line(alignment), ...rows.map(line)].join("\n")].join("\n\n");
}

/** Whole numbers of five figures and more in groups of three. */
function grouped(cell: string): string {
  return /^\d{5,}$/.test(cell) ? Number(cell).toLocaleString("en") : cell;
}
