import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BundleSlot } from "./bundle.ts";
import { fillSlots, type SlotLine } from "./fill-slots.ts";

/** Every way to place units, tried out: the value of the best one, undefined when the minima cannot be met. */
function bestValue(slots: readonly BundleSlot[], lines: readonly SlotLine[]): number | undefined {
  const units = lines.flatMap(({ quantity, productId, unitPrice }) =>
    Array.from({ length: quantity }, () => ({ productId, unitPrice })),
  );
  const filled = slots.map(() => 0);
  let best: number | undefined;
  const place = (unit: number, value: number): void => {
    if (unit === units.length) {
      if (slots.every(({ minimum }, slot) => filled[slot] >= minimum)) best = Math.max(best ?? 0, value);
      return;
    }
    place(unit + 1, value);
    for (const [slot, { choices, maximum }] of slots.entries()) {
      if (filled[slot] >= maximum || !choices.includes(units[unit].productId)) continue;
      filled[slot]++;
      place(unit + 1, value + units[unit].unitPrice);
      filled[slot]--;
    }
  };
  place(0, 0);
  return best;
}

describe("mix and match", () => {
  it("puts a product that fits two slots where it is needed", () => {
    const slots = [
      { id: "any tea", choices: ["green", "black"], minimum: 0, maximum: 1 },
      { id: "green tea", choices: ["green"], minimum: 1, maximum: 1 },
    ];
    const { isComplete, units } = fillSlots(slots, [{ productId: "green", quantity: 1, unitPrice: 500 }]);
    expect(isComplete).toBe(true);
    expect(units).toEqual([{ slot: "green tea", line: 0, productId: "green", quantity: 1 }]);
  });

  it("says which slots are short, and by how much", () => {
    const slots = [{ id: "tea", choices: ["green", "black"], minimum: 3, maximum: 3 }];
    const { isComplete, missing } = fillSlots(slots, [{ productId: "green", quantity: 1, unitPrice: 500 }]);
    expect([isComplete, missing]).toEqual([false, [{ slot: "tea", quantity: 2 }]]);
  });

  it("takes as long for a million units as for one", () => {
    const slots = [
      { id: "any", choices: ["a", "b"], minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
      { id: "one", choices: ["a"], minimum: 1, maximum: 1 },
    ];
    const lines = ["a", "b"].map((productId) => ({ productId, quantity: 4e9, unitPrice: 1 }));
    const { isComplete, units } = fillSlots(slots, lines);
    expect(isComplete).toBe(true);
    expect(units.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(8e9);
  });

  it("refuses slots that contradict themselves", () => {
    expect(() => fillSlots([{ id: "tea", choices: ["green"], minimum: 3, maximum: 2 }], [])).toThrow(
      "slots[0].maximum must be a whole number of at least 3; received 2.",
    );
  });

  it("takes the dearest units that can be placed, as trying out every placing does", () => {
    const slot = fc.record({
      choices: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { minLength: 1, maxLength: 3 }),
      minimum: fc.integer({ min: 0, max: 2 }),
      extra: fc.integer({ min: 0, max: 1 }),
    });
    const line = fc.record({ quantity: fc.integer({ min: 1, max: 2 }), unitPrice: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(
        fc.array(slot, { minLength: 1, maxLength: 3 }),
        fc.array(line, { minLength: 1, maxLength: 4 }),
        (drawn, prices) => {
          const slots = drawn.map(({ choices, minimum, extra }, index) => ({
            id: `s${index}`,
            choices,
            minimum,
            maximum: Math.max(1, minimum + extra),
          }));
          const lines = prices.map((part, index) => ({ ...part, productId: "abcd"[index] }));
          const { isComplete, units, missing } = fillSlots(slots, lines);
          const best = bestValue(slots, lines);
          expect(isComplete).toBe(best !== undefined);
          expect(missing.length === 0).toBe(isComplete);
          for (const [index, { quantity }] of lines.entries()) {
            const used = units.filter(({ line }) => line === index).reduce((sum, part) => sum + part.quantity, 0);
            expect(used).toBeLessThanOrEqual(quantity);
          }
          for (const { slot, productId } of units) {
            expect(slots.find(({ id }) => id === slot)?.choices).toContain(productId);
          }
          if (isComplete)
            expect(units.reduce((sum, part) => sum + part.quantity * lines[part.line].unitPrice, 0)).toBe(best);
        },
      ),
      { numRuns: 400 },
    );
  });
});
