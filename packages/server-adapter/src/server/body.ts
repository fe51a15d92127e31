/** Reads bodies, and stops as soon as one is larger than its route allows, whether or not it said so beforehand. */
import type { AnyRoute } from "../contract/route.ts";
import { ProblemError } from "./problem.ts";

/** Of a body without a limit of its own. */
const defaultLimit = 2 ** 20;

/** What travels inside a `text/plain` body beside the route's own fields, so that a page needs no preflight. */
export interface EnvelopedCredentials {
  readonly key?: string;
  readonly shopperToken?: string;
}

/** The largest body of a route, in bytes. */
export function bodyLimitOf({ bodyLimit = defaultLimit }: AnyRoute): number {
  return bodyLimit;
}

/**
 * @param limit in bytes
 * @throws ProblemError `body-too-large` before more than `limit` bytes were kept
 */
export async function readText(request: Request, limit: number): Promise<string> {
  const declared = request.headers.get("content-length");
  if (declared !== null) {
    if (Number(declared) > limit) throw tooLarge(limit);
    return request.text();
  }
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of limited(request, limit) ?? []) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** The body as it comes in, for files; fails with `body-too-large` where it grows beyond `limit` bytes. */
export function limited(request: Request, limit: number): ReadableStream<Uint8Array> | null {
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge(limit);
  let received = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      received += chunk.byteLength;
      if (received > limit) throw tooLarge(limit);
      controller.enqueue(chunk);
    },
  });
  return request.body === null ? null : request.body.pipeThrough(counter);
}

/**
 * Also where the caller asks for the end of the connection: Node would close it over what is still coming in, and the
 * caller, cut off while it sends, would lose the answer. The adapter throws the rest away for half a second, then closes.
 */
function tooLarge(limit: number): ProblemError {
  return new ProblemError("body-too-large", `The body may have at most ${limit} bytes.`, {
    headers: { connection: "keep-alive" },
  });
}

/**
 * @throws ProblemError `unsupported-media-type` unless the route takes this type
 */
export function requireMediaType(request: Request, { plainBody = false }: AnyRoute): void {
  const given = (request.headers.get("content-type") ?? "").split(";", 1)[0].trim().toLowerCase();
  if (given === "application/json" || given.endsWith("+json")) return;
  if (plainBody && (given === "text/plain" || given === "")) return;
  const wanted = plainBody ? "application/json, or text/plain with JSON inside" : "application/json";
  throw new ProblemError("unsupported-media-type", `The body must be ${wanted}, not ${given || "untyped"}.`);
}

/** @throws ProblemError `invalid-json` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = text.trim() === "" ? "The body is empty." : error instanceof Error ? error.message : "";
    throw new ProblemError("invalid-json", `The body must be JSON. ${reason}`.trim());
  }
}

/** Takes the credentials out of a body that carries them. */
export function openEnvelope(body: unknown): { readonly body: unknown; readonly credentials: EnvelopedCredentials } {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return { body, credentials: {} };
  const { key, shopperToken, ...rest }: Record<string, unknown> = { ...body };
  return {
    body: rest,
    credentials: {
      ...(typeof key === "string" && { key }),
      ...(typeof shopperToken === "string" && { shopperToken }),
    },
  };
}
