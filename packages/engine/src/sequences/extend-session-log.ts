/** Adds new sessions to a session log without reading the old ones again. */
import { InvalidInput, requireInteger } from "../errors.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { agesInDays, buildSessionLog, type SessionData, type SessionLog } from "./session-log.ts";

/** Products whose postings are joined between two looks at the clock. */
const productsAPiece = 256;

/**
 * The log of `data`, of which the first sessions are those of `log`: equal to what `buildSessionLog` makes of all of it.
 * Reads the new sessions, and copies the postings: time and memory grow with both, not with the old sessions' entries.
 * @param data all sessions, old and new; products may have been added
 * @param postingLength the same that `log` was built with
 * @throws InvalidInput when `data` holds fewer sessions or products than `log`
 * @example
 * const longer = await extendSessionLog(log, view, 1000);
 */
export async function extendSessionLog(
  log: SessionLog,
  data: SessionData,
  postingLength: number,
  controls: TrainingControls = {},
): Promise<SessionLog> {
  requireInteger("postingLength", postingLength, 1);
  const { rows, columns, offsets, indices } = data.sessions;
  const known = log.sessions.rows;
  if (rows < known) throw new InvalidInput("data.sessions.rows", rows, `at least the ${known} sessions of the log`);
  if (columns < log.sessions.columns) {
    throw new InvalidInput("data.sessions.columns", columns, `at least the ${log.sessions.columns} of the log`);
  }
  const newer = await buildSessionLog(
    {
      sessions: { rows: rows - known, columns, offsets: offsets.subarray(known), indices },
      sessionEndedAt: Array.from({ length: rows - known }, (_, session) => data.sessionEndedAt[known + session]),
    },
    postingLength,
    controls,
  );
  const sessionsOf = newer.sessionsOf.map((count, product) => count + (log.sessionsOf[product] ?? 0));
  return {
    sessions: data.sessions,
    age: agesInDays(data.sessionEndedAt, rows),
    ...(await joinPostings(newer, log, sessionsOf, postingLength, controls)),
    sessionsOf,
  };
}

/** The postings of the newer sessions before those of the older ones, as many as there is room for. */
async function joinPostings(
  newer: SessionLog,
  older: SessionLog,
  sessionsOf: Uint32Array,
  postingLength: number,
  controls: TrainingControls,
): Promise<Pick<SessionLog, "postings" | "lastPlace">> {
  const columns = sessionsOf.length;
  const known = older.sessions.rows;
  const offsets = new Uint32Array(columns + 1);
  for (let product = 0; product < columns; product++) {
    offsets[product + 1] = offsets[product] + Math.min(sessionsOf[product], postingLength);
  }
  const indices = new Uint32Array(offsets[columns]);
  const lastPlace = new Uint32Array(indices.length);
  const pace = createPacer("joining postings", columns, controls);
  for (let product = 0; product < columns; product++) {
    if (product % productsAPiece === 0 && pace.isDue()) await pace.rest(product);
    let place = offsets[product];
    const newEnd = newer.postings.offsets[product + 1];
    for (let i = newer.postings.offsets[product]; i < newEnd; i++, place++) {
      indices[place] = newer.postings.indices[i] + known;
      lastPlace[place] = newer.lastPlace[i];
    }
    // A product with room left is known to the older log.
    for (let i = older.postings.offsets[product]; place < offsets[product + 1]; i++, place++) {
      indices[place] = older.postings.indices[i];
      lastPlace[place] = older.lastPlace[i];
    }
  }
  pace.finish();
  return { postings: { rows: columns, columns: newer.sessions.rows + known, offsets, indices }, lastPlace };
}
