/** Sends a file and says how far it is. `fetch` cannot report the progress of an upload; `XMLHttpRequest` can. */

export interface FileToSend {
  readonly url: string;
  readonly file: File;
  /** Share that has left this device, 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What came back: the part of a `Response` that is needed. */
export type FileAnswer = Pick<Response, "status" | "json">;

/** @throws TypeError when no answer came, and `AbortError` when the signal ended it; both as `fetch` would */
export function sendFile({ url, file, onProgress, signal }: FileToSend): Promise<FileAnswer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("content-type", "application/octet-stream");
    // Tells a call of the console from a form on another site.
    request.setRequestHeader("x-requested-with", "basketlift");
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
    request.addEventListener("load", () => {
      const { status, responseText } = request;
      resolve({ status, json: async () => JSON.parse(responseText) });
    });
    request.addEventListener("error", () => reject(new TypeError("The upload failed.")));
    request.addEventListener("abort", () => reject(new DOMException("The upload was cancelled.", "AbortError")));
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}
