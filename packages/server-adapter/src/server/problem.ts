/** Errors of the API as RFC 9457 problems, each with a stable code. */

/** Every code the API answers with, its status and title. */
export const problemCodes = {
  "invalid-request": [400, "The request is not valid"],
  "invalid-json": [400, "The body is not JSON"],
  "not-http": [400, "The request is not HTTP"],
  unauthenticated: [401, "Who calls is not known"],
  "invalid-credentials": [401, "The e-mail or the password is wrong"],
  "invalid-key": [401, "The key is not known or was revoked"],
  "invalid-shopper-token": [401, "The shopper token is not valid"],
  forbidden: [403, "The caller may not do this"],
  "origin-not-allowed": [403, "The key may not be used from this origin"],
  "not-found": [404, "There is no such thing"],
  "method-not-allowed": [405, "The path does not know this method"],
  "request-timeout": [408, "The request did not come to its end"],
  conflict: [409, "The change does not fit what is there"],
  "idempotency-mismatch": [409, "The Idempotency-Key was used for another request"],
  "precondition-failed": [412, "It was changed meanwhile"],
  "body-too-large": [413, "The body is too large"],
  "unsupported-media-type": [415, "The media type is not understood"],
  unprocessable: [422, "The content cannot be used"],
  "precondition-required": [428, "The change must name the version it is about"],
  "too-many-requests": [429, "Too many requests"],
  "locked-out": [429, "Too many failed sign-ins"],
  "headers-too-large": [431, "The headers are too large"],
  internal: [500, "Something failed on our side"],
  "engine-absent": [503, "No engine is trained yet"],
  overloaded: [503, "More comes in than can be stored"],
  "database-down": [503, "The database does not answer"],
} as const;
export type ProblemCode = keyof typeof problemCodes;

/** What is wrong with one part of the input, by JSON pointer. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** Thrown by handlers; the router turns it into the answer. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  /**
   * @param detail what is wrong this time and what to do, as a sentence
   * @example
   * throw new ProblemError("not-found", `There is no decision ${id}.`);
   */
  constructor(
    code: ProblemCode,
    detail: string,
    {
      errors,
      headers = {},
    }: { readonly errors?: readonly FieldError[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.code = code;
    [this.status, this.title] = problemCodes[code];
    this.errors = errors;
    this.headers = headers;
  }
}
