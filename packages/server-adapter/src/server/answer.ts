/** Answers as bytes: JSON, text, and problems as RFC 9457 writes them. */
import { isConnectionLoss } from "./connection-loss.ts";
import { ProblemError } from "./problem.ts";

/** Names in lower case. */
export type AnswerHeaders = Record<string, string>;

/** What every answer of the API carries; a handler may overrule the caching. */
export const securityHeaders: Readonly<AnswerHeaders> = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** An answer with its cookies: the one header that may stand many times. */
export function answer(
  body: string | null,
  status: number,
  headers: Readonly<AnswerHeaders>,
  cookies: readonly string[] = [],
): Response {
  if (cookies.length === 0) return new Response(body, { status, headers });
  const pairs = Object.entries(headers).concat(cookies.map((cookie) => ["set-cookie", cookie]));
  return new Response(body, { status, headers: pairs });
}

/** A problem as an answer: `application/problem+json`, RFC 9457. */
export function problemAnswer(
  problem: ProblemError,
  requestId: string,
  headers: Readonly<AnswerHeaders>,
  cookies: readonly string[] = [],
): Response {
  const { code, status, title, message, errors } = problem;
  const body = { type: `urn:basketlift:problem:${code}`, title, status, code, detail: message, requestId, errors };
  return answer(
    JSON.stringify(body),
    status,
    { ...headers, ...problem.headers, "content-type": "application/problem+json", "cache-control": "no-store" },
    cookies,
  );
}

/** Whatever was thrown, as a problem. Unknown errors say nothing about what is inside. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isConnectionLoss(error)) return databaseDown();
  return new ProblemError("internal", "The reason stands in the server's log under this request's id.");
}

/** Why it is down is for `/ready` and `/status` to say. */
export function databaseDown(): ProblemError {
  return new ProblemError("database-down", "The database does not answer; try again shortly.", {
    headers: { "retry-after": "2" },
  });
}
