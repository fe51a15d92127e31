/**
 * Which past sessions share products with this one, and how strongly: what all session neighbours begin with. Every
 * product of the session looks through its newest postings; similarities add up in a column by session.
 */
import { kthLargest } from "../matrix/select.ts";
import type { SessionLog } from "./session-log.ts";

/** A product of the session with what it adds to the similarity of every session that holds it, above 0. */
export interface MeetingStep {
  readonly product: number;
  readonly weight: number;
}

/** The sessions that were met, in columns that every meeting overwrites. */
export interface SessionMeeting {
  readonly session: Uint32Array;
  /** Sum of the weights of the steps that the session holds. */
  readonly similarity: Float64Array;
  /** Index, in the given steps, of the first one that the session holds. */
  readonly firstStep: Uint8Array;
  /** The last place of that step's product in the session. */
  readonly matchPlace: Uint32Array;
  /**
   * @param steps at most 256, each product once; the first ones are looked at first
   * @param m postings read a step, the newest
   * @returns how many sessions stand at the beginning of the columns
   */
  meet(steps: readonly MeetingStep[], m: number): number;
}

/**
 * Takes 29 bytes a session.
 * @example
 * const meeting = createSessionMeeting(log);
 * const count = meeting.meet([{ product: 5, weight: 1 }], 500);
 * meeting.session.subarray(0, count);
 */
export function createSessionMeeting({ sessions, postings, lastPlace }: SessionLog): SessionMeeting {
  const placeOf = new Uint32Array(sessions.rows);
  const isMet = new Uint8Array(sessions.rows);
  const session = new Uint32Array(sessions.rows);
  const similarity = new Float64Array(sessions.rows);
  const firstStep = new Uint8Array(sessions.rows);
  const matchPlace = new Uint32Array(sessions.rows);
  return {
    session,
    similarity,
    firstStep,
    matchPlace,
    meet(steps, m) {
      let count = 0;
      for (let step = 0; step < steps.length; step++) {
        const { product, weight } = steps[step];
        const begin = postings.offsets[product];
        const end = Math.min(postings.offsets[product + 1], begin + m);
        for (let i = begin; i < end; i++) {
          const met = postings.indices[i];
          if (isMet[met] === 1) {
            similarity[placeOf[met]] += weight;
            continue;
          }
          isMet[met] = 1;
          placeOf[met] = count;
          session[count] = met;
          similarity[count] = weight;
          firstStep[count] = step;
          matchPlace[count++] = lastPlace[i];
        }
      }
      for (let n = 0; n < count; n++) isMet[session[n]] = 0;
      return count;
    },
  };
}

/**
 * The places of the `k` largest of the first `count` values, ascending.
 * @param rankOf of equal ones those of the lowest rank are taken; the earlier when left out
 * @example
 * placesOfLargest(Float64Array.of(3, 9, 3, 9), 4, 3); // Uint32Array [0, 1, 3]
 */
export function placesOfLargest(
  values: Float64Array | Uint32Array,
  count: number,
  k: number,
  rankOf?: (place: number) => number,
): Uint32Array {
  if (count <= k) return Uint32Array.from({ length: count }, (_, place) => place);
  const bar = kthLargest(Float64Array.from(values.subarray(0, count)), count, k);
  let room = k;
  for (let n = 0; n < count; n++) if (values[n] > bar) room--;
  const isTaken = rankOf && new Set(placesAtBar(values, count, bar, rankOf).slice(0, room));
  const places = new Uint32Array(k);
  let kept = 0;
  for (let n = 0; n < count; n++) {
    if (values[n] > bar || (values[n] === bar && (isTaken ? isTaken.has(n) : room-- > 0))) places[kept++] = n;
  }
  return places;
}

/** The places of values equal to the bar, lowest rank first. */
function placesAtBar(
  values: Float64Array | Uint32Array,
  count: number,
  bar: number,
  rankOf: (place: number) => number,
): number[] {
  const places: number[] = [];
  for (let n = 0; n < count; n++) if (values[n] === bar) places.push(n);
  return places.sort((one, other) => rankOf(one) - rankOf(other));
}
