/** What the embedded database's thread and its owner tell each other. */

/** Given to the thread when it starts. Any message after that tells it to close. */
export interface EmbeddedOrder {
  /** Where the data lies; in memory without. */
  readonly directory: string | undefined;
  readonly socketPath: string;
  /** A database to begin with: tar or tar.gz as PGlite dumps it. */
  readonly dump: Uint8Array<ArrayBuffer> | undefined;
}

export type EmbeddedReport = { readonly kind: "listening" } | { readonly kind: "failed"; readonly reason: string };
