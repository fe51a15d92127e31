import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import { InvalidInput } from "../errors.ts";
import { assertRules } from "./check-rules.ts";
import type { Condition, ProductCondition } from "./condition.ts";
import type { MerchandisingRule } from "./rule.ts";

const catalogue = createCatalogue({
  products: [{ id: "mug", title: "Mug", variants: [{ id: "m", prices: { default: 1250 } }] }],
});
const rule: MerchandisingRule = {
  id: "a",
  name: "A",
  priority: 1,
  when: { all: [] },
  actions: [{ type: "pin", product: "mug", position: 1 }],
  active: true,
};
const euros = { field: "cart.value", operator: "atLeast", value: 4000, currency: "EUR" };

/** The first rule is right, the second is changed. */
function refusalOf(change: object): string {
  try {
    assertRules([rule, { ...rule, id: "b", ...change }], { catalogue, strategies: ["mine"], offers: ["ten-off"] });
    return "none";
  } catch (error) {
    return error instanceof InvalidInput ? error.message : String(error);
  }
}

describe("the check of rules", () => {
  it("refuses what the types refuse too", () => {
    // @ts-expect-error a number has no beginning
    const operator: Condition = { field: "cart.units", operator: "startsWith", value: "3" };
    // @ts-expect-error an amount needs its currency
    const currency: Condition = { not: { field: "cart.value", operator: "atLeast", value: 4000 } };
    // @ts-expect-error there is no such field
    const field: Condition = { all: [{ field: "cart.total", operator: "exists", value: true }] };
    // @ts-expect-error products know nothing of carts
    const products: ProductCondition = { field: "cart.units", operator: "is", value: 1 };
    for (const when of [operator, currency, field]) expect(refusalOf({ when })).toContain("rules[1].when.");
    expect(refusalOf({ actions: [{ type: "filter", products, show: "never" }] })).toContain(
      "actions[0].products.field",
    );
  });

  it("says exactly where a condition is wrong, and what was probably meant", () => {
    const wrong: [object, string][] = [
      [
        { ...euros, field: "cart.valeu" },
        '.field must be a known field (did you mean "cart.value"?); received "cart.valeu".',
      ],
      [{ ...euros, field: "customer.attributes." }, ".field must be a known field"],
      [{ ...euros, operator: "atleast" }, '(did you mean "atLeast"?); received "atleast".'],
      [{ ...euros, operator: "startsWith" }, ".operator must be one of is, isNot, lessThan"],
      [{ ...euros, value: "40" }, ".value must be a whole number of minor units"],
      [{ ...euros, value: 39.99 }, ".value must be a whole number of minor units"],
      [
        { ...euros, value: { from: 5, to: 1 }, operator: "between" },
        ".value.to must be at or after the range's `from`",
      ],
      [{ ...euros, currency: "GBP" }, ".currency must be a currency of the shop's markets (EUR)"],
      [{ ...euros, currency: "euro" }, ".currency must be an ISO 4217 code"],
      [{ ...euros, currency: undefined }, ".currency must be an ISO 4217 code"],
      [{ ...euros, valeu: 3 }, '.valeu must be absent (did you mean "value"?)'],
      [{ field: "cart.units", operator: "is", value: 1, currency: "EUR" }, ".currency must be absent"],
      [{ field: "product.category", operator: "under", value: "Kitchen" }, ".value must be a path of categories"],
      [{ field: "time.weekday", operator: "in", value: ["monday", "tusday"] }, ".value[1] must be one of monday"],
      [{ field: "time.now", operator: "after", value: "tomorrow" }, ".value must be an RFC 3339 time"],
      [{ field: "customer.tags", operator: "hasAny", value: [] }, ".value must be a list of at least one text"],
      [{ any: [] }, ".any must be at least one condition"],
      [{ al: [] }, " must be a condition: { all }, { any }, { not } or { field, operator, value }"],
      [{ not: { all: 3 } }, ".not.all must be a list of conditions"],
    ];
    for (const [leaf, message] of wrong) {
      const refusal = refusalOf({ when: { all: [euros, { not: leaf }] } });
      expect(refusal).toContain(`rules[1].when.all[1].not${message.startsWith("(") ? ".operator" : ""}`);
      expect(refusal).toContain(message);
    }
  });

  it("says exactly where an action is wrong", () => {
    const all = { all: [] };
    const wrong: [object, string][] = [
      [
        { type: "bost" },
        'type must be one of boost, bury, pin, filter, replace-strategy, attach-offer, cap (did you mean "boost"?)',
      ],
      [{ type: "boost", products: all, factor: 0.5 }, "factor must be a number above 1; bury to sink products"],
      [{ type: "bury", products: all, factor: 0 }, "factor must be a number above 0 and below 1; filter to leave"],
      [{ type: "boost", products: euros, factor: 2 }, "products.field must be a known field of the product"],
      [{ type: "pin", product: "gone", position: 1 }, "product must be the id of a product of the catalogue"],
      [{ type: "pin", product: "mug", position: 0 }, "position must be a position from 1"],
      [{ type: "filter", products: all, show: "no" }, "show must be one of only, never"],
      [{ type: "replace-strategy", strategy: "mien" }, 'strategy must be one of mine (did you mean "mine"?)'],
      [{ type: "attach-offer", offer: "free" }, "offer must be one of ten-off"],
      [{ type: "cap", most: -1 }, "most must be an integer, zero or more"],
      [{ type: "cap", most: 2, per: "shop" }, "per must be one of brand, category"],
    ];
    for (const [action, message] of wrong) {
      expect(refusalOf({ actions: [...rule.actions, action] })).toContain(`rules[1].actions[1].${message}`);
    }
  });

  it("refuses rules without an action, with an id twice, or with a part that nobody reads", () => {
    expect(refusalOf({ actions: [] })).toContain("rules[1].actions must be at least one action");
    expect(refusalOf({ id: "a" })).toContain("rules[1].id must be an id that no other rule has (rules[0] has it)");
    expect(refusalOf({ prioritiy: 3 })).toContain('rules[1].prioritiy must be absent (did you mean "priority"?)');
    expect(refusalOf({ active: "yes" })).toContain("rules[1].active must be true or false");
    expect(refusalOf({ placements: [] })).toContain("rules[1].placements must be a list of at least one placement");
  });

  it("refuses trees that are deeper than anyone writes", () => {
    let when: object = euros;
    for (let level = 0; level < 10_000; level++) when = { not: when };
    expect(refusalOf({ when })).toContain("must be at most 32 levels deep");
  });

  it("never fails in another way, whatever comes", () => {
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(euros, undefined, Symbol("odd"), 10n, () => 1),
    );
    const keys = fc.constantFrom(
      "when",
      "schedule",
      "actions",
      "placements",
      "id",
      "priority",
      "toString",
      "__proto__",
    );
    const changed = fc.dictionary(keys, odd).map((change) => ({ ...rule, ...change }));
    const action = fc.record({
      type: fc.constantFrom("boost", "bury", "pin", "filter", "replace-strategy", "attach-offer", "cap"),
      products: odd,
    });
    const withAction = fc.array(action).map((actions) => ({ ...rule, actions }));
    const schedule = fc.record({ timeZone: odd, weekly: fc.array(odd), yearly: odd, from: odd }, { requiredKeys: [] });
    const withSchedule = schedule.map((given) => ({ ...rule, schedule: given }));
    fc.assert(
      fc.property(fc.oneof(odd, fc.array(fc.oneof(odd, changed, withAction, withSchedule))), (rules) => {
        try {
          assertRules(rules, { catalogue });
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInput);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
