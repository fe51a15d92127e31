/** The calls the console makes: the server's typed client, with failures as problems that can be shown, and uploads that can be watched. */
import { createClient } from "@basketlift/server-adapter/client";
import type { Answer, ApiClient } from "./contract.ts";
import { problemOf, unreachable, type Problem } from "./problem.ts";
import { sendFile, type FileAnswer, type FileToSend } from "./send-file.ts";

export interface ImportRequest {
  readonly file: File;
  readonly kind: "orders" | "products";
  readonly currency?: string;
  readonly timeZone?: string;
}

export interface Api extends Omit<ApiClient, "importOrders" | "importProducts"> {
  readonly importFile: (
    request: ImportRequest,
    options: { readonly onProgress: (share: number) => void; readonly signal?: AbortSignal },
  ) => Promise<Answer<"importOrders">>;
}

export interface ApiOptions {
  readonly fetch?: typeof globalThis.fetch;
  readonly send?: (request: FileToSend) => Promise<FileAnswer>;
  /** Called whenever the server does not know (any more) who calls. */
  readonly onSignedOut?: () => void;
}

/**
 * @returns one method a route; each rejects with a `Problem`
 * @example
 * const { data } = await createApi().listDecisions({ query: { limit: 20 } });
 */
export function createApi({
  fetch = (...request) => globalThis.fetch(...request),
  send = sendFile,
  onSignedOut,
}: ApiOptions = {}): Api {
  const refused = async (answer: FileAnswer): Promise<Problem> => {
    const problem = await problemOf(answer);
    if (problem.code === "unauthenticated") onSignedOut?.();
    return problem;
  };
  const client = createClient({
    async fetch(...request) {
      const answer = await fetch(...request).catch(failed);
      if (!answer.ok) throw await refused(answer);
      return answer;
    },
  });
  return {
    ...client,
    createStrategy: (input, options) =>
      client.createStrategy(input, { ...options, headers: { "idempotency-key": randomKey() } }),
    updateAffinities: (input, options) =>
      client.updateAffinities(input, { ...options, headers: { "idempotency-key": randomKey() } }),
    async importFile({ file, kind, ...query }, { onProgress, signal }) {
      const path = kind === "orders" ? "/orders/import" : "/catalog/import";
      const url = `/api/upsell-cross-sell${path}?${new URLSearchParams({ ...query, fileName: file.name })}`;
      const answer = await send({ url, file, onProgress, signal }).catch(failed);
      if (answer.status >= 400) throw await refused(answer);
      return answer.json();
    },
  };
}

/** Ending a call on purpose is no problem to show; everything else that keeps an answer away is. */
function failed(error: unknown): never {
  throw error instanceof DOMException && error.name === "AbortError" ? error : unreachable();
}

/** Unlike `crypto.randomUUID`, also where the console is served without TLS. */
const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
