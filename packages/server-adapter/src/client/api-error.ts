/** What a call rejects with when the server answers with a problem, or with something else than an answer. */
import type { Problem } from "../contract/common.ts";

export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  /** Stable; `unreadable-answer` when what came was no problem of the API, as from a proxy. */
  readonly code: string;
  readonly problem: Problem | undefined;
  /** Seconds until a new attempt makes sense, where the server says so. */
  readonly retryAfter: number | undefined;

  constructor(status: number, problem: Problem | undefined, retryAfter?: number) {
    super(problem === undefined ? `The server answered ${status}.` : (problem.detail ?? problem.title));
    this.status = status;
    this.code = problem?.code ?? "unreadable-answer";
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}
