/** Visits as typed columns: a session a row, what happened in it side by side, oldest first. */
import type { Identifiers } from "../catalogue/identifiers.ts";

/** Codes of `kind`. */
export const interactionCode = { view: 0, click: 1, cart: 2, purchase: 3 } as const;

/** Sessions by index, in order of their end. Events of session `s` have `offsets[s] <= e < offsets[s + 1]`. */
export interface SessionHistory {
  readonly visitors: Identifiers;
  /** Index into `visitors`. */
  readonly visitorOf: Uint32Array;
  /** Milliseconds since 1970, UTC, of the first and last event. `endedAt` ascends. */
  readonly startedAt: Float64Array;
  readonly endedAt: Float64Array;
  readonly offsets: Uint32Array;
  /** Catalogue index of each event's product. */
  readonly product: Uint32Array;
  /** Codes of `interactionCode`. */
  readonly kind: Uint8Array;
  readonly occurredAt: Float64Array;
  readonly productCount: number;
}
