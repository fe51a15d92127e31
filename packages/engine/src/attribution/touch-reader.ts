/**
 * Which touches of a journey count for an order. A decision counts once, by its latest touch: loading a page again makes it
 * no more persuasive. Decisions and groups are numbered, so that an order costs no lookup by name.
 */
import { GrowingColumn } from "../matrix/growing-column.ts";
import type { Touch } from "./journey.ts";

/** How long a touch is remembered, in milliseconds, by kind. Kinds without a window do not count. */
export type CreditWindows = Readonly<Record<string, number>>;

/** The touches that count for one order, ascending by time; of one instant in the order given. Columns of one length. */
export interface CountingTouches {
  readonly times: readonly number[];
  /** Numbers of groups; what they are called is in `names`. */
  readonly groups: readonly number[];
}

/** Reads journeys one after another. */
export interface TouchReader {
  /** Goes on to another journey. */
  open(touches: readonly Touch[]): void;
  /** Of the journey that is open, what was touched before an order. */
  before(orderedAt: number): CountingTouches;
  /** Of all groups so far, by number. */
  names(): readonly string[];
}

/** A touch of a kind that counts. */
interface CountingTouch {
  readonly at: number;
  readonly window: number;
  /** Number of the decision. */
  readonly decision: number;
}

/**
 * @param windows how long a touch counts, by kind
 * @param groupOf asked once a decision; each is a group of its own when left out
 * @example
 * const reader = createTouchReader({ click: 1000 });
 * reader.open([{ kind: "click", at: 500, decisionId: "d1" }]);
 * reader.before(900).times; // [500]
 */
export function createTouchReader(windows: CreditWindows, groupOf?: (decisionId: string) => string): TouchReader {
  const windowOf = new Map(Object.entries(windows));
  const longest = Math.max(0, ...windowOf.values());
  const decisions = new Map<string, number>();
  const groups = new Map<string, number>();
  const groupOfDecision = new GrowingColumn(Uint32Array);
  /** The order for which each decision was last counted, from 1. */
  const countedFor = new GrowingColumn(Float64Array);
  let order = 0;
  let counting: CountingTouch[] = [];

  function numberOf(decisionId: string): number {
    const known = decisions.get(decisionId);
    if (known !== undefined) return known;
    const number = decisions.size;
    decisions.set(decisionId, number);
    countedFor.push(0);
    if (groupOf) {
      const name = groupOf(decisionId);
      const group = groups.get(name) ?? groups.size;
      groups.set(name, group);
      groupOfDecision.push(group);
    }
    return number;
  }

  return {
    open(touches) {
      counting = [];
      for (const { kind, at, decisionId } of touches) {
        const window = windowOf.get(kind);
        if (window !== undefined) counting.push({ at, window, decision: numberOf(decisionId) });
      }
      if (!isAscending(counting)) counting.sort((a, b) => a.at - b.at);
    },
    before(orderedAt) {
      order++;
      const times: number[] = [];
      const found: number[] = [];
      // The latest first, so that those of the same decision before it are known to be repeats.
      for (let place = counting.length - 1; place >= 0; place--) {
        const { at, window, decision } = counting[place];
        const age = orderedAt - at;
        if (age > longest) break;
        if (age < 0 || age > window || countedFor.store[decision] === order) continue;
        countedFor.store[decision] = order;
        times.push(at);
        found.push(groupOf ? groupOfDecision.store[decision] : decision);
      }
      return { times: times.reverse(), groups: found.reverse() };
    },
    names: () => [...(groupOf ? groups : decisions).keys()],
  };
}

function isAscending(touches: readonly CountingTouch[]): boolean {
  for (let place = 1; place < touches.length; place++) if (touches[place].at < touches[place - 1].at) return false;
  return true;
}
