/**
 * The typed client: a method for each route, for browsers and servers. All types come from the contract; at run time it
 * is `fetch` and a table of paths, so that no schema is shipped.
 */
import type { Problem } from "../contract/common.ts";
import type { BasketliftContract } from "../contract/index.ts";
import { type RoutePath, routePaths } from "../contract/paths.ts";
import { apiBase, type Client, type ClientCallOptions } from "../contract/route.ts";
import { ApiError } from "./api-error.ts";

export interface ClientOptions {
  /** Origin of the server, for example `https://lift.shop.example`. In a page of that server, it may be left out. */
  readonly baseUrl?: string;
  /** `sk_...` on servers, `pk_...` in pages; none where a cookie says who is signed in. */
  readonly key?: string;
  readonly fetch?: typeof globalThis.fetch;
}

/** What a call is made of, once its types are forgotten. */
interface CallInput {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

type Call = (input?: CallInput, options?: ClientCallOptions) => Promise<unknown>;

/**
 * Calls reject with `ApiError` when the server answers with a problem, and as `fetch` does when there is no answer.
 * @example
 * const client = createClient({ baseUrl: "https://lift.shop.example", key: "sk_..." });
 * const { data } = await client.listProducts({ query: { search: "mug" } });
 */
export function createClient({
  baseUrl = "",
  key,
  fetch = (...request) => globalThis.fetch(...request),
}: ClientOptions = {}): Client<BasketliftContract> {
  const call = (route: RoutePath): Call => {
    const [method, path, base] = route;
    return async ({ params = {}, query = {}, body } = {}, { signal, headers } = {}) => {
      const address = baseUrl + (base === "root" ? "" : apiBase) + fillPath(path, params) + queryString(query);
      const response = await fetch(address, {
        method: method.toUpperCase(),
        credentials: key === undefined ? "same-origin" : "omit",
        headers: {
          accept: "application/json",
          // Tells a call of the console from a form on another site.
          ...(key === undefined ? { "x-requested-with": "basketlift" } : { authorization: `Bearer ${key}` }),
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      });
      return readAnswer(response);
    };
  };
  const calls = Object.fromEntries(Object.entries(routePaths).map(([name, route]) => [name, call(route)]));
  // The one place where types are taken on trust: a test compares the table of paths with the contract.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return calls as unknown as Client<BasketliftContract>;
}

/** Fills `:name` in a path. */
function fillPath(path: string, params: Readonly<Record<string, unknown>>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
}

function queryString(query: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === "" ? "" : `?${text}`;
}

async function readAnswer(response: Response): Promise<unknown> {
  const type = response.headers.get("content-type") ?? "";
  if (response.ok) return type.includes("json") ? response.json() : response.text();
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  const content: unknown = type.includes("json") ? await response.json().catch(() => undefined) : undefined;
  throw new ApiError(
    response.status,
    isProblem(content) ? content : undefined,
    Number.isNaN(retryAfter) ? undefined : retryAfter,
  );
}

function isProblem(content: unknown): content is Problem {
  return typeof content === "object" && content !== null && "code" in content && "title" in content;
}
