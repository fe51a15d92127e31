/** A run of rows as a matrix of its own. */
import type { Incidence } from "../matrix/sparse.ts";

/**
 * Rows `from` up to, not including, `until`, renumbered from 0; the columns are a view on those of `matrix`.
 * @example
 * const newest = rowsBetween(sessions, sessions.rows - 100, sessions.rows);
 */
export function rowsBetween({ columns, offsets, indices }: Incidence, from: number, until: number): Incidence {
  const begin = offsets[from];
  return {
    rows: until - from,
    columns,
    offsets: offsets.slice(from, until + 1).map((place) => place - begin),
    indices: indices.subarray(begin, offsets[until]),
  };
}
