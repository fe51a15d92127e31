/**
 * How columns are found: by the names shops give them. Names are compared without case, spaces and punctuation, so that
 * "Order Number", `order_number` and `orderNumber` are one; the first name of a list wins where a file has several.
 */

/** How one field is found. */
export interface FieldNames {
  /** Accepted headers, the best first. */
  readonly names: readonly string[];
  /** Headers that mean this only in files whose header also has one of `if`. */
  readonly only?: { readonly names: readonly string[]; readonly if: readonly string[] };
  /** A header with one of these says it in another way already: then this is not read. */
  readonly unless?: readonly string[];
  /** True for what a line says, false for what its order says: nested JSON has them in different objects. */
  readonly ofLine?: boolean;
}

/** Marks JSON orders that hold their lines in an array. */
export const nestedLines = "(nested lines)";
