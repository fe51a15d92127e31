/** What went wrong with a call, in the server's own words where it had any (RFC 9457). */

/** What is wrong with one part of the input. */
export interface FieldProblem {
  readonly pointer: string;
  readonly detail: string;
}

interface ProblemFields {
  readonly title: string;
  readonly detail?: string | undefined;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly code: string;
  readonly requestId?: string | undefined;
  readonly errors?: readonly FieldProblem[] | undefined;
}

/** Thrown by every call that does not succeed. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly title: string;
  readonly detail: string | undefined;
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly errors: readonly FieldProblem[];

  constructor({ title, detail, status, code, requestId, errors = [] }: ProblemFields) {
    super(detail ?? title);
    this.title = title;
    this.detail = detail;
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.errors = errors;
  }
}

/** No answer came at all. */
export function unreachable(): Problem {
  return new Problem({
    title: "The server does not answer",
    detail: "It may be starting or stopped, or this device is offline.",
    status: 0,
    code: "unreachable",
  });
}

/** @returns the problem that the answer tells; one made from its status where it tells none */
export async function problemOf(answer: Pick<Response, "status" | "json">): Promise<Problem> {
  const body: unknown = await answer.json().catch(() => undefined);
  const field = (name: string): unknown =>
    typeof body === "object" && body !== null ? Object.entries(body).find(([key]) => key === name)?.[1] : undefined;
  const text = (name: string): string | undefined => {
    const value = field(name);
    return typeof value === "string" ? value : undefined;
  };
  const errors = field("errors");
  return new Problem({
    title: text("title") ?? `The server answered with status ${answer.status}`,
    detail: text("detail"),
    status: answer.status,
    code: text("code") ?? `status-${answer.status}`,
    requestId: text("requestId"),
    errors: Array.isArray(errors) ? errors.filter(isFieldProblem) : undefined,
  });
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return typeof value === "object" && value !== null && "pointer" in value && "detail" in value;
}

/** @returns any error as a problem that can be shown */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new Problem({ title: "Something failed in this page", detail, status: 0, code: "console" });
}
