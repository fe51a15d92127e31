/**
 * Offers for a limited time whose end the server holds. An offer runs from `startsAt` to `endsAt`; where it gives each
 * visitor so many minutes, their end is written down once, when it is issued, and stays: reloading the page or coming back
 * never starts it again. All functions are pure; the host keeps what `issueOffer` returns and hands it back.
 */
import { InvalidInput, requireNumber } from "../errors.ts";
import { parseTime } from "../history/time.ts";

/** An offer as the merchant writes it down. */
export interface TimedOffer {
  readonly id: string;
  /** RFC 3339. The offer begins with it. */
  readonly startsAt: string;
  /** RFC 3339. The first moment at which the offer is over. */
  readonly endsAt: string;
  /** Minutes that each visitor has from the moment it is issued, within start and end; all the time when left out. */
  readonly minutesPerVisitor?: number;
}

/** One visitor's offer. The host stores it under visitor and offer. */
export interface IssuedOffer {
  readonly offerId: string;
  readonly visitorId: string;
  /** Milliseconds since 1970, UTC, by the server's clock. */
  readonly issuedAt: number;
  readonly endsAt: number;
}

/** Where an offer stands. */
export interface OfferState {
  readonly state: "upcoming" | "active" | "ended";
  /** Milliseconds since 1970, UTC: what a page counts down to. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** Until it begins; 0 afterwards. */
  readonly startsInMs: number;
  /** Until it is over: of all the time while it is upcoming, 0 once it has ended. */
  readonly remainingMs: number;
}

/**
 * @throws InvalidInput naming the field: an empty id, a time that is not RFC 3339, an end that is not after its start, or
 * minutes that are not above zero
 * @example
 * checkOffer({ id: "spring", startsAt: "2026-03-20T00:00:00Z", endsAt: "2026-03-27T00:00:00Z" });
 */
export function checkOffer({ id, startsAt, endsAt, minutesPerVisitor }: TimedOffer, path = "offer"): void {
  if (!id) throw new InvalidInput(`${path}.id`, id, "a non-empty id");
  const begin = timeOf(startsAt, `${path}.startsAt`);
  if (timeOf(endsAt, `${path}.endsAt`) <= begin) {
    throw new InvalidInput(`${path}.endsAt`, endsAt, `after its start (${startsAt})`);
  }
  if (minutesPerVisitor !== undefined && !(minutesPerVisitor > 0 && minutesPerVisitor < Infinity)) {
    throw new InvalidInput(`${path}.minutesPerVisitor`, minutesPerVisitor, "minutes above zero, or absent");
  }
}

/**
 * Issues a visitor's offer, or gives back the one that was issued before, unchanged, even when it has ended.
 * @param now milliseconds since 1970, UTC, by the server's clock
 * @param before what was issued to this visitor earlier, if anything
 * @returns undefined while the offer has not begun or is over: nothing was issued
 * @throws InvalidInput when the offer is malformed or `before` is another visitor's or another offer's
 * @example
 * const issued = issueOffer(offer, "v-81", now, stored);
 * if (issued && !stored) keep(issued);
 */
export function issueOffer(
  offer: TimedOffer,
  visitorId: string,
  now: number,
  before?: IssuedOffer,
): IssuedOffer | undefined {
  checkOffer(offer);
  requireTime(now, "now");
  if (before) {
    checkIssued(before, offer, visitorId);
    return before;
  }
  const { state, endsAt } = stateBetween(parseTime(offer.startsAt), parseTime(offer.endsAt), now);
  if (state !== "active") return undefined;
  const own = offer.minutesPerVisitor === undefined ? Infinity : now + Math.round(offer.minutesPerVisitor * 60_000);
  return { offerId: offer.id, visitorId, issuedAt: now, endsAt: Math.min(own, endsAt) };
}

/**
 * Where an offer stands for everybody, or for the visitor it was issued to. An end that the merchant brings forward holds
 * for offers that were issued as well; one that is put off gives nobody more time than was promised. A server whose clock
 * is behind that of the one that issued the offer finds it active, never upcoming.
 * @param now milliseconds since 1970, UTC, by the server's clock
 * @throws InvalidInput when the offer is malformed, per visitor and not issued, or issued for another offer
 * @example
 * offerStateAt(offer, now).remainingMs;
 */
