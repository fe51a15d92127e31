/** What the query of an upload says of its file, checked. */
import { z } from "zod";
import type { StoredImportOptions } from "../database/schema.ts";
import { ProblemError } from "../server/problem.ts";

/** As the contract lets it through. */
export interface GivenFileSettings {
  readonly currency?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly dateOrder?: "day-first" | "month-first" | undefined;
  readonly repeatedRows?: "drop" | "keep" | undefined;
  /** JSON. */
  readonly columns?: string | undefined;
}

const mapping = z.record(z.string().max(100), z.string().max(1000));

/** @throws ProblemError for a time zone that nobody knows, and for columns that are no object of texts */
export function fileSettingsOf({
  currency,
  timeZone,
  dateOrder,
  repeatedRows,
  columns,
}: GivenFileSettings): StoredImportOptions {
  if (timeZone !== undefined) checkTimeZone(timeZone);
  return {
    ...(currency !== undefined && { currency }),
    ...(timeZone !== undefined && { timeZone }),
    ...(dateOrder !== undefined && { dateOrder }),
    ...(repeatedRows !== undefined && { repeatedRows }),
    ...(columns !== undefined && { columns: readColumns(columns) }),
  };
}

function readColumns(json: string): Readonly<Record<string, string>> {
  const parsed = mapping.safeParse(parseOrNothing(json));
  if (parsed.success) return parsed.data;
  const detail = 'a JSON object of header by field, for example {"order":"Bill no"}';
  throw invalid("columns", `The columns must be ${detail}.`, detail);
}

function parseOrNothing(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function checkTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions();
  } catch {
    throw invalid("timeZone", `${timeZone} is no IANA time zone such as "Europe/Berlin".`, "no IANA time zone");
  }
}

function invalid(name: string, problem: string, detail: string): ProblemError {
  return new ProblemError("invalid-request", problem, { errors: [{ pointer: `/query/${name}`, detail }] });
}
