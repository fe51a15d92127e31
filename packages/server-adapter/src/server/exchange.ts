/**
 * One request on its way through a route: who calls, may they, is the input what the contract says, what does the handler
 * answer. Each step throws a `ProblemError` or hands on to the next.
 */
import type { Context } from "hono";
import type { AnyRoute, RouteInput } from "../contract/route.ts";
import { type Admission, admit, isForPages, readBody } from "./admission.ts";
import { answer, type AnswerHeaders, asProblem, databaseDown, problemAnswer, securityHeaders } from "./answer.ts";
import { bodyLimitOf, limited } from "./body.ts";
import type { RequestFacts } from "./handler.ts";
import { answerOnce } from "./idempotency.ts";
import { corsHeaders } from "./origins.ts";
import { requireOwnCustomer } from "./permissions.ts";
import type { Services } from "./services.ts";
import type { Surroundings } from "./surroundings.ts";
import { checkAnswer, checkInput } from "./validation.ts";

/** A handler whose route is known by name only; written as a method, so that every `Handler` fits. */
export type AnyHandler = {
  handle(input: RouteInput<AnyRoute>, services: Services, facts: RequestFacts): unknown;
}["handle"];

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

async function run(
  context: Context,
  { name, route, handler }: BuiltRoute,
  surroundings: Surroundings,
  draft: AnswerDraft,
): Promise<Response> {
  const { services } = surroundings;
  const setHeaders = (headers: Readonly<AnswerHeaders>) => Object.assign(draft.headers, headers);
  const admission = await admit(context, route, surroundings, setHeaders);
  if (!route.withoutDatabase && services.database.problem() !== undefined) throw databaseDown();
  const body = admission.body ?? (await readBody(context, route));
  const { key: _, ...query } = context.req.query();
  const input = checkInput(route, { params: context.req.param(), query, body: body?.content });
  requireOwnCustomer(admission.caller, input);
  const facts = factsFor(context, route, admission, draft);

  const work = async () => {
    const given = await handler(input, services, facts);
    if (surroundings.checkAnswers) checkAnswer(name, route, given);
    return { status: draft.status, answer: given };
  };
  const idempotencyKey = route.idempotent ? context.req.header("idempotency-key") : undefined;
  if (idempotencyKey === undefined) return finish(context, route, draft, await work());
  const content = [route.method, context.req.url, body?.text ?? ""];
  const request = { key: idempotencyKey, caller: admission.caller, content };
  return finish(context, route, draft, await answerOnce(services.database.db, request, services.now(), work));
}

function factsFor(context: Context, route: AnyRoute, { caller, address }: Admission, draft: AnswerDraft): RequestFacts {
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
