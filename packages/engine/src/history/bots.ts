/**
 * Leaves machines out of what models learn from. The rules are conservative: they look for what no person does over
 * a whole session, so that a fast shopper with twenty tabs stays. What leaves is counted by reason and can be shown.
 */
import { requireInteger, requireNumber } from "../errors.ts";
import { atOnce, type InPieces } from "../matrix/pieces.ts";
import { selectSessionsInPieces, type SessionHistory } from "./session-history.ts";
import { isDeclaredBot } from "./user-agents.ts";

/** Sessions that are judged between two pauses. */
const sessionsAPiece = 1024;

/** Why a session was taken for a machine's; the first that holds is counted. */
export type BotReason = "declared" | "no-human-hours" | "too-many-products" | "too-fast";

/** When a session or visitor counts as a machine. Each rule has a default. */
export interface BotRules {
  /** Events a minute, sustained from a session's first event to its last. */
  readonly eventsPerMinute?: number;
  /** Sessions with fewer events are never too fast: a page that opens in many tabs is no machine. */
  readonly fastEvents?: number;
  /** Distinct products in one session. */
  readonly distinctProducts?: number;
  /** Distinct hours of one UTC day in which a visitor may be active. All sessions of one who exceeds it leave. */
  readonly activeHours?: number;
  /** User agents by session index, for histories whose interactions did not carry them. */
  readonly userAgentOf?: (session: number) => string | undefined;
}

/**
 * @returns the sessions that stay, in their order, and how many left for which reason
 * @throws InvalidOption when a limit is negative, or a count is not an integer
 * @example
 * const { sessions, removed } = filterBots(history);
 * removed["too-fast"]; // 3
 */
export function filterBots(
  sessions: SessionHistory,
  rules: BotRules = {},
): { sessions: SessionHistory; removed: Readonly<Record<BotReason, number>> } {
  return atOnce(filterBotsInPieces(sessions, rules));
}

/** The same, pausing on the way. */
export function* filterBotsInPieces(
  sessions: SessionHistory,
  { eventsPerMinute = 40, fastEvents = 80, distinctProducts = 400, activeHours = 20, userAgentOf }: BotRules = {},
): InPieces<{ sessions: SessionHistory; removed: Readonly<Record<BotReason, number>> }> {
  requireNumber("eventsPerMinute", eventsPerMinute, 0);
  requireInteger("fastEvents", fastEvents, 2);
  requireInteger("distinctProducts", distinctProducts, 1);
  requireInteger("activeHours", activeHours, 1);

  const sleepless = yield* findSleepless(sessions, activeHours);
  const countProducts = createProductCounter(sessions);
  function reasonOf(session: number): BotReason | undefined {
    if (sessions.declaredBot?.[session] || isDeclaredBot(userAgentOf?.(session) ?? "")) return "declared";
    if (sleepless[sessions.visitorOf[session]]) return "no-human-hours";
    const events = sessions.offsets[session + 1] - sessions.offsets[session];
    if (events > distinctProducts && countProducts(session) > distinctProducts) return "too-many-products";
    const minutes = (sessions.endedAt[session] - sessions.startedAt[session]) / 60_000;
    return events >= fastEvents && events > eventsPerMinute * minutes ? "too-fast" : undefined;
  }

  const removed = { declared: 0, "no-human-hours": 0, "too-many-products": 0, "too-fast": 0 };
  const kept = new Uint32Array(sessions.visitorOf.length);
  let length = 0;
  for (let session = 0; session < kept.length; session++) {
    if (session % sessionsAPiece === 0) yield;
    const reason = reasonOf(session);
    if (reason) removed[reason]++;
    else kept[length++] = session;
  }
  if (length === kept.length) return { sessions, removed };
  return { sessions: yield* selectSessionsInPieces(sessions, kept.subarray(0, length)), removed };
}

const hour = 3_600_000;

/** 1 for visitors active in more than `limit` distinct hours of one UTC day. */
function* findSleepless(
  { visitors, visitorOf, offsets, occurredAt }: SessionHistory,
  limit: number,
): InPieces<Uint8Array> {
  const sleepless = new Uint8Array(visitors.size);
  /** The day each visitor was last seen on, and a bit for each hour of it. */
  const lastDay = new Float64Array(visitors.size).fill(Number.NaN);
  const hours = new Uint32Array(visitors.size);
  for (let session = 0; session < visitorOf.length; session++) {
    if (session % sessionsAPiece === 0) yield;
    const visitor = visitorOf[session];
    for (let event = offsets[session]; event < offsets[session + 1]; event++) {
      const sinceEpoch = Math.floor(occurredAt[event] / hour);
      const day = Math.floor(sinceEpoch / 24);
      if (lastDay[visitor] !== day) hours[visitor] = 0;
      lastDay[visitor] = day;
      hours[visitor] |= 1 << (sinceEpoch - 24 * day);
      if (bitCount(hours[visitor]) > limit) sleepless[visitor] = 1;
    }
  }
  return sleepless;
}

/** Set bits of a 32-bit integer, by parallel sums: Warren, "Hacker's Delight", 5-1. */
function bitCount(bits: number): number {
  bits -= (bits >>> 1) & 0x55555555;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Counts the distinct products of a session without a set a session: each product remembers who saw it last. */
function createProductCounter({ productCount, offsets, product }: SessionHistory): (session: number) => number {
  const seenBy = new Int32Array(productCount).fill(-1);
  return (session) => {
    let distinct = 0;
    for (let event = offsets[session]; event < offsets[session + 1]; event++) {
      if (seenBy[product[event]] === session) continue;
      seenBy[product[event]] = session;
      distinct++;
    }
    return distinct;
  };
}
