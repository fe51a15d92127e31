import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkOffer, clockSkew, isRedeemable, issueOffer, offerStateAt, remainingOnDevice } from "./timed-offers.ts";

const spring = { id: "spring", startsAt: "2026-03-20T00:00:00Z", endsAt: "2026-03-21T00:00:00Z" };
const quick = { ...spring, id: "quick", minutesPerVisitor: 15 };
const start = Date.UTC(2026, 2, 20);
const day = 86_400_000;
const minute = 60_000;

describe("offers for a limited time", () => {
  it("begin at their start, end at their end, and say how long is left", () => {
    expect(offerStateAt(spring, start - minute)).toMatchObject({
      state: "upcoming",
      startsInMs: minute,
      remainingMs: day,
    });
    expect(offerStateAt(spring, start)).toMatchObject({ state: "active", startsInMs: 0, remainingMs: day });
    expect(offerStateAt(spring, start + day)).toMatchObject({ state: "ended", remainingMs: 0 });
  });

  it("never start again for a visitor who reloads, however often and late", () => {
    const first = issueOffer(quick, "v", start);
    expect(first).toEqual({ offerId: "quick", visitorId: "v", issuedAt: start, endsAt: start + 15 * minute });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 * day }), { minLength: 1 }), (reloads) => {
        let stored = first;
        for (const after of reloads) stored = issueOffer(quick, "v", start + after, stored);
        expect(stored).toEqual(first);
      }),
    );
    expect(offerStateAt(quick, start + 15 * minute, first).state).toBe("ended");
  });

  it("end with the whole offer when a visitor comes shortly before, and are not issued before or after", () => {
    expect(issueOffer(quick, "v", start + day - minute)?.endsAt).toBe(start + day);
    expect(issueOffer(quick, "v", start - 1)).toBeUndefined();
    expect(issueOffer(quick, "v", start + day)).toBeUndefined();
  });

  it("follow an end that the merchant brings forward, and give nobody more time when it is put off", () => {
    const issued = issueOffer(quick, "v", start);
    const earlier = { ...quick, endsAt: "2026-03-20T00:05:00Z" };
    const later = { ...quick, endsAt: "2026-03-25T00:00:00Z" };
    expect(offerStateAt(earlier, start, issued).remainingMs).toBe(5 * minute);
    expect(offerStateAt(later, start, issued).remainingMs).toBe(15 * minute);
  });

  it("stay active on a server whose clock is a little behind", () => {
    const issued = issueOffer(quick, "v", start);
    expect(offerStateAt(quick, start - 2000, issued)).toMatchObject({ state: "active", remainingMs: 15 * minute });
  });

  it("are still redeemed by an order that was on its way", () => {
    const issued = issueOffer(quick, "v", start);
    expect(isRedeemable(quick, start + 15 * minute + 29_999, issued)).toBe(true);
    expect(isRedeemable(quick, start + 15 * minute + 30_000, issued)).toBe(false);
    expect(isRedeemable(spring, start - 1)).toBe(false);
  });

  it("refuse an end before the start, times that are none, and other people's offers", () => {
    expect(() => checkOffer({ ...spring, endsAt: spring.startsAt })).toThrow(/offer\.endsAt must be after its start/);
    expect(() => checkOffer({ ...spring, startsAt: "tomorrow" })).toThrow(/offer\.startsAt/);
    expect(() => checkOffer({ ...spring, minutesPerVisitor: 0 })).toThrow(/minutesPerVisitor/);
    expect(() => issueOffer(quick, "w", start, issueOffer(quick, "v", start))).toThrow(/issued\.visitorId/);
    expect(() => offerStateAt(spring, start, issueOffer(quick, "v", start))).toThrow(/issued\.offerId/);
    expect(() => offerStateAt(quick, start)).toThrow(/issueOffer/);
  });
});

describe("the shopper's clock", () => {
  it("may be wrong: what a page shows never exceeds what is left, and lacks at most the way there and back", () => {
    const ms = fc.integer({ min: 0, max: 5000 });
    fc.assert(
      fc.property(fc.integer({ min: -day, max: day }), ms, ms, ms, (off, there, back, later) => {
        const skew = clockSkew(start + off, start + there, start + off + there + back);
        const now = start + there + back + later;
        const shown = remainingOnDevice(start + day, now + off, skew);
        const left = start + day - now;
        expect(shown).toBeLessThanOrEqual(left);
        expect(shown).toBeGreaterThanOrEqual(left - there - back);
      }),
    );
  });

  it("is refused when it was set between question and answer", () => {
    expect(() => clockSkew(1000, 5000, 999)).toThrow(/receivedAt/);
  });
});
