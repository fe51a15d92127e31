/**
 * Past sessions as the session signals read them: every entry in its order, repetitions kept, with the age of each
 * session and, for each product, the newest sessions that hold it. Takes 4 bytes an entry, 8 a session, and 8 a posting.
 */
import type { Incidence } from "../matrix/sparse.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";

/** What session models are trained on: a `TrainingView`. */
export interface SessionData {
  /** Sessions x products in the order of events, oldest session first, repetitions kept. */
  readonly sessions: Incidence;
  /** Milliseconds since 1970 of the last event of each session, ascending. */
  readonly sessionEndedAt: ArrayLike<number>;
}

export interface SessionLog {
  /** Sessions x products in the order of events, oldest session first. */
  readonly sessions: Incidence;
  /** Days from a session's end to that of the newest one. */
  readonly age: Float32Array;
  /** Products x sessions: the newest sessions that hold the product, newest first. */
  readonly postings: Incidence;
  /** For each posting, the last place of the product in that session. */
  readonly lastPlace: Uint32Array;
  /** How many sessions hold each product, those beyond the postings included. */
  readonly sessionsOf: Uint32Array;
}

const day = 86_400_000;

/** Sessions that are read between two looks at the clock. */
const rowsAPiece = 64;

/**
 * @param postingLength sessions kept for each product
 * @example
 * const log = await buildSessionLog(view, 1000);
 */
export async function buildSessionLog(
  { sessions, sessionEndedAt }: SessionData,
  postingLength: number,
  controls: TrainingControls = {},
): Promise<SessionLog> {
  const sessionsOf = await countSessions(sessions, controls);
  return {
    sessions,
    age: agesInDays(sessionEndedAt, sessions.rows),
    ...(await newestPostings(sessions, sessionsOf, postingLength, controls)),
    sessionsOf,
  };
}

/** Days from each session's end to that of the newest. */
export function agesInDays(endedAt: ArrayLike<number>, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, session) => (endedAt[count - 1] - endedAt[session]) / day);
}

async function countSessions(
  { rows, columns, offsets, indices }: Incidence,
  controls: TrainingControls,
): Promise<Uint32Array> {
  const sessionsOf = new Uint32Array(columns);
  const lastSession = new Int32Array(columns).fill(-1);
  const pace = createPacer("counting sessions", rows, controls);
  for (let session = 0; session < rows; session++) {
    if (session % rowsAPiece === 0 && pace.isDue()) await pace.rest(session);
    for (let i = offsets[session]; i < offsets[session + 1]; i++) {
      if (lastSession[indices[i]] === session) continue;
      lastSession[indices[i]] = session;
      sessionsOf[indices[i]]++;
    }
  }
  pace.finish();
  return sessionsOf;
}

async function newestPostings(
  { rows, columns, offsets, indices }: Incidence,
  sessionsOf: Uint32Array,
  postingLength: number,
  controls: TrainingControls,
): Promise<Pick<SessionLog, "postings" | "lastPlace">> {
  const postingOffsets = new Uint32Array(columns + 1);
  for (let product = 0; product < columns; product++) {
    postingOffsets[product + 1] = postingOffsets[product] + Math.min(sessionsOf[product], postingLength);
  }
  const next = postingOffsets.slice();
  const postings = new Uint32Array(postingOffsets[columns]);
  const lastPlace = new Uint32Array(postings.length);
  const lastSession = new Int32Array(columns).fill(-1);
  const pace = createPacer("indexing sessions", rows, controls);
  for (let session = rows - 1; session >= 0; session--) {
    if (session % rowsAPiece === 0 && pace.isDue()) await pace.rest(rows - session);
    // Backwards, so that the last place of a repeated product is met first.
    for (let i = offsets[session + 1] - 1; i >= offsets[session]; i--) {
      const product = indices[i];
      if (lastSession[product] === session || next[product] === postingOffsets[product + 1]) continue;
      lastSession[product] = session;
      postings[next[product]] = session;
      lastPlace[next[product]++] = i - offsets[session];
    }
  }
  pace.finish();
  return { postings: { rows: columns, columns: rows, offsets: postingOffsets, indices: postings }, lastPlace };
}

/**
 * The session that each entry stands in: 4 bytes an entry.
 * @example
 * sessionOfEachEntry(sessions)[sessions.offsets[7]]; // 7
 */
export function sessionOfEachEntry({ rows, offsets, indices }: Incidence): Uint32Array {
  const session = new Uint32Array(indices.length);
  for (let row = 0; row < rows; row++) session.fill(row, offsets[row], offsets[row + 1]);
  return session;
}
