/** What was typed into a form. */

/** @returns the text of a field; empty where there is none */
export function textOf(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === "string" ? value : "";
}
