import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { assertTriggers } from "./check-triggers.ts";
import type { Trigger, TriggerEvent } from "./trigger.ts";
import { createTriggerState, stepTriggers } from "./trigger-machine.ts";

/** Events as [type, seconds, more], and what fires at each. */
function fires(triggers: readonly Trigger[], events: readonly TriggerEvent[]): string[] {
  assertTriggers(triggers);
  let state = createTriggerState(0);
  return events.flatMap((event) => {
    const step = stepTriggers(triggers, state, event);
    // A page may keep the state as text between two events.
    state = JSON.parse(JSON.stringify(step.state));
    return step.fired.map((id) => `${id} at ${event.at / 1000}`);
  });
}

const after = (seconds: number): { at: number } => ({ at: seconds * 1000 });
const tick = (seconds: number): TriggerEvent => ({ type: "tick", ...after(seconds) });
const page = (seconds: number): TriggerEvent => ({ type: "page", ...after(seconds) });

describe("behavioural triggers", () => {
  it("fire once a page after so long in view, not counting time out of view", () => {
    const dwell: Trigger = { id: "dwell", cause: { type: "dwell", seconds: 20 }, cap: { perVisit: 2 } };
    const events: TriggerEvent[] = [
      tick(10),
      { type: "hidden", ...after(15) },
      tick(100),
      { type: "shown", ...after(110) },
      tick(114),
      tick(115),
      tick(130),
      page(131),
      tick(150),
      tick(151),
      page(152),
      tick(300),
    ];
    expect(fires([dwell], events)).toEqual(["dwell at 115", "dwell at 151"]);
  });

  it("fire when the visitor does nothing, and start anew when they do something", () => {
    const idle: Trigger = { id: "idle", cause: { type: "idle", seconds: 30 } };
    const events: TriggerEvent[] = [tick(29), { type: "activity", ...after(29) }, tick(58), tick(59)];
    expect(fires([idle], events)).toEqual(["idle at 59"]);
  });

  it("fire at a depth of scrolling, on the way out, on the n-th visit and at an addition to the cart", () => {
    const triggers: Trigger[] = [
      { id: "deep", cause: { type: "scroll", share: 0.5 } },
      { id: "leaving", cause: { type: "exit-intent" } },
      { id: "third", cause: { type: "visit", number: 3 } },
      { id: "mug", cause: { type: "add-to-cart", products: ["mug"] }, cap: { perVisit: 2 } },
      { id: "any", cause: { type: "add-to-cart" } },
    ];
    const add = (seconds: number, product: string): TriggerEvent => ({
      type: "add-to-cart",
      ...after(seconds),
      product,
    });
    const events: TriggerEvent[] = [
      { type: "visit", ...after(0), number: 2 },
      { type: "visit", ...after(1), number: 3 },
      { type: "scroll", ...after(2), share: 0.4 },
      { type: "scroll", ...after(3), share: 0.5 },
      { type: "scroll", ...after(4), share: 0.9 },
      add(5, "pan"),
      add(6, "mug"),
      add(7, "mug"),
      add(8, "mug"),
      { type: "exit-intent", ...after(9) },
    ];
    expect(fires(triggers, events)).toEqual([
      "third at 1",
      "deep at 3",
      "any at 5",
      "mug at 6",
      "mug at 7",
      "leaving at 9",
    ]);
  });

  it("keep to their caps over pages and visits", () => {
    const cap = { perVisit: 5, inAll: 3, pauseSeconds: 60 };
    const leaving: Trigger = { id: "leaving", cause: { type: "exit-intent" }, cap };
    const exits = [0, 30, 60, 90, 200, 300].flatMap((seconds): TriggerEvent[] => [
      seconds === 200 ? { type: "visit", ...after(seconds), number: 2 } : page(seconds),
      { type: "exit-intent", ...after(seconds) },
    ]);
    expect(fires([leaving], exits)).toEqual(["leaving at 0", "leaving at 60", "leaving at 200"]);
  });

  it("never fire more often than allowed, whatever happens and however the clock jumps", () => {
    const type = fc.constantFrom(
      "visit",
      "page",
      "scroll",
      "activity",
      "exit-intent",
      "add-to-cart",
      "hidden",
      "shown",
      "tick",
    );
    const event = fc
      .record({
        type,
        at: fc.integer({ min: 0, max: 100_000 }),
        number: fc.constant(1),
        share: fc.constant(1),
        product: fc.constant("__proto__"),
      })
      .map((parts): TriggerEvent => parts as TriggerEvent);
    const triggers: Trigger[] = [
      { id: "__proto__", cause: { type: "add-to-cart" }, cap: { inAll: 2, perVisit: 2 } },
      { id: "exit", cause: { type: "exit-intent" }, cap: { inAll: 2, perVisit: 2 } },
    ];
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const fired = fires(triggers, events);
        for (const { id } of triggers) expect(fired.filter((line) => line.startsWith(id)).length).toBeLessThan(3);
      }),
    );
  });

  it("are refused with the place of the mistake", () => {
    const refusals: [unknown, RegExp][] = [
      [{ id: "a", cause: { type: "dwel", seconds: 3 } }, /^triggers\[0\]\.cause\.type .*did you mean "dwell"/],
      [{ id: "a", cause: { type: "dwell", seconds: 0 } }, /^triggers\[0\]\.cause\.seconds/],
      [{ id: "a", cause: { type: "dwell", share: 0.5 } }, /^triggers\[0\]\.cause\.share must be absent/],
      [{ id: "a", cause: { type: "scroll", share: 50 } }, /^triggers\[0\]\.cause\.share/],
      [{ id: "a", cause: { type: "exit-intent" }, cap: { perVisit: 0 } }, /^triggers\[0\]\.cap\.perVisit/],
    ];
    for (const [trigger, message] of refusals) {
      expect(() => assertTriggers([trigger])).toThrow(InvalidInput);
      expect(() => assertTriggers([trigger])).toThrow(message);
    }
  });
});
