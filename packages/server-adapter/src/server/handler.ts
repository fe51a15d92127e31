/** A handler is joined to its route by name. It gets checked input and gives the answer, or throws a `ProblemError`. */
import type { BasketliftContract } from "../contract/index.ts";
import type { AnyRoute, RouteInput, RouteOutput } from "../contract/route.ts";
import type { Caller, Services } from "./services.ts";

/** One request, beside its parsed parts. */
export interface RequestFacts {
  readonly caller: Caller;
  readonly requestId: string;
  readonly headers: Headers;
  /** The unread body, for routes that take a file. */
  readonly stream: ReadableStream<Uint8Array> | null;
  /** Sets a header of the answer. */
  setHeader(name: string, value: string): void;
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
