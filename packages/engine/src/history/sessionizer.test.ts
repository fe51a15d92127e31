import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createIdentifiers } from "../catalogue/identifiers.ts";
import { InvalidInput, InvalidOption } from "../errors.ts";
import type { Interaction } from "./order.ts";
import { interactionCode, type SessionHistory } from "./session-history.ts";
import { sessionize } from "./sessionizer.ts";

const ids = createIdentifiers(["mug", "teapot", "tray"]);
const start = Date.UTC(2026, 0, 1);

function event(visitorId: string, minute: number, productId = "mug", more: Partial<Interaction> = {}): Interaction {
  return { visitorId, productId, kind: "view", occurredAt: new Date(start + minute * 60_000).toISOString(), ...more };
}

/** Each session as its visitor and the minutes and products of its events. */
function show(sessions: SessionHistory): string[] {
  return Array.from(sessions.visitorOf, (visitor, session) => {
    const events = Array.from(
      sessions.product.subarray(sessions.offsets[session], sessions.offsets[session + 1]),
      (product, i) => `${(sessions.occurredAt[sessions.offsets[session] + i] - start) / 60_000}:${ids.idOf(product)}`,
    );
    return `${sessions.visitors.idOf(visitor)} ${events.join(" ")}`;
  });
}

const shown = (events: readonly Interaction[], options = {}) => show(sessionize(events, ids, options).sessions);

describe("a session", () => {
  it("lasts until a pause longer than half an hour", () => {
    const events = [event("ann", 0), event("ann", 30, "teapot"), event("ann", 60.01, "tray")];
    expect(shown(events)).toEqual(["ann 0:mug 30:teapot", "ann 60.01:tray"]);
    expect(shown(events, { idleMinutes: 31 })).toEqual(["ann 0:mug 30:teapot 60.01:tray"]);
    expect(shown(events, { idleMinutes: 0 })).toHaveLength(3);
  });

  it("belongs to one visitor, however their events are mixed", () => {
    const events = [event("ann", 0), event("bob", 1, "tray"), event("ann", 2, "teapot"), event("bob", 3)];
    expect(shown(events)).toEqual(["ann 0:mug 2:teapot", "bob 1:tray 3:mug"]);
  });

  it("stands in the order of its end", () => {
    const events = [event("ann", 0), event("bob", 1), event("cleo", 2), event("ann", 20)];
    expect(shown(events)).toEqual(["bob 1:mug", "cleo 2:mug", "ann 0:mug 20:mug"]);
  });

  it("knows its first and last moment, its products, kinds and times", () => {
    const { sessions } = sessionize(
      [event("ann", 5, "tray", { kind: "cart" }), event("ann", 1, "mug", { kind: "click" })],
      ids,
    );
    expect(sessions.startedAt).toEqual(Float64Array.of(start + 60_000));
    expect(sessions.endedAt).toEqual(Float64Array.of(start + 300_000));
    expect(Array.from(sessions.kind)).toEqual([interactionCode.click, interactionCode.cart]);
    expect(Array.from(sessions.product)).toEqual([0, 2]);
    expect(sessions.productCount).toBe(3);
  });

  it("keeps the order of arrival where times are equal", () => {
    expect(shown([event("ann", 1, "tray"), event("ann", 0), event("ann", 1, "mug")])).toEqual([
      "ann 0:mug 1:tray 1:mug",
    ]);
  });

  it("counts what was sent twice once", () => {
    const events = [
      event("ann", 0),
      event("ann", 0, "teapot"),
      event("ann", 0),
      event("ann", 0, "mug", { kind: "click" }),
      event("bob", 0),
      event("ann", 1),
    ];
    const { sessions, notes } = sessionize(events, ids);
    expect(notes).toEqual({ duplicates: 1, unknownProducts: 0 });
    expect(show(sessions)).toEqual(["bob 0:mug", "ann 0:mug 0:teapot 0:mug 1:mug"]);
  });

  it("leaves unknown products out, counts them, and takes them for a sign of life", () => {
    const events = [event("ann", 0), event("ann", 25, "gone"), event("ann", 50, "tray"), event("bob", 0, "gone")];
    const { sessions, notes } = sessionize(events, ids);
    expect(notes).toEqual({ duplicates: 0, unknownProducts: 2 });
    expect(show(sessions)).toEqual(["ann 0:mug 50:tray"]);
  });

  it("is flagged when one of its user agents names itself a machine", () => {
    const events = [
      event("ann", 0, "mug", { userAgent: "Firefox/120" }),
      event("bot", 1, "mug", { userAgent: "Googlebot/2.1" }),
      event("bot", 2),
    ];
    expect(sessionize(events, ids).sessions.declaredBot).toEqual(Uint8Array.of(0, 1));
    expect(sessionize([event("ann", 0)], ids).sessions).not.toHaveProperty("declaredBot");
  });

  it("is none when nothing happened, and is read from any iterable once", () => {
    expect(sessionize([], ids).sessions.offsets).toEqual(Uint32Array.of(0));
    function* stream() {
      yield event("ann", 0);
      yield event("ann", 40);
    }
    expect(show(sessionize(stream(), ids).sessions)).toEqual(["ann 0:mug", "ann 40:mug"]);
  });
});

