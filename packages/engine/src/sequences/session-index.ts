/**
 * Sessions by product, newest first: the index that session neighbours are searched in. Sessions are renumbered from the
 * newest, 0, to the oldest, so that "more recent" is "smaller" and posting lists ascend.
 */
import { columnSizes, rowSizes, type Incidence } from "../matrix/sparse.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";

export interface SessionIndex {
  /** Sessions x products, newest session first, each product once a session. */
  readonly sessions: Incidence;
  /** Products x sessions: the newest sessions that hold the product, newest first. */
  readonly postings: Incidence;
}

/** Sessions longer than this share of all are robots or shop staff, and are left out. */
const longestQuantile = 0.995;

/** Sessions that are read between two looks at the clock, which costs as much as a short one. */
const rowsAPiece = 64;

/**
 * @param sessions sessions x products, oldest session first, repetitions allowed
 * @param postingLength sessions kept for each product
 * @returns the index, and how many kept sessions hold each product
 */
export async function buildSessionIndex(
  sessions: Incidence,
  postingLength: number,
  controls: TrainingControls,
): Promise<{ index: SessionIndex; clicks: Uint32Array }> {
  const distinct = await distinctNewestFirst(sessions, controls);
  const kept = await withoutLongest(distinct, controls);
  const clicks = columnSizes(kept);
  const postings = await newestSessionsByProduct(kept, clicks, postingLength, controls);
  return { index: { sessions: kept, postings }, clicks };
}

/** Turns the order of sessions around and keeps each product of a session once. */
async function distinctNewestFirst(
  { rows, columns, offsets, indices }: Incidence,
  controls: TrainingControls,
): Promise<Incidence> {
  const distinctOffsets = new Uint32Array(rows + 1);
  const distinct = new Uint32Array(indices.length);
  const lastRow = new Int32Array(columns).fill(-1);
  let length = 0;
  const pace = createPacer("reading sessions", rows, controls);
  for (let row = 0; row < rows; row++) {
    if (row % rowsAPiece === 0 && pace.isDue()) await pace.rest(row);
    const source = rows - 1 - row;
    for (let i = offsets[source]; i < offsets[source + 1]; i++) {
      const product = indices[i];
      if (lastRow[product] === row) continue;
      lastRow[product] = row;
      distinct[length++] = product;
    }
    distinctOffsets[row + 1] = length;
  }
  pace.finish();
  return { rows, columns, offsets: distinctOffsets, indices: distinct.slice(0, length) };
}

/** Drops sessions beyond the 99.5th percentile of distinct products, and empty ones. */
async function withoutLongest(sessions: Incidence, controls: TrainingControls): Promise<Incidence> {
  const { rows, columns, offsets, indices } = sessions;
  const longest = longestOrdinary(rowSizes(sessions));
  const keptOffsets = new Uint32Array(rows + 1);
  const kept = new Uint32Array(indices.length);
  let keptRows = 0;
  let length = 0;
  const pace = createPacer("leaving out robots", rows, controls);
  for (let row = 0; row < rows; row++) {
    if (row % rowsAPiece === 0 && pace.isDue()) await pace.rest(row);
    const size = offsets[row + 1] - offsets[row];
    if (size === 0 || size > longest) continue;
    for (let i = offsets[row]; i < offsets[row + 1]; i++) kept[length++] = indices[i];
    keptOffsets[++keptRows] = length;
  }
  pace.finish();
  return { rows: keptRows, columns, offsets: keptOffsets.slice(0, keptRows + 1), indices: kept.slice(0, length) };
}

/** The smallest length that at least 99.5 % of the sessions do not exceed. */
function longestOrdinary(lengths: Uint32Array): number {
  const sessionsOf = new Uint32Array(lengths.reduce((most, length) => Math.max(most, length), 0) + 1);
  for (const length of lengths) sessionsOf[length]++;
  let length = 0;
  let covered = sessionsOf[0];
  while (covered < Math.ceil(longestQuantile * lengths.length)) covered += sessionsOf[++length];
  return length;
}

async function newestSessionsByProduct(
  { rows, columns, offsets, indices }: Incidence,
  clicks: Uint32Array,
  postingLength: number,
  controls: TrainingControls,
): Promise<Incidence> {
  const postingOffsets = new Uint32Array(columns + 1);
  for (let product = 0; product < columns; product++) {
    postingOffsets[product + 1] = postingOffsets[product] + Math.min(clicks[product], postingLength);
  }
  const next = postingOffsets.slice();
  const postings = new Uint32Array(postingOffsets[columns]);
  const pace = createPacer("indexing sessions", rows, controls);
  for (let session = 0; session < rows; session++) {
    if (session % rowsAPiece === 0 && pace.isDue()) await pace.rest(session);
    for (let i = offsets[session]; i < offsets[session + 1]; i++) {
      const product = indices[i];
      if (next[product] < postingOffsets[product + 1]) postings[next[product]++] = session;
    }
  }
  pace.finish();
  return { rows: columns, columns: rows, offsets: postingOffsets, indices: postings };
}
