/** The session log as columns of a model file, shared by the models that stand on it. */
import type { ModelFile } from "../files/model-file.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { columnOf, integerSetting, rowsOf } from "../models/model-columns.ts";
import type { SessionLog } from "./session-log.ts";

/**
 * The columns to save.
 * @example
 * return { kind, settings: { productCount }, columns: columnsOfLog(log) };
 */
export function columnsOfLog({ sessions, age, postings, lastPlace, sessionsOf }: SessionLog): ModelFile["columns"] {
  return {
    sessionOffsets: sessions.offsets,
    sessionProducts: sessions.indices,
    age,
    postingOffsets: postings.offsets,
    postings: postings.indices,
    lastPlace,
    sessionsOf,
  };
}

/**
 * Reads what `columnsOfLog` saved; the file's settings name `productCount`.
 * @throws InvalidFile when a column is absent or does not fit the others
 * @example
 * const log = yield* readLog(file);
 */
export function* readLog(file: ModelFile): InPieces<SessionLog> {
  const columns = integerSetting(file, "productCount");
  const sessions = yield* rowsOf(file, "sessionOffsets", "sessionProducts", { columns });
  const postings = yield* rowsOf(file, "postingOffsets", "postings", { rows: columns, columns: sessions.rows });
  return {
    sessions,
    age: yield* columnOf(file, "age", Float32Array, sessions.rows),
    postings,
    lastPlace: yield* columnOf(file, "lastPlace", Uint32Array, postings.indices.length),
    sessionsOf: yield* columnOf(file, "sessionsOf", Uint32Array, columns),
  };
}
