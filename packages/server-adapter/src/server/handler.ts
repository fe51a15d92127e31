/** A handler is joined to its route by name. It gets checked input and gives the answer, or throws a `ProblemError`. */
import type { BasketliftContract } from "../contract/index.ts";
import type { AnyRoute, RouteInput, RouteOutput } from "../contract/route.ts";
import type { Caller, Services } from "./services.ts";

/** One request, beside its parsed parts. */
export interface RequestFacts {
  readonly caller: Caller;
  readonly requestId: string;
  readonly headers: Headers;
  /** Of the client, or of the nearest proxy that is not trusted; "unknown" where there is no connection. */
  readonly address: string;
  /** The unread body, for routes that take a file. Fails with `body-too-large` beyond the route's limit. */
  readonly stream: ReadableStream<Uint8Array> | null;
  /** Sets a header of the answer; `set-cookie` may be set many times. */
  setHeader(name: string, value: string): void;
  /** For the few answers that are no problem and yet no plain success, such as "not ready". */
  setStatus(status: 503): void;
}

export type Handler<Definition extends AnyRoute> = (
  input: RouteInput<Definition>,
  services: Services,
  facts: RequestFacts,
) => Promise<RouteOutput<Definition>> | RouteOutput<Definition>;

/** Handlers for some of the routes; together they must cover the table. */
export type Handlers<Name extends keyof BasketliftContract = keyof BasketliftContract> = {
  readonly [Route in Name]: Handler<BasketliftContract[Route]>;
};