export function offerStateAt(offer: TimedOffer, now: number, issued?: IssuedOffer): OfferState {
  checkOffer(offer);
  requireTime(now, "now");
  const startsAt = parseTime(offer.startsAt);
  const endsAt = parseTime(offer.endsAt);
  if (issued) {
    checkIssued(issued, offer, issued.visitorId);
    return stateBetween(issued.issuedAt, Math.min(issued.endsAt, endsAt), Math.max(now, issued.issuedAt));
  }
  const state = stateBetween(startsAt, endsAt, now);
  if (offer.minutesPerVisitor !== undefined && state.state === "active") {
    throw new InvalidInput(
      "issued",
      issued,
      "what issueOffer gave this visitor: the offer ends for each at another time",
    );
  }
  return state;
}

/**
 * Whether an order that reaches the server now still gets the offer. Orders are on their way for a while, so that a short
 * grace after the end is fair; the page never shows it.
 * @throws InvalidOption when the grace is negative
 * @example
 * isRedeemable(offer, now, issued, { graceMs: 30_000 });
 */
export function isRedeemable(
  offer: TimedOffer,
  now: number,
  issued?: IssuedOffer,
  { graceMs = 30_000 }: { readonly graceMs?: number } = {},
): boolean {
  requireNumber("graceMs", graceMs, 0);
  const { state, endsAt } = offerStateAt(offer, now, issued);
  return state === "active" || (state === "ended" && now < endsAt + graceMs);
}

/** How far a shopper's clock is off. */
export interface ClockSkew {
  /** Server time minus the device's, in milliseconds: add it to the device's clock. */
  readonly offset: number;
  /** The offset is right to within this. */
  readonly error: number;
}

/**
 * How far the device's clock is off, from one request: the server answered somewhere between its sending and the answer's
 * arrival. Cristian, "Probabilistic clock synchronization", Distributed Computing 3 (1989).
 * @param sentAt when the device asked, by its own clock
 * @param serverTime when the server answered, by the server's
 * @param receivedAt when the answer arrived, by the device's
 * @throws InvalidInput when the answer arrived before it was asked for: the device's clock was set meanwhile; ask again
 * @example
 * const skew = clockSkew(1000, 61_030, 1060); // { offset: 60_000, error: 30 }
 */
export function clockSkew(sentAt: number, serverTime: number, receivedAt: number): ClockSkew {
  requireTime(sentAt, "sentAt");
  requireTime(serverTime, "serverTime");
  if (!(receivedAt >= sentAt && receivedAt < Infinity))
    throw new InvalidInput("receivedAt", receivedAt, `at or after sentAt (${sentAt})`);
  return { offset: serverTime - (sentAt + receivedAt) / 2, error: (receivedAt - sentAt) / 2 };
}

/**
 * What a page may show as remaining: never more than is left, by whatever the clocks may be apart.
 * @param deviceNow milliseconds since 1970 by the device's clock
 * @throws InvalidInput when one of the times is none
 * @example
 * remainingOnDevice(state.endsAt, deviceNow, skew);
 */
export function remainingOnDevice(endsAt: number, deviceNow: number, { offset, error }: ClockSkew): number {
  const remaining = endsAt - (deviceNow + offset + error);
  if (Number.isNaN(remaining))
    throw new InvalidInput("deviceNow", deviceNow, "milliseconds since 1970, as endsAt and the skew are");
  return Math.max(0, remaining);
}

function stateBetween(startsAt: number, endsAt: number, now: number): OfferState {
  const state = now < startsAt ? "upcoming" : now < endsAt ? "active" : "ended";
  return {
    state,
    startsAt,
    endsAt,
    startsInMs: Math.max(0, startsAt - now),
    remainingMs: Math.max(0, endsAt - Math.max(now, startsAt)),
  };
}

function timeOf(text: string, path: string): number {
  const time = parseTime(text);
  if (Number.isNaN(time)) throw new InvalidInput(path, text, 'an RFC 3339 time such as "2026-03-20T08:00:00Z"');
  return time;
}

function checkIssued({ offerId, visitorId, issuedAt, endsAt }: IssuedOffer, offer: TimedOffer, visitor: string): void {
  if (offerId !== offer.id) throw new InvalidInput("issued.offerId", offerId, `the offer's id (${offer.id})`);
  if (visitorId !== visitor) throw new InvalidInput("issued.visitorId", visitorId, `this visitor (${visitor})`);
  requireTime(issuedAt, "issued.issuedAt");
  requireTime(endsAt, "issued.endsAt");
}

function requireTime(time: number, path: string): void {
  if (!Number.isFinite(time)) throw new InvalidInput(path, time, "milliseconds since 1970, UTC");
}
