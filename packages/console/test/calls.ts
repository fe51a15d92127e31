/** What the made-up server is asked, and what it answers with. */

export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  /** The version that a change is about. */
  readonly ifMatch: string | null;
}

export type Answering = (call: Call) => unknown;
/** By method and path as in the contract: `GET /imports/:id`. */
export type Answers = Readonly<Record<string, Answering>>;

/** What a call is refused with. */
export class Refusal {
  readonly status: number;
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    title: string,
    detail: string,
    more: Readonly<Record<string, unknown>> = {},
  ) {
    this.status = status;
    this.problem = { type: `about:blank#${code}`, title, status, code, detail, requestId: "req_7f3a", ...more };
  }
}
