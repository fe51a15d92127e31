/** The calls the console makes: the server's typed client, with failures as problems that can be shown, and uploads that can be watched. */
import { createClient } from "@basketlift/server-adapter/client";
import type { Answer, ApiClient, ImportPreview } from "./contract.ts";
import { problemOf, unreachable, type Problem } from "./problem.ts";
import { sendFile, type FileAnswer, type FileToSend } from "./send-file.ts";

export interface ImportRequest {
  readonly file: File;
  readonly kind: "orders" | "products";
  readonly currency?: string;
  readonly timeZone?: string;
  readonly dateOrder?: "day-first" | "month-first";
  /** What becomes of rows that repeat an earlier one in every column. */
  readonly repeatedRows?: "drop" | "keep";
  /** Header by field; an empty one says that the file does not have the field. */
  readonly columns?: Readonly<Record<string, string>>;
}

export interface Api extends Omit<ApiClient, "importOrders" | "importProducts" | "previewOrders" | "previewProducts"> {
  /** Sends the beginning of the file only. */
  readonly previewFile: (request: ImportRequest, options: { readonly signal: AbortSignal }) => Promise<ImportPreview>;
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
    async previewFile(request, { signal }) {
      const answer = await fetch(addressOf(request, "/preview", { fileSize: String(request.file.size) }), {
        method: "POST",
        headers: { "content-type": "application/octet-stream", "x-requested-with": "basketlift" },
        body: request.file.slice(0, previewBytes),
        signal,
      }).catch(failed);
      if (!answer.ok) throw await refused(answer);
      return answer.json();
    },
    async importFile(request, { onProgress, signal }) {
      const answer = await send({ url: addressOf(request), file: request.file, onProgress, signal }).catch(failed);
      if (answer.status >= 400) throw await refused(answer);
      return answer.json();
    },
  };
}

/** So much of a file shows how it would be read. */
const previewBytes = 2 ** 20;

function addressOf(
  { file, kind, columns, ...settings }: ImportRequest,
  end = "",
  more: Readonly<Record<string, string>> = {},
): string {
  const path = kind === "orders" ? "/orders/import" : "/catalog/import";
  const mapping = columns && Object.keys(columns).length > 0 ? { columns: JSON.stringify(columns) } : {};
  const query = new URLSearchParams({ ...settings, ...mapping, ...more, fileName: file.name });
  return `/api/upsell-cross-sell${path}${end}?${query}`;
}

/** Ending a call on purpose is no problem to show; everything else that keeps an answer away is. */
function failed(error: unknown): never {
  throw error instanceof DOMException && error.name === "AbortError" ? error : unreachable();
}

/** Unlike `crypto.randomUUID`, also where the console is served without TLS. */
const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
