/**
 * Where a call comes from, as browsers tell it: which pages may use a publishable key, and which calls by cookie are the
 * console's own. None of this authenticates; it keeps honest browsers from being used against their owners.
 */
import type { ApiKey } from "./keys.ts";
import { ProblemError } from "./problem.ts";

/** Headers of a storefront call that needs a preflight. */
const allowedHeaders = "authorization, content-type, idempotency-key, x-request-id, x-shopper-token";
const exposedHeaders = "etag, ratelimit, ratelimit-policy, retry-after, x-request-id";

/** CORS of an answer that a page of this origin may read. */
export function corsHeaders(origin: string | null, allowed: boolean): Readonly<Record<string, string>> {
  if (origin === null || !allowed) return { vary: "origin" };
  return {
    vary: "origin",
    "access-control-allow-origin": origin,
    "access-control-expose-headers": exposedHeaders,
    "cross-origin-resource-policy": "cross-origin",
  };
}

/** What a preflight is told beside that. Browsers ask again after two hours. */
export function preflightHeaders(methods: readonly string[]): Readonly<Record<string, string>> {
  return {
    "access-control-allow-headers": allowedHeaders,
    "access-control-allow-methods": methods.join(", "),
    "access-control-max-age": "7200",
  };
}

/**
 * A page must stand on one of the key's origins. Calls without an `Origin` are either a browser's GET to its own origin,
 * which counts as that origin, or no browser's at all, which takes a key that allows `*`.
 * @throws ProblemError `origin-not-allowed`
 */
export function requireAllowedOrigin({ origins, prefix }: ApiKey, headers: Headers): void {
  if (origins.includes("*")) return;
  const origin = headers.get("origin");
  if (origin !== null) {
    if (origins.includes(origin)) return;
    throw new ProblemError("origin-not-allowed", `The key ${prefix}... may not be used by pages of ${origin}.`);
  }
  const host = headers.get("host");
  const ownPage = headers.get("sec-fetch-site") === "same-origin";
  if (ownPage && origins.some((allowed) => URL.parse(allowed)?.host === host)) return;
  throw new ProblemError(
    "origin-not-allowed",
    `The key ${prefix}... is for pages of the shop; use a secret key on a server, or a publishable key for "*".`,
  );
}

/**
 * A call that changes something and is known by its cookie alone must come from the server's own pages: its `Origin` is
 * this host, or it carries `X-Requested-With`, which no other site can send without a preflight that is refused.
 * @throws ProblemError `forbidden`
 */
export function requireOwnPage(method: string, headers: Headers): void {
  if (method === "GET" || method === "HEAD" || headers.has("x-requested-with")) return;
  const origin = headers.get("origin");
  if (origin !== null && URL.parse(origin)?.host === headers.get("host")) return;
  throw new ProblemError(
    "forbidden",
    "A call by cookie that changes something must come from the console itself, or carry X-Requested-With.",
  );
}
