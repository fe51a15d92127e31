/**
 * Pages of lists: `?limit=50&cursor=...` in, `{ data, page: { nextCursor, hasMore } }` out. A cursor is the place of the
 * last row in the list's order, not a count of rows, so that what is added meanwhile neither repeats nor hides a row.
 */
import { ProblemError } from "./problem.ts";

/** Where a row stands: the values a list is ordered by, the row's id last. */
export type Place = readonly (string | number)[];

export interface Page<Item> {
  data: Item[];
  page: { nextCursor: string | null; hasMore: boolean };
}

/**
 * @param rows in the list's order, one more than the limit where there are more
 * @param placeOf where a row stands
 * @example
 * const rows = await query.limit(limit + 1);
 * return pageOf(rows, limit, ({ placedAt, id }) => [placedAt.getTime(), id], orderAnswer);
 */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => Place,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const hasMore = rows.length > limit;
  const last = shown.at(-1);
  return {
    data: shown.map(itemOf),
    page: { nextCursor: hasMore && last !== undefined ? cursorAt(placeOf(last)) : null, hasMore },
  };
}

/** @returns an opaque text that fits into a URL */
export function cursorAt(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/**
 * @param form what the place is made of
 * @throws ProblemError `invalid-request` unless the cursor was made for such a list
 * @example
 * const [time, id] = placeOf(cursor, ["number", "string"]);
 */
export function placeAt<const Form extends readonly ("string" | "number")[]>(
  cursor: string,
  form: Form,
): { [Index in keyof Form]: Form[Index] extends "string" ? string : number } {
  const place = parse(cursor);
  if (!hasForm(place, form)) {
    throw new ProblemError("invalid-request", "The cursor does not belong to this list; start without one.", {
      errors: [{ pointer: "/query/cursor", detail: "not a cursor of this list" }],
    });
  }
  return place;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return undefined;
  }
}

function hasForm<const Form extends readonly ("string" | "number")[]>(
  place: unknown,
  form: Form,
): place is { [Index in keyof Form]: Form[Index] extends "string" ? string : number } {
  return (
    Array.isArray(place) &&
    place.length === form.length &&
    form.every((type, index) => typeof place[index] === type && !String(place[index]).includes("\0"))
  );
}
