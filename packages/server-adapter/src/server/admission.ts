/** Lets a request in: finds who calls, counts the call, and checks that the caller may make it. */
import type { Context } from "hono";
import type { AnyRoute } from "../contract/route.ts";
import { bodyLimitOf, type EnvelopedCredentials, openEnvelope, parseJson, readText, requireMediaType } from "./body.ts";
import { clientAddress } from "./client-address.ts";
import { requirePermission } from "./permissions.ts";
import { ProblemError } from "./problem.ts";
import type { RateDecision } from "./rate-limiter.ts";
import type { Caller } from "./services.ts";
import type { Surroundings } from "./surroundings.ts";

export interface ReadBody {
  readonly text: string;
  readonly content: unknown;
}

export interface Admission {
  readonly caller: Caller;
  readonly address: string;
  /** The body, when it had to be read to find the caller's key in it. */
  readonly body: ReadBody | undefined;
}

/**
 * @param setHeaders of the answer, also where the call is refused
 * @throws ProblemError when the caller is not known, calls too often or may not call this
 */
export async function admit(
  context: Context,
  route: AnyRoute,
  { authenticate, rateLimiter, trustedProxies = 0 }: Surroundings,
  setHeaders: (headers: RateDecision["headers"]) => void,
): Promise<Admission> {
  const address = clientAddress(context, trustedProxies);
  const count = (caller: Caller): void => {
    const decision = route.uncounted ? undefined : rateLimiter?.take(caller, address);
    if (decision === undefined) return;
    setHeaders(decision.headers);
    if (!decision.allowed) throw new ProblemError("too-many-requests", "Slow down, and try again later.");
  };
  const { body, enveloped } = await openBody(context, route);
  let caller: Caller = { kind: "anonymous" };
  try {
    const { method, raw } = context.req;
    // Health must not depend on a cookie that a browser happens to send, nor on the database that knows it.
    if (route.scope !== "open") caller = await authenticate({ method, headers: raw.headers, enveloped });
  } catch (error) {
    // Guessing keys is counted, too.
    if (error instanceof ProblemError) count({ kind: "anonymous" });
    throw error;
  }
  count(caller);
  requirePermission(route.scope, caller);
  return { caller, address, body };
}

/** Credentials that do not travel in headers, so that a page's call needs no preflight. */
async function openBody(
  context: Context,
  route: AnyRoute,
): Promise<{ readonly body: ReadBody | undefined; readonly enveloped: EnvelopedCredentials }> {
  if (route.plainBody && context.req.header("authorization") === undefined) {
    const read = await readBody(context, route);
    if (read === undefined) return { body: undefined, enveloped: {} };
    const { body: content, credentials } = openEnvelope(read.content);
    return { body: { text: read.text, content }, enveloped: credentials };
  }
  const key = route.method === "get" && isForPages(route) ? context.req.query("key") : undefined;
  return { body: undefined, enveloped: key === undefined ? {} : { key } };
}

/** Undefined for routes without a JSON body. */
export async function readBody(context: Context, route: AnyRoute): Promise<ReadBody | undefined> {
  if (route.body === undefined) return undefined;
  requireMediaType(context.req.raw, route);
  const text = await readText(context.req.raw, bodyLimitOf(route));
  return { text, content: parseJson(text) };
}

/** Whether pages of other origins may call it. */
export function isForPages({ scope }: AnyRoute): boolean {
  return scope === "storefront" || scope === "shopper";
}
