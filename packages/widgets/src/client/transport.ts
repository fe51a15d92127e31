/**
 * Calls to the REST API that need no CORS preflight: JSON as `text/plain` with the publishable key inside, no custom
 * headers, no cookies.
 */
export interface TransportOptions {
  /** Base address of the API, for example `https://shop.example/api/upsell-cross-sell`. */
  readonly endpoint: string;
  /** Publishable: `pk_...`. */
  readonly key: string;
  /** The browser's own by default; tests and workers give theirs. */
  readonly fetch?: typeof fetch;
}

export interface Transport {
  /** Outlives its page when `keepalive`. Resolves with any status; rejects when there is no answer in time. */
  post(
    path: string,
    body: object,
    options: { readonly timeout: number; readonly keepalive?: boolean },
  ): Promise<Response>;
  /** @returns the answer's JSON; rejects for every status but 2xx */
  get(path: string, options: { readonly timeout: number }): Promise<unknown>;
  /** A file the API names: content that never changes and needs no key. @param url absolute, or relative to the endpoint */
  getFile(url: string, options: { readonly timeout: number }): Promise<unknown>;
  /** For a page that is about to go. @returns false when the browser would not take it */
  beacon(path: string, body: object): boolean;
}

export function createTransport({
  endpoint,
  key,
  fetch = globalThis.fetch.bind(globalThis),
}: TransportOptions): Transport {
  const base = endpoint.replace(/\/+$/, "");
  const read = async (address: string, timeout: number): Promise<unknown> => {
    const response = await fetch(address, { credentials: "omit", signal: AbortSignal.timeout(timeout) });
    if (!response.ok) throw new Error(`${address} was answered with ${response.status}.`);
    return response.json();
  };
  const text = (body: object): string => JSON.stringify({ key, ...body });
  return {
    post: (path, body, { timeout, keepalive = false }) =>
      fetch(base + path, {
        method: "POST",
        body: text(body),
        headers: { "content-type": "text/plain;charset=UTF-8" },
        credentials: "omit",
        keepalive,
        signal: AbortSignal.timeout(timeout),
      }),
    get: (path, { timeout }) => read(`${base}${path}?key=${encodeURIComponent(key)}`, timeout),
    getFile: (url, { timeout }) => read(new URL(url, new URL(`${base}/`, document.baseURI)).href, timeout),
    beacon: (path, body) =>
      navigator.sendBeacon?.(base + path, new Blob([text(body)], { type: "text/plain" })) ?? false,
  };
}
