/** The part of autocannon 9 that the benchmarks use; it brings no types of its own. */
declare module "autocannon" {
  import type { EventEmitter } from "node:events";

  export interface Request {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  }

  export interface Options {
    readonly url: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration: number;
    readonly setupClient?: (client: { setRequests(requests: readonly Request[]): void }) => void;
  }

  export interface Result {
    /** Connections that broke, and answers that did not come in time. */
    readonly errors: number;
    readonly timeouts: number;
    readonly non2xx: number;
    /** Seconds. */
    readonly duration: number;
  }

  /** Emits `response` with the client, the status, the bytes and the milliseconds of every answer. */
  export interface Run extends EventEmitter, PromiseLike<Result> {}

  export default function autocannon(options: Options): Run;
}
