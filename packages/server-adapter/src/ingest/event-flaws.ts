/**
 * What can be wrong with an event that is kept all the same. Most flaws keep an event out of every figure; a clock that
 * runs ahead does not: the event happened, only its time had to be clamped.
 */
import { isNull, or, eq } from "drizzle-orm";
import { events } from "../database/schema.ts";

export type EventFlaw =
  /** The user agent names itself a machine. */
  | "bot"
  /** No decision has this id. */
  | "unknown-decision"
  /** The decision was made for another visitor. */
  | "foreign-decision"
  /** It claims to have happened after it was received; it counts at the time it was received. */
  | "clock-ahead";

const harmless: EventFlaw = "clock-ahead";

/** The events that figures and models may use, as a condition on the `events` table. */
export const isTrustworthy = or(isNull(events.flaw), eq(events.flaw, harmless));

/** The same for statements written by hand; `alias` is the name of the events table in them. */
export function trustworthy(alias: string): string {
  return `(${alias}.flaw is null or ${alias}.flaw = '${harmless}')`;
}
