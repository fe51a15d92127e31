/** Answers to what Node could not read as a request: it never reaches the router, and deserves a problem all the same. */
import { maxHeaderSize, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { problemAnswer, securityHeaders } from "./answer.ts";
import { ProblemError } from "./problem.ts";

/**
 * For the `clientError` of a server. The connection ends with the answer: where the next request would begin is not known.
 * @example
 * server.on("clientError", answerUnreadable);
 */
export function answerUnreadable(error: Error, socket: Duplex): void {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  // Whoever is gone hears nothing.
  if (!socket.writable || code === "ECONNRESET") socket.destroy();
  else void written(problemOf(code)).then((answer) => socket.end(answer));
}

function problemOf(code: string): ProblemError {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return new ProblemError(
        "headers-too-large",
        `The address and the headers may have ${maxHeaderSize} bytes together; send what is longer in the body, and fewer cookies.`,
      );
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new ProblemError("request-timeout", "The request did not come to its end in time; send it again.");
    default:
      return new ProblemError("not-http", "What was sent cannot be read as HTTP/1.1.");
  }
}

/** As it travels. */
async function written(problem: ProblemError): Promise<string> {
  const requestId = crypto.randomUUID();
  const answer = problemAnswer(problem, requestId, { ...securityHeaders, "x-request-id": requestId });
  const text = await answer.text();
  const headers = [...answer.headers, ["content-length", String(Buffer.byteLength(text))], ["connection", "close"]];
  const head = [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ""}`,
    ...headers.map((pair) => pair.join(": ")),
  ];
  return `${head.join("\r\n")}\r\n\r\n${text}`;
}
