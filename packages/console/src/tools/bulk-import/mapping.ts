/** Which column is read as which field: what the server guessed, with the person's own choices on top. */
import type { ImportPreview } from "../../api/contract.ts";

export type PreviewField = ImportPreview["fields"][number];
/** Header by field; an empty one says that the file does not have the field. */
export type Choices = Readonly<Record<string, string>>;

/** The fields that a column is read as; a product file's SKU may be two. */
export function fieldsOf(fields: readonly PreviewField[], header: string): readonly PreviewField[] {
  return fields.filter(({ column }) => column === header);
}

/**
 * A column is read as a field now, or as none. What it was read as before is looked for nowhere else.
 * @param field "" for none
 */
export function choose(choices: Choices, fields: readonly PreviewField[], header: string, field: string): Choices {
  const left = fieldsOf(fields, header).map(({ name }) => [name, ""]);
  return { ...choices, ...Object.fromEntries(left), ...(field !== "" && { [field]: header }) };
}

/** What the import must be told: choices, and columns that only their values gave away. */
export function columnsOf(choices: Choices, fields: readonly PreviewField[]): Choices {
  const guessed = fields.flatMap(({ name, column, because }) =>
    because === "values" && column !== null ? [[name, column] as const] : [],
  );
  return { ...Object.fromEntries(guessed), ...choices };
}

/** How sure a column is, in words. */
export function sureness({ because, confidence, label }: PreviewField): string {
  const share = `${Math.round((confidence ?? 0) * 100)} %`;
  if (because === "values") return `Guessed by its values, ${share} sure`;
  const how = because === "given" ? "Chosen" : "By its name";
  return confidence === 1 ? how : `${how}; ${share} of its values can be read as ${label.toLowerCase()}`;
}
