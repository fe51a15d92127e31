/**
 * Cuts what visitors did into sessions: a pause longer than `idleMinutes` ends one, as web analytics has long agreed.
 * Events may come in any order. O(events) when each visitor's events are in order, memory about 60 bytes an event.
 */
import type { Identifiers } from "../catalogue/identifiers.ts";
import { requireNumber } from "../errors.ts";
import { GrowingColumn } from "../matrix/growing-column.ts";
import { atOnce, pieceSize, type InPieces } from "../matrix/pieces.ts";
import { sortByKeyInPieces } from "../matrix/sort.ts";
import { orderInPieces } from "../matrix/sparse.ts";
import { readInteractions, unknownProduct, type InteractionColumns } from "./interaction-columns.ts";
import type { Interaction } from "./order.ts";
import type { SessionHistory } from "./session-history.ts";

/** When a visit ends. */
export interface SessionizeOptions {
  /** A session ends after a pause longer than this many minutes. */
  readonly idleMinutes?: number;
}

/** How many events were left out, and why. */
export interface SessionizeNotes {
  /** Same visitor, product, kind and millisecond as an event before. */
  readonly duplicates: number;
  /** Events of products that are not in the catalogue. They still keep a session alive. */
  readonly unknownProducts: number;
}

/** What interactions were cut into. */
export interface Sessionized {
  readonly sessions: SessionHistory;
  readonly notes: SessionizeNotes;
}

/** Events or sessions that are looked at between two pauses. */
const rowsAPiece = 4096;

/**
 * @param interactions any iterable, read once
 * @param catalogueIds the products that count
 * @returns sessions by their end; equal times keep the order of arrival. Sessions without any known product are left
 * out.
 * @throws InvalidInput naming the event whose visitor, kind or time cannot be read
 * @throws InvalidOption when `idleMinutes` is negative or not finite
 * @example
 * const { sessions, notes } = sessionize(interactions, catalogue.ids);
 */
export function sessionize(
  interactions: Iterable<Interaction>,
  catalogueIds: Identifiers,
  options: SessionizeOptions = {},
): Sessionized {
  return atOnce(sessionizeInPieces(interactions, catalogueIds, options));
}

/** The same, pausing on the way. */
export function* sessionizeInPieces(
  interactions: Iterable<Interaction>,
  catalogueIds: Identifiers,
  { idleMinutes = 30 }: SessionizeOptions = {},
): InPieces<Sessionized> {
  requireNumber("idleMinutes", idleMinutes, 0);
  const events = yield* readInteractions(interactions, catalogueIds);
  const arranged = yield* byVisitorAndTime(events);
  const cuts = yield* cutAtPauses(events, arranged, idleMinutes * 60_000);
  return { sessions: yield* layOut(events, cuts, catalogueIds.size), notes: cuts.notes };
}

/** Event numbers, visitor by visitor, oldest first; equal times keep the order of arrival. */
function* byVisitorAndTime({ length, visitors, visitor, occurredAt }: InteractionColumns): InPieces<Uint32Array> {
  const owner = visitor.subarray(0, length);
  const arranged = yield* orderInPieces(visitors.size, owner);
  let begin = 0;
  let pause = pieceSize;
  while (begin < length) {
    let end = begin + 1;
    let ordered = true;
    for (; end < length && owner[arranged[end]] === owner[arranged[begin]]; end++) {
      ordered &&= occurredAt[arranged[end - 1]] <= occurredAt[arranged[end]];
    }
    // Logs are nearly always in order, so most visitors need no sorting at all.
    if (!ordered) arranged.subarray(begin, end).sort((a, b) => occurredAt[a] - occurredAt[b] || a - b);
    begin = end;
    if (begin < pause) continue;
    pause = begin + pieceSize;
    yield;
  }
  return arranged;
}

/** Kept event numbers, session by session; visitors are still side by side. */
interface Cuts {
  readonly kept: Uint32Array;
  /** First place in `kept` of each session, and one more that closes the last. */
  readonly begins: Uint32Array;
  readonly notes: SessionizeNotes;
}

function* cutAtPauses(events: InteractionColumns, arranged: Uint32Array, longestPause: number): InPieces<Cuts> {
  const { visitor, product, kind, occurredAt } = events;
  const kept = new Uint32Array(arranged.length);
  const begins = new GrowingColumn(Uint32Array);
  /** Products and kinds at the present millisecond of the present visitor. */
  const present = new Set<number>();
  let length = 0;
  let duplicates = 0;
  let unknownProducts = 0;
  let isOpen = false;
  let previous = -1;
  for (let i = 0; i < arranged.length; i++) {
    if (i % rowsAPiece === 0) yield;
    const event = arranged[i];
    const sameVisitor = previous >= 0 && visitor[previous] === visitor[event];
    const pause = sameVisitor ? occurredAt[event] - occurredAt[previous] : Infinity;
    if (pause > 0) present.clear();
    if (pause > longestPause) isOpen = false;
    previous = event;
    if (product[event] === unknownProduct) {
      unknownProducts++;
      continue;
    }
    const deed = product[event] * 4 + kind[event];
    if (present.has(deed)) {
      duplicates++;
      continue;
    }
    present.add(deed);
    if (!isOpen) begins.push(length);
    isOpen = true;
    kept[length++] = event;
  }
  begins.push(length);
  return {
    kept: kept.subarray(0, length),
    begins: begins.store.subarray(0, begins.length),
    notes: { duplicates, unknownProducts },
  };
}

function* layOut(events: InteractionColumns, cuts: Cuts, productCount: number): InPieces<SessionHistory> {
  const { kept, begins } = cuts;
  const sessionCount = begins.length - 1;
  const ranking = yield* rankByEnd(events.occurredAt, cuts);
  const startedAt = new Float64Array(sessionCount);
  const endedAt = new Float64Array(sessionCount);
  const visitorOf = new Uint32Array(sessionCount);
  const offsets = new Uint32Array(sessionCount + 1);
  const product = new Uint32Array(kept.length);
  const kind = new Uint8Array(kept.length);
  const occurredAt = new Float64Array(kept.length);
  const declaredBot = events.declaredBot && new Uint8Array(sessionCount);
  let at = 0;
  for (let place = 0; place < sessionCount; place++) {
    if (place % rowsAPiece === 0) yield;
    for (let i = begins[ranking[place]]; i < begins[ranking[place] + 1]; i++) {
      const event = kept[i];
      product[at] = events.product[event];
      kind[at] = events.kind[event];
      occurredAt[at++] = events.occurredAt[event];
      if (declaredBot && events.declaredBot) declaredBot[place] |= events.declaredBot[event];
    }
    offsets[place + 1] = at;
    startedAt[place] = occurredAt[offsets[place]];
    endedAt[place] = occurredAt[at - 1];
    visitorOf[place] = events.visitor[kept[begins[ranking[place]]]];
  }
  return {
    visitors: events.visitors,
    visitorOf,
    startedAt,
    endedAt,
    offsets,
    product,
    kind,
    occurredAt,
    productCount,
    ...(declaredBot && { declaredBot }),
  };
}

/** Session numbers by the time of their last event; equal times go by the visitor first seen. */
function rankByEnd(occurredAt: Float64Array, { kept, begins }: Cuts): InPieces<Uint32Array> {
  const ends = new Float64Array(begins.length - 1);
  const ranking = new Uint32Array(ends.length);
  for (let session = 0; session < ends.length; session++) {
    ends[session] = occurredAt[kept[begins[session + 1] - 1]];
    ranking[session] = session;
  }
  return sortByKeyInPieces(ranking, ends);
}
