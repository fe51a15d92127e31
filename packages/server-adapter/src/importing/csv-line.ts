/** One line of CSV as RFC 4180 writes it. */

/**
 * @returns the cells with what needs quotes in quotes, and the line's end
 * @example
 * csvLine(["mug", 'the "big" one, blue']); // mug,"the ""big"" one, blue"\r\n
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(",")}\r\n`;
}

/** Spaces at an end would be lost by readers that trim, a blank line by those that skip them. */
function quoted(cell: string): string {
  return /[",\r\n;\t|]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
