/**
 * One request on its way through a route: who calls, may they, is the input what the contract says, what does the handler
 * answer. Each step throws a `ProblemError` or hands on to the next.
 */
import type { Context } from "hono";
import type { AnyRoute, RouteInput } from "../contract/route.ts";
import { answer, type AnswerHeaders, asProblem, databaseDown, problemAnswer, securityHeaders } from "./answer.ts";
import type { Authenticate } from "./authenticate.ts";
import {
  bodyLimitOf,
  type EnvelopedCredentials,
  limited,
  openEnvelope,
  parseJson,
  readText,
  requireMediaType,
} from "./body.ts";
import { clientAddress } from "./client-address.ts";
import type { RequestFacts } from "./handler.ts";
import { answerOnce } from "./idempotency.ts";
import { corsHeaders } from "./origins.ts";
import { requireOwnCustomer, requirePermission } from "./permissions.ts";
import { ProblemError } from "./problem.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import type { Caller, Services } from "./services.ts";
import { checkAnswer, checkInput } from "./validation.ts";

/** A handler whose route is known by name only; written as a method, so that every `Handler` fits. */
export type AnyHandler = {
  handle(input: RouteInput<AnyRoute>, services: Services, facts: RequestFacts): unknown;
}["handle"];

/** One answered request, for metrics. */
export interface Observation {
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** What all routes share. */
export interface Surroundings {
  readonly services: Services;
  readonly authenticate: Authenticate;
  readonly allowsOrigin: (origin: string) => boolean;
  /** Without one, calls are not counted. */
  readonly rateLimiter?: RateLimiter;
  readonly observe?: (observation: Observation) => void;
  /** Told of errors that are nobody's mistake but ours. */
  readonly onFailure?: (error: unknown, requestId: string) => void;
  /** Holds every answer to the contract, as development and tests want. */
  readonly checkAnswers?: boolean;
  readonly trustedProxies?: number;
}

export interface BuiltRoute {
  readonly name: string;
  readonly route: AnyRoute;
  readonly handler: AnyHandler;
}

/** What a handler may still change of its answer. */
interface AnswerDraft {
  readonly requestId: string;
  readonly headers: AnswerHeaders;
  readonly cookies: string[];
  status: number;
}

/** Answers one request; never throws. */
export async function respond(context: Context, built: BuiltRoute, surroundings: Surroundings): Promise<Response> {
  const startedAt = performance.now();
  const draft = startDraft(context, built.route, surroundings);
  let response: Response;
  try {
    response = await run(context, built, surroundings, draft);
  } catch (error) {
    const problem = asProblem(error);
    if (problem.status === 500) surroundings.onFailure?.(error, draft.requestId);
    response = problemAnswer(problem, draft.requestId, draft.headers, draft.cookies);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  surroundings.observe?.({ route: built.name, status: response.status, seconds });
  return response;
}

/** The id that the caller gave, when it is harmless in a log, or a new one. */
export function requestIdOf(context: Context): string {
  const given = context.req.header("x-request-id");
  return given !== undefined && /^[\w.:-]{1,100}$/.test(given) ? given : crypto.randomUUID();
}

function startDraft(context: Context, route: AnyRoute, { allowsOrigin }: Surroundings): AnswerDraft {
  const requestId = requestIdOf(context);
  const headers: AnswerHeaders = { ...securityHeaders, "x-request-id": requestId };
  if (isForPages(route)) {
    const origin = context.req.header("origin") ?? null;
    Object.assign(headers, corsHeaders(origin, origin !== null && allowsOrigin(origin)));
  }
  return { requestId, headers, cookies: [], status: route.status ?? 200 };
}

/** Whether pages of other origins may call it. */
export function isForPages({ scope }: AnyRoute): boolean {
  return scope === "storefront" || scope === "shopper";
}

async function run(
  context: Context,
  { name, route, handler }: BuiltRoute,
  surroundings: Surroundings,
  draft: AnswerDraft,
): Promise<Response> {
  const { services } = surroundings;
  const { caller, address, opened } = await admit(context, route, surroundings, draft);
  if (!route.withoutDatabase && services.database.problem() !== undefined) throw databaseDown();
  const body = opened ?? (await readBody(context, route));
  const { key: _, ...query } = context.req.query();
  const input = checkInput(route, { params: context.req.param(), query, body: body?.content });
  requireOwnCustomer(caller, input);
  const facts = factsFor(context, route, caller, address, draft);

  const work = async () => {
    const given = await handler(input, services, facts);
    if (surroundings.checkAnswers) checkAnswer(name, route, given);
    return { status: draft.status, answer: given };
  };
  const idempotencyKey = route.idempotent ? context.req.header("idempotency-key") : undefined;
  if (idempotencyKey === undefined) return finish(context, route, draft, await work());
  const content = [route.method, context.req.url, body?.text ?? ""];
  const request = { key: idempotencyKey, caller, content };
  return finish(context, route, draft, await answerOnce(services.database.db, request, services.now(), work));
}

interface ReadBody {
  readonly text: string;
  readonly content: unknown;
}

interface Admission {
  readonly caller: Caller;
  readonly address: string;
  /** The body, when it had to be read to find the caller's key in it. */
  readonly opened: ReadBody | undefined;
}

/** Finds the caller, counts the call and checks that the caller may make it. */
async function admit(
  context: Context,
  route: AnyRoute,
  { authenticate, rateLimiter, trustedProxies = 0 }: Surroundings,
  draft: AnswerDraft,
): Promise<Admission> {
  const { headers } = context.req.raw;
  const address = clientAddress(context, trustedProxies);
  const count = (caller: Caller) => {
    const decision = rateLimiter?.take(caller, address);
    if (decision === undefined) return;
    Object.assign(draft.headers, decision.headers);
    if (!decision.allowed) throw new ProblemError("too-many-requests", "Slow down, and try again later.");
  };
  let opened: ReadBody | undefined;
  let enveloped: EnvelopedCredentials = {};
  if (route.plainBody && !headers.has("authorization")) {
    opened = await readBody(context, route);
    const envelope = openEnvelope(opened?.content);
    enveloped = envelope.credentials;
    opened = opened && { ...opened, content: envelope.body };
  } else if (route.method === "get" && isForPages(route)) {
    const key = context.req.query("key");
    enveloped = key === undefined ? {} : { key };
  }
  let caller: Caller;
  try {
    caller = await authenticate({ method: context.req.method, headers, enveloped });
  } catch (error) {
    // Guessing keys is counted, too.
    if (error instanceof ProblemError) count({ kind: "anonymous" });
    throw error;
  }
  count(caller);
  requirePermission(route.scope, caller);
  return { caller, address, opened };
}

/** Undefined for routes without a JSON body. */
async function readBody(context: Context, route: AnyRoute): Promise<ReadBody | undefined> {
  if (route.body === undefined) return undefined;
  requireMediaType(context.req.raw, route);
  const text = await readText(context.req.raw, bodyLimitOf(route));
  return { text, content: parseJson(text) };
}

function factsFor(
  context: Context,
  route: AnyRoute,
  caller: Caller,
  address: string,
  draft: AnswerDraft,
): RequestFacts {
  const request = context.req.raw;
  return {
    caller,
    address,
    requestId: draft.requestId,
    headers: request.headers,
    get stream() {
      return limited(request, bodyLimitOf(route));
    },
    setHeader(name, value) {
      const lower = name.toLowerCase();
      if (lower === "set-cookie") draft.cookies.push(value);
      else draft.headers[lower] = value;
    },
    setStatus(status) {
      draft.status = status;
    },
  };
}

function finish(
  context: Context,
  { method, produces }: AnyRoute,
  { headers, cookies }: AnswerDraft,
  { status, answer: given }: { readonly status: number; readonly answer: unknown },
): Response {
  if (method === "get" && isKnownVersion(context.req.header("if-none-match"), headers["etag"])) {
    return answer(null, 304, headers, cookies);
  }
  headers["content-type"] ??= produces ?? "application/json";
  const body = produces === undefined ? JSON.stringify(given) : String(given);
  return answer(body, status, headers, cookies);
}

function isKnownVersion(known: string | undefined, etag: string | undefined): boolean {
  if (known === undefined || etag === undefined) return false;
  const bare = (tag: string) => tag.trim().replace(/^W\//, "");
  return known.trim() === "*" || known.split(",").some((tag) => bare(tag) === bare(etag));
}
