/** Visits as typed columns: a session a row, what happened in it side by side, oldest first. */
import type { Identifiers } from "../catalogue/identifiers.ts";
import { atOnce, type InPieces } from "../matrix/pieces.ts";

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
  /** 1 for sessions in which a user agent named itself a machine. Absent where user agents were not recorded. */
  readonly declaredBot?: Uint8Array;
}

/**
 * Some of the sessions as a history of their own.
 * @param chosen indices of sessions, ascending, so that the order of their ends stays
 * @example
 * const newest = selectSessions(sessions, Uint32Array.of(sessions.endedAt.length - 1));
 */
export function selectSessions(sessions: SessionHistory, chosen: Uint32Array): SessionHistory {
  return atOnce(selectSessionsInPieces(sessions, chosen));
}

/** Sessions that are copied between two pauses. */
const sessionsAPiece = 4096;

/** The same, pausing on the way. */
export function* selectSessionsInPieces(sessions: SessionHistory, chosen: Uint32Array): InPieces<SessionHistory> {
  const offsets = new Uint32Array(chosen.length + 1);
  for (const [place, session] of chosen.entries()) {
    offsets[place + 1] = offsets[place] + sessions.offsets[session + 1] - sessions.offsets[session];
  }
  const product = new Uint32Array(offsets[chosen.length]);
  const kind = new Uint8Array(product.length);
  const occurredAt = new Float64Array(product.length);
  for (const [place, session] of chosen.entries()) {
    if (place % sessionsAPiece === 0) yield;
    const begin = sessions.offsets[session];
    const end = sessions.offsets[session + 1];
    product.set(sessions.product.subarray(begin, end), offsets[place]);
    kind.set(sessions.kind.subarray(begin, end), offsets[place]);
    occurredAt.set(sessions.occurredAt.subarray(begin, end), offsets[place]);
  }
  const { visitors, productCount, declaredBot } = sessions;
  return {
    visitors,
    visitorOf: chosen.map((session) => sessions.visitorOf[session]),
    startedAt: Float64Array.from(chosen, (session) => sessions.startedAt[session]),
    endedAt: Float64Array.from(chosen, (session) => sessions.endedAt[session]),
    offsets,
    product,
    kind,
    occurredAt,
    productCount,
    ...(declaredBot && { declaredBot: Uint8Array.from(chosen, (session) => declaredBot[session]) }),
  };
}
