/** Puts a server under load with autocannon, a new request on a connection as soon as the last one is answered. */
import autocannon, { type Request } from "autocannon";

export interface Load {
  readonly url: string;
  readonly requests: readonly Request[];
  readonly connections: number;
  readonly seconds: number;
}

/** What came of it; times in milliseconds, as the client saw them. */
export interface LoadResult {
  readonly answered: number;
  readonly perSecond: number;
  /** Broken connections, answers out of time, and answers other than 2xx. */
  readonly errors: number;
  quantile(share: number): number;
}

export async function putUnderLoad({ url, requests, connections, seconds }: Load): Promise<LoadResult> {
  const times: number[] = [];
  let client = 0;
  const run = autocannon({
    url,
    connections,
    duration: seconds,
    // Each connection begins elsewhere, so that no two ask the same at a time.
    setupClient: (started) => started.setRequests(rotated(requests, (client++ / connections) * requests.length)),
  });
  run.on("response", (_client, _status, _bytes, milliseconds: number) => times.push(milliseconds));
  const result = await run;
  const sorted = Float64Array.from(times).sort();
  return {
    answered: sorted.length,
    perSecond: sorted.length / result.duration,
    errors: result.errors + result.timeouts + result.non2xx,
    quantile: (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))],
  };
}

function rotated<Item>(items: readonly Item[], by: number): readonly Item[] {
  const start = Math.floor(by) % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