describe("sessions of any log", () => {
  const anyEvent = fc
    .record({
      visitorId: fc.constantFrom("ann", "bob", "cleo"),
      productId: fc.constantFrom("mug", "teapot", "tray", "gone"),
      kind: fc.constantFrom("view" as const, "click" as const, "cart" as const),
      minute: fc.integer({ min: 0, max: 300 }),
    })
    .map(({ visitorId, productId, kind, minute }) => event(visitorId, minute, productId, { kind }));

  it("hold each distinct event of a known product once, with pauses only between them", () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        const { sessions, notes } = sessionize(events, ids);
        const known = events.filter(({ productId }) => productId !== "gone");
        const distinct = new Set(known.map((one) => Object.values(one).join()));
        expect(sessions.product.length).toBe(distinct.size);
        expect(notes).toEqual({
          duplicates: known.length - distinct.size,
          unknownProducts: events.length - known.length,
        });
        for (let session = 0; session < sessions.visitorOf.length; session++) {
          const times = sessions.occurredAt.subarray(sessions.offsets[session], sessions.offsets[session + 1]);
          expect(times.length).toBeGreaterThan(0);
          expect(sessions.startedAt[session]).toBe(times[0]);
          expect(sessions.endedAt[session]).toBe(times.at(-1));
          expect(times.slice().sort()).toEqual(times);
          if (session > 0) expect(sessions.endedAt[session]).toBeGreaterThanOrEqual(sessions.endedAt[session - 1]);
        }
      }),
    );
  });

  it("do not depend on the order of arrival, as long as no two events of a visitor share a time", () => {
    const distinctTimes = fc.uniqueArray(anyEvent, {
      selector: ({ visitorId, occurredAt }) => `${visitorId} ${occurredAt}`,
    });
    const twoOrders = distinctTimes.chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
    );
    fc.assert(
      fc.property(twoOrders, ([one, other]) => {
        expect(shown(other).toSorted()).toEqual(shown(one).toSorted());
      }),
    );
  });
});

describe("an event that cannot be read", () => {
  it.each<[string, Partial<Interaction>, string]>([
    [
      "time without a zone",
      { occurredAt: "2026-01-01T00:00:00" },
      "interactions[1].occurredAt must be an RFC 3339 time",
    ],
    [
      "time that is no time",
      { occurredAt: "yesterday" },
      'interactions[1].occurredAt must be an RFC 3339 time such as "2026-01-31T08:00:00Z"; received "yesterday".',
    ],
    ["visitor without an id", { visitorId: "" }, "interactions[1].visitorId must be a non-empty id"],
  ])("for its %s is named", (_, change, message) => {
    const events = [event("ann", 0), event("ann", 1, "mug", change)];
    expect(() => sessionize(events, ids)).toThrow(InvalidInput);
    expect(() => sessionize(events, ids)).toThrow(message);
  });

  it("for its kind is named, also when a program without types sends it", () => {
    const strange: unknown = [{ ...event("ann", 0), kind: "toString" }];
    expect(() => Reflect.apply(sessionize, undefined, [strange, ids])).toThrow(
      'interactions[0].kind must be one of view, click, cart, purchase; received "toString".',
    );
  });

  it("is not blamed for an idle time that makes no sense", () => {
    expect(() => sessionize([], ids, { idleMinutes: -1 })).toThrow(InvalidOption);
  });
});
