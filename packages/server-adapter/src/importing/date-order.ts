/** Whether 3/4/2024 is the third of April or the fourth of March, decided on a whole file, and times made instants. */
import { type DateFormat, type DateReading, readDate, wallOfDay } from "./dates.ts";
import { createWallClock } from "./time-zone.ts";

export type DateOrder = "day-first" | "month-first";

/** What was found out about the times of a file. */
export interface DateStyle {
  /** Rows by how their time is written. */
  readonly formats: Readonly<Partial<Record<DateFormat, number>>>;
  /** How day and month in figures were read; absent when no time needs it. */
  readonly order?: DateOrder | undefined;
  /** `evidence`: days above 12. `future`: the other order gives days that are not there yet. `sequence`: rows ascend. */
  readonly because?: "given" | "evidence" | "separator" | "future" | "sequence" | "assumed" | undefined;
  /** Rows whose day is above 12 in the first and in the second place. */
  readonly dayFirstRows: number;
  readonly monthFirstRows: number;
  /** Rows that could be read either way. */
  readonly ambiguousRows: number;
  /** Where times without a zone are taken to be. */
  readonly timeZone: string;
  /** Rows whose time has no zone. */
  readonly localRows: number;
}

export interface DateStyleOptions {
  readonly timeZone: string;
  /** Milliseconds since 1970: what lies behind it speaks against an order. */
  readonly now: number;
  /** The merchant's own word. */
  readonly given?: DateOrder | undefined;
  /** What to assume when nothing tells. */
  readonly fallback: DateOrder;
}

type Figures = Extract<DateReading, { kind: "figures" }>;

/**
 * @param texts distinct values, in the order in which they first stand in the file
 * @param rows how many rows have each
 * @returns the style and milliseconds since 1970 of each text, NaN where it is no time
 */
export function readDates(
  texts: readonly string[],
  rows: Uint32Array,
  { timeZone, now, given, fallback }: DateStyleOptions,
): { style: DateStyle; at: Float64Array } {
  const formats: Partial<Record<DateFormat, number>> = {};
  const count = { dayFirstRows: 0, monthFirstRows: 0, ambiguousRows: 0, localRows: 0, dotted: 0 };
  for (const [index, text] of texts.entries()) {
    const reading = readDate(text);
    if (!reading) continue;
    formats[reading.format] = (formats[reading.format] ?? 0) + rows[index];
    if (reading.kind === "wall" || (reading.kind === "figures" && reading.offset === undefined))
      count.localRows += rows[index];
    if (reading.kind !== "figures") continue;
    const { first, second, separator } = reading;
    if (first > 12 && second <= 12) count.dayFirstRows += rows[index];
    else if (second > 12 && first <= 12) count.monthFirstRows += rows[index];
    else if (first !== second) count.ambiguousRows += rows[index];
    if (separator === ".") count.dotted += rows[index];
  }
  const needed = count.dayFirstRows + count.monthFirstRows + count.ambiguousRows > 0;
  const decision = needed ? decideOrder(texts, count, { now, given, fallback }) : undefined;
  const { dotted: _, ...rowCounts } = count;
  const style: DateStyle = { formats, ...decision, ...rowCounts, timeZone };
  return { style, at: instants(texts, decision?.order ?? fallback, timeZone) };
}

function decideOrder(
  texts: readonly string[],
  { dayFirstRows, monthFirstRows, dotted }: { dayFirstRows: number; monthFirstRows: number; dotted: number },
  { now, given, fallback }: { now: number; given: DateOrder | undefined; fallback: DateOrder },
): Required<Pick<DateStyle, "order" | "because">> {
  if (given) return { order: given, because: "given" };
  if (dayFirstRows !== monthFirstRows)
    return { order: dayFirstRows > monthFirstRows ? "day-first" : "month-first", because: "evidence" };
  // Nobody writes the month first with points.
  if (dotted > 0) return { order: "day-first", because: "separator" };
  const dayFirst = judgeSequence(texts, "day-first", now);
  const monthFirst = judgeSequence(texts, "month-first", now);
  if ((dayFirst.future === 0) !== (monthFirst.future === 0))
    return { order: dayFirst.future === 0 ? "day-first" : "month-first", because: "future" };
  // Exports are sorted by time: the wrong order jumps back each time the month's figure wraps.
  const [fewer, more] = [Math.min(dayFirst.jumps, monthFirst.jumps), Math.max(dayFirst.jumps, monthFirst.jumps)];
  if (more >= 3 && fewer * 4 <= more)
    return { order: dayFirst.jumps < monthFirst.jumps ? "day-first" : "month-first", because: "sequence" };
  return { order: fallback, because: "assumed" };
}

/** Days that are not there yet, and changes of direction, when the file is read in one order. */
function judgeSequence(texts: readonly string[], order: DateOrder, now: number): { future: number; jumps: number } {
  const tomorrow = now + 24 * 3_600_000;
  let future = 0;
  let falls = 0;
  let rises = 0;
  let previous: number | undefined;
  for (const text of texts) {
    const reading = readDate(text);
    if (reading?.kind !== "figures") continue;
    const wall = wallOfFigures(reading, order);
    if (wall === undefined) continue;
    if (wall > tomorrow) future++;
    if (previous !== undefined && wall < previous) falls++;
    if (previous !== undefined && wall > previous) rises++;
    previous = wall;
  }
  return { future, jumps: Math.min(falls, rises) };
}

function instants(texts: readonly string[], order: DateOrder, timeZone: string): Float64Array {
  const toInstant = createWallClock(timeZone);
  return Float64Array.from(texts, (text) => {
    const reading = readDate(text);
    if (!reading) return Number.NaN;
    if (reading.kind === "instant") return reading.at;
    const wall = reading.kind === "wall" ? reading.wall : wallOfFigures(reading, order);
    if (wall === undefined) return Number.NaN;
    const offset = reading.kind === "figures" ? reading.offset : undefined;
    return offset === undefined ? toInstant(wall) : wall - offset;
  });
}

/** A value whose own figures allow one order only is read in that one, whatever the file does. */
function wallOfFigures({ first, second, year, time }: Figures, order: DateOrder): number | undefined {
  const dayFirst = wallOfDay(year, second, first);
  const monthFirst = wallOfDay(year, first, second);
  const midnight = order === "day-first" ? (dayFirst ?? monthFirst) : (monthFirst ?? dayFirst);
  return midnight === undefined ? undefined : midnight + time;
}
