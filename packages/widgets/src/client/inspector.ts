/**
 * A shopper never sees a failure; a developer sees them all. Whatever the client does or fails to do goes out as a DOM
 * event `basketlift:inspect` on the document.
 * @example
 * document.addEventListener("basketlift:inspect", ({ detail }) => console.log(detail));
 */
export interface Inspection {
  readonly what: "request" | "answer" | "event" | "sent" | "re-ranked" | "nothing-shown" | "failure";
  /** One sentence. */
  readonly message: string;
  /** What it is about: a body, an answer, an error. */
  readonly data?: unknown;
}

export type Inspect = (inspection: Inspection) => void;

export const inspectEvent = "basketlift:inspect";

declare global {
  interface DocumentEventMap {
    [inspectEvent]: CustomEvent<Inspection>;
  }
}

/** A listener that throws has only itself to blame: `dispatchEvent` reports it and goes on. */
export const inspect: Inspect = (detail) => {
  document.dispatchEvent(new CustomEvent(inspectEvent, { detail }));
};

export function inspectFailure(message: string, error: unknown): void {
  inspect({ what: "failure", message, data: error });
}
