/** Versions of what can be changed: `ETag` tells them, `If-Match` names the one a change is about (RFC 9110). */
import { ProblemError } from "./problem.ts";

/** @example etagOf(3); // '"3"' */
export const etagOf = (version: number): string => `"${version}"`;

/**
 * @param what is changed, in words
 * @throws ProblemError `precondition-required` without the header, `precondition-failed` when it names another version
 */
export function requireMatch(headers: Headers, version: number, what: string): void {
  const given = headers.get("if-match");
  if (given === null) {
    throw new ProblemError("precondition-required", `Send If-Match with the ETag of ${what} as you have seen it.`);
  }
  const tags = given.split(",").map((tag) => tag.trim());
  if (tags.includes("*") || tags.includes(etagOf(version))) return;
  throw new ProblemError(
    "precondition-failed",
    `Version ${version} of ${what} is there now. Load it, and decide whether your change still holds.`,
    { headers: { etag: etagOf(version) } },
  );
}
