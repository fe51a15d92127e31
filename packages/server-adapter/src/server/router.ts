/**
 * The API as a Hono app, made from the contract: every route that has a handler, the answers to wrong paths and wrong
 * methods, and the preflights of storefronts.
 */
import { Hono, type Context } from "hono";
import type { AnyRoute, Contract } from "../contract/route.ts";
import { isForPages } from "./admission.ts";
import { problemAnswer, securityHeaders } from "./answer.ts";
import { type AnyHandler, type BuiltRoute, requestIdOf, respond } from "./exchange.ts";
import { corsHeaders, preflightHeaders } from "./origins.ts";
import { bySpecificity, fullPath, pathTable, type PathTable } from "./paths.ts";
import { ProblemError } from "./problem.ts";
import type { Surroundings } from "./surroundings.ts";

/** Handlers by the names of their routes. */
export type HandlerTable = Readonly<Partial<Record<string, AnyHandler>>>;

export interface RouterOptions extends Surroundings {
  readonly contract: Contract;
  /** A route without a handler does not exist. */
  readonly handlers: HandlerTable;
}

/**
 * Unknown paths and wrong methods are answered by the app's `notFound`, so that pages and files can be added to it
 * afterwards. A host of its own hands requests on with `host.all("*", (context) => app.fetch(context.req.raw))`.
 * @example
 * const app = createRouter({ contract, handlers, services, authenticate, allowsOrigin: keys.allowsOrigin });
 * await app.request("/health"); // 200
 */
export function createRouter({ contract, handlers, ...surroundings }: RouterOptions): Hono {
  const app = new Hono();
  const routes = builtRoutes(contract, handlers);
  const table = pathTable(routes.map(({ route }) => route));
  for (const built of routes.toSorted((a, b) => bySpecificity(a.route, b.route))) {
    app.on(built.route.method.toUpperCase(), fullPath(built.route), (context) =>
      isShadowed(context, built.route, table) ? refuseUnknown(context, table) : respond(context, built, surroundings),
    );
  }
  app.notFound((context) => {
    const startedAt = performance.now();
    const isOptions = context.req.method === "OPTIONS";
    const response = isOptions ? answerOptions(context, table, surroundings) : refuseUnknown(context, table);
    const seconds = (performance.now() - startedAt) / 1000;
    surroundings.observe?.({ route: "none", status: response.status, seconds });
    return response;
  });
  app.onError((error, context) => {
    const requestId = requestIdOf(context);
    surroundings.onFailure?.(error, requestId);
    return problemAnswer(new ProblemError("internal", "The reason stands in the server's log."), requestId, {
      ...securityHeaders,
      "x-request-id": requestId,
    });
  });
  return app;
}

/** The routes of the contract that have a handler. */
export function builtRoutes(contract: Contract, handlers: HandlerTable): readonly BuiltRoute[] {
  return Object.entries(contract).flatMap(([name, route]) => {
    const handler = handlers[name];
    return handler === undefined ? [] : [{ name, route, handler }];
  });
}

/** Whether `/a/:id` was found for a path that is `/a/b` and knows other methods only. */
function isShadowed(context: Context, route: AnyRoute, table: PathTable<AnyRoute>): boolean {
  return route.path.includes(":") && !table.at(context.req.path).includes(route);
}

function methodsOf(routes: readonly AnyRoute[]): readonly string[] {
  const methods = routes.map(({ method }) => method.toUpperCase());
  return methods.includes("GET") ? [...methods, "HEAD"] : methods;
}

function refuseUnknown(context: Context, table: PathTable<AnyRoute>): Response {
  const { method, path } = context.req;
  const routes = table.at(path);
  const allow = methodsOf(routes).join(", ");
  const problem =
    routes.length === 0
      ? new ProblemError("not-found", `There is no ${path}; /docs lists what there is.`)
      : new ProblemError("method-not-allowed", `${path} does not know ${method}, but ${allow}.`, {
          headers: { allow },
        });
  const requestId = requestIdOf(context);
  return problemAnswer(problem, requestId, { ...securityHeaders, "x-request-id": requestId });
}

/** Preflights of pages, and plain questions for the methods of a path. */
function answerOptions(
  context: Context,
  table: PathTable<AnyRoute>,
  { allowsOrigin }: Pick<Surroundings, "allowsOrigin">,
): Response {
  const routes = table.at(context.req.path);
  if (routes.length === 0) return refuseUnknown(context, table);
  const forPages = routes.filter(isForPages);
  const origin = context.req.header("origin") ?? null;
  const allowed = origin !== null && forPages.length > 0 && allowsOrigin(origin);
  return new Response(null, {
    status: 204,
    headers: {
      allow: methodsOf(routes).join(", "),
      ...corsHeaders(origin, allowed),
      ...(allowed && preflightHeaders(methodsOf(forPages))),
    },
  });
}
