/**
 * A route as data: method, path, who may call it, what goes in and out. The router, the validation, the permission
 * check, the OpenAPI document and the typed client are all made from the same table of routes; handlers are joined to it
 * by name, so that the table itself can travel to a browser.
 */
import type { z } from "zod";

/** Types are bound to the core interface: it is several times faster to compile than `z.ZodType`. */
export type Schema = z.core.$ZodType;

/**
 * Who may call a route. `open`: anyone. `storefront`: a publishable key. `shopper`: a publishable key and a token the shop
 * signed for one customer. `read`, `write`, `admin`: secret keys and signed-in people by role. `session`: a signed-in person.
 */
export type Scope = "open" | "storefront" | "shopper" | "read" | "write" | "admin" | "session";

export type Method = "get" | "post" | "put" | "patch" | "delete";

/** Where a route stands: below the API's base path, or at the root of the server. */
export type Base = "api" | "root";

export interface Route<
  Params extends Schema | undefined = Schema | undefined,
  Query extends Schema | undefined = Schema | undefined,
  Body extends Schema | undefined = Schema | undefined,
  Answer extends Schema = Schema,
> {
  readonly method: Method;
  /** With `:name` parameters, for example `/recommendations/:id`. */
  readonly path: string;
  readonly base?: Base;
  readonly scope: Scope;
  /** Group in the reference. */
  readonly tag: string;
  readonly summary: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: Answer;
  /** Status of a success. Default 200. */
  readonly status?: 200 | 201 | 202;
  /** `text/plain` bodies with JSON inside are accepted too, so that storefronts need no preflight. */
  readonly plainBody?: boolean;
  /** Largest body in bytes. Default 1 MiB. */
  readonly bodyLimit?: number;
  /** POSTs that create remember their answer under `Idempotency-Key`. */
  readonly idempotent?: boolean;
  /** Changes what has a version: `If-Match` must name the one that the caller has seen. */
  readonly changesVersion?: boolean;
  /** Content that fits its schema may still be refused for what it means. */
  readonly judgesContent?: boolean;
  /** Media type of an answer that is not JSON. */
  readonly produces?: string;
  /** Goes on while the database is down; every other route then answers 503 at once. */
  readonly withoutDatabase?: boolean;
  /** Never refused for calling often: the probes of a load balancer come from one address, and believe what they hear. */
  readonly uncounted?: boolean;
}

/** Gives a route its precise types. */
export function route<
  Answer extends Schema,
  Params extends Schema | undefined = undefined,
  Query extends Schema | undefined = undefined,
  Body extends Schema | undefined = undefined,
>(definition: Route<Params, Query, Body, Answer>): Route<Params, Query, Body, Answer> {
  return definition;
}

export type AnyRoute = Route;
export type Contract = Readonly<Record<string, AnyRoute>>;

/** A part that a route has is never undefined, though every part may be left out of a route. */
type Parsed<Part> = [Exclude<Part, undefined>] extends [never] ? undefined : z.output<Extract<Part, Schema>>;
type Given<Part> = z.input<Extract<Part, Schema>>;

/** What a handler gets: parsed and checked. */
export interface RouteInput<Definition extends AnyRoute> {
  readonly params: Parsed<Definition["params"]>;
  readonly query: Parsed<Definition["query"]>;
  readonly body: Parsed<Definition["body"]>;
}

/** What a handler gives, before it is checked against the answer's schema. */
export type RouteOutput<Definition extends AnyRoute> = z.input<Definition["answer"]>;

/** Absent when the route has no such part, and optional when nothing in it is required. */
type Written<Name extends string, Part> = [Exclude<Part, undefined>] extends [never]
  ? unknown
  : Partial<Given<Part>> extends Given<Part>
    ? { readonly [K in Name]?: Given<Part> }
    : { readonly [K in Name]: Given<Part> };

/** What a caller of the typed client writes: only the parts that the route has. */
export type ClientInput<Definition extends AnyRoute> = Written<"params", Definition["params"]> &
  Written<"query", Definition["query"]> &
  Written<"body", Definition["body"]>;

/** How one call travels. */
export interface ClientCallOptions {
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

type ClientMethod<Definition extends AnyRoute> =
  Partial<ClientInput<Definition>> extends ClientInput<Definition>
    ? (input?: ClientInput<Definition>, options?: ClientCallOptions) => Promise<z.output<Definition["answer"]>>
    : (input: ClientInput<Definition>, options?: ClientCallOptions) => Promise<z.output<Definition["answer"]>>;

/** One method a route. Rejects with `ApiError` when the server answers with a problem. */
export type Client<Table extends Contract> = { readonly [Name in keyof Table]: ClientMethod<Table[Name]> };

/** Base path of everything with `base: "api"`. */
export const apiBase = "/api/upsell-cross-sell";
