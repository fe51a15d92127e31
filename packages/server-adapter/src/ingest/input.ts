/** Rows of bulk calls: where their faults stand, and whether a database can hold their texts. */
import type { z } from "zod";
import type { FieldError } from "../server/problem.ts";

/** Faults of one row by JSON pointer (RFC 6901) into it. */
export function pointersOf(error: z.ZodError): readonly FieldError[] {
  return error.issues.map(({ path, message }) => ({ pointer: pointerTo(path), detail: message }));
}

/** @example pointerTo(["lines", 0, "quantity"]); // "/lines/0/quantity" */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The faults of a row in one line. */
export function faultsInWords(faults: readonly FieldError[]): string {
  return faults.map(({ pointer, detail }) => `${pointer}: ${detail}`).join("; ");
}

/** PostgreSQL keeps any text but the character NUL and halves of surrogate pairs. */
export function isStorable(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed() && !value.includes("\0");
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorable(inner));
}
