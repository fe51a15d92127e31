import { describe, expect, it } from "vitest";
import { createIdentifiers } from "../catalogue/identifiers.ts";
import { InvalidOption } from "../errors.ts";
import { filterBots, type BotReason } from "./bots.ts";
import type { Interaction } from "./order.ts";
import { sessionize } from "./sessionizer.ts";

const ids = createIdentifiers(Array.from({ length: 1000 }, (_, i) => `p${i}`));
const start = Date.UTC(2026, 0, 1);

/** `count` views at `every` seconds, of `products` different products in turn. */
function visit(
  visitorId: string,
  { count = 10, every = 60, products = 5, from = 0, userAgent = "" } = {},
): Interaction[] {
  return Array.from({ length: count }, (_, i) => ({
    visitorId,
    productId: `p${i % products}`,
    kind: i % 2 === 0 ? ("view" as const) : ("click" as const),
    occurredAt: new Date(start + (from + i * every) * 1000).toISOString(),
    ...(userAgent && { userAgent }),
  }));
}

const sessionsOf = (...visits: Interaction[][]) => sessionize(visits.flat(), ids).sessions;
const nobody: Record<BotReason, number> = { declared: 0, "no-human-hours": 0, "too-many-products": 0, "too-fast": 0 };

describe("leaving out machines", () => {
  it("takes nothing from a shop of people, and then hands back the very same sessions", () => {
    const sessions = sessionsOf(
      visit("ann"),
      // Twenty tabs at once, an hour of quick browsing, and a whole day with a night's sleep.
      visit("bob", { count: 20, every: 0.1, products: 20 }),
      visit("cleo", { count: 360, every: 10, products: 300 }),
      visit("dan", { count: 16 * 3, every: 20 * 60, from: 6 * 3600 }),
    );
    const result = filterBots(sessions);
    expect(result.removed).toEqual(nobody);
    expect(result.sessions).toBe(sessions);
  });

  it("drops sessions whose user agent says so, by the flag or by the caller's own log", () => {
    const sessions = sessionsOf(visit("ann"), visit("crawler", { userAgent: "Googlebot/2.1", from: 1 }));
    expect(filterBots(sessions).removed).toEqual({ ...nobody, declared: 1 });
    const agents = ["Firefox/120", "AhrefsBot/7.0"];
    const fromLog = filterBots(sessionsOf(visit("ann"), visit("bob", { from: 1 })), {
      userAgentOf: (session) => agents[session],
    });
    expect(fromLog.removed).toEqual({ ...nobody, declared: 1 });
    expect(Array.from(fromLog.sessions.visitorOf)).toEqual([0]);
  });

  it("drops a session that keeps up more events a minute than a person can, from first to last", () => {
    const fast = sessionsOf(visit("machine", { count: 200, every: 1 }), visit("ann"));
    expect(filterBots(fast).removed).toEqual({ ...nobody, "too-fast": 1 });
    // The same burst with pauses around it is a person who opened many tabs.
    const burst = sessionsOf([
      ...visit("ann", { count: 100, every: 0.5 }),
      ...visit("ann", { count: 4, every: 1500, from: 1000 }),
    ]);
    expect(filterBots(burst).removed).toEqual(nobody);
  });

  it("drops a session that walks through the catalogue", () => {
    const walk = sessionsOf(visit("machine", { count: 450, every: 20, products: 450 }), visit("ann"));
    expect(filterBots(walk).removed).toEqual({ ...nobody, "too-many-products": 1 });
    expect(filterBots(walk, { distinctProducts: 450 }).removed).toEqual(nobody);
    const faithful = sessionsOf(visit("ann", { count: 450, every: 20, products: 3 }));
    expect(filterBots(faithful).removed).toEqual(nobody);
  });

  it("drops every session of a visitor who never sleeps, and nobody who was up for two half days", () => {
    const sleepless = visit("machine", { count: 22, every: 3600 });
    const nextDay = visit("machine", { count: 2, from: 40 * 3600 });
    expect(filterBots(sessionsOf(sleepless, nextDay, visit("ann"))).removed).toEqual({
      ...nobody,
      "no-human-hours": 23,
    });
    const overMidnight = visit("ann", { count: 22, every: 3600, from: 12 * 3600 });
    expect(filterBots(sessionsOf(overMidnight)).removed).toEqual(nobody);
  });

  it("keeps the rest whole and in order, and counts each session once", () => {
    const sessions = sessionsOf(
      visit("ann", { count: 3 }),
      visit("machine", {
        count: 600,
        every: 0.01,
        products: 600,
        from: 100,
        userAgent: "Scrapy/2.11 (+https://scrapy.org)",
      }),
      visit("bob", { count: 2, from: 200 }),
    );
    const { sessions: kept, removed } = filterBots(sessions);
    expect(removed).toEqual({ ...nobody, declared: 1 });
    expect(Array.from(kept.visitorOf, (visitor) => kept.visitors.idOf(visitor))).toEqual(["ann", "bob"]);
    expect(kept).toEqual({
      ...sessionsOf(visit("ann", { count: 3 }), visit("bob", { count: 2, from: 200 })),
      visitors: kept.visitors,
      visitorOf: kept.visitorOf,
      declaredBot: Uint8Array.of(0, 0),
    });
  });

  it("refuses limits that make no sense", () => {
    const sessions = sessionsOf(visit("ann"));
    for (const rules of [{ eventsPerMinute: -1 }, { fastEvents: 1 }, { distinctProducts: 0.5 }, { activeHours: 0 }]) {
      expect(() => filterBots(sessions, rules)).toThrow(InvalidOption);
    }
  });
});
