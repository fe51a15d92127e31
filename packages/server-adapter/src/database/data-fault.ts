/** Tells data that no table can hold from a database that is in trouble. */

/**
 * Whether a statement failed for its data: SQLSTATE classes 22 and 23.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function isDataFault(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" && /^2[23]/.test(error.code);
}
