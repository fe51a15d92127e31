/** What all routes share: who is let in and counted, what handlers work with, who is told of what happened. */
import type { Authenticate } from "./authenticate.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import type { Services } from "./services.ts";

/** One answered request, for metrics. */
export interface Observation {
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

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
