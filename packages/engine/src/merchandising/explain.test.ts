import { describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import { InvalidInput } from "../errors.ts";
import type { Facts } from "./facts.ts";
import type { MerchandisingRule } from "./rule.ts";
import { compileRules } from "./rule-set.ts";
import { ruleWords } from "./words.ts";

const catalogue = createCatalogue({
  products: [{ id: "mug", title: "Mug", category: ["Kitchen"], variants: [{ id: "m", prices: { default: 1250 } }] }],
});
const at = Date.parse("2026-06-01T12:00:00Z");
const rule: MerchandisingRule = {
  id: "vip",
  name: "VIP",
  priority: 0,
  when: {
    all: [
      { field: "cart.value", operator: "atLeast", value: 4000, currency: "EUR" },
      {
        any: [
          { field: "customer.tags", operator: "hasAny", value: ["vip", "friend"] },
          { field: "cart.categories", operator: "under", value: ["Kitchen"] },
        ],
      },
      { not: { field: "context.device", operator: "is", value: "mobile" } },
    ],
  },
  placements: ["cart", "checkout"],
  actions: [
    {
      type: "boost",
      products: { field: "product.price", operator: "between", value: { from: 500, to: 2000 }, currency: "EUR" },
      factor: 1.5,
    },
    { type: "pin", product: "mug", position: 1 },
  ],
  active: true,
};
const facts: Facts = {
  at,
  context: { placement: "cart", device: "desktop" },
  cart: { value: 4500, products: ["mug"] },
};
const reasons = (parts: Partial<MerchandisingRule>, given: Partial<Facts> = {}): readonly string[] =>
  compileRules([{ ...rule, ...parts }], catalogue).explain("vip", { ...facts, ...given }).reasons;

describe("the explanation of a rule", () => {
  it("has nothing to say against a rule that applies", () => {
    const explanation = compileRules([rule], catalogue).explain("vip", facts);
    expect([explanation.applies, explanation.reasons]).toEqual([true, []]);
  });

  it("names each comparison to blame, with what the request says and what is needed", () => {
    expect(reasons({}, { cart: { value: 3500, products: [] }, customer: { tags: ["new"] } })).toEqual([
      "The cart's value is 35.00 EUR; needed: the cart's value is at least 40.00 EUR.",
      "The customer's tags are new; needed: the customer's tags include vip or friend.",
      "The categories in the cart are none; needed: the categories in the cart include something under Kitchen.",
    ]);
    expect(reasons({}, { context: { placement: "pdp", device: "mobile" } })).toEqual([
      "The placement is pdp; needed: the placement is one of cart or checkout.",
      "The device is mobile; needed: not (the device is mobile).",
    ]);
  });

  it("shows the whole tree with what each leaf found", () => {
    const { condition } = compileRules([rule], catalogue).explain("vip", { ...facts, cart: { value: 3500 } });
    const tree = JSON.stringify(condition);
    expect(condition.holds).toBe(false);
    expect(tree).toContain('"field":"cart.value","actual":{"amount":3500,"currency":"EUR"}');
    expect(tree).toContain('"field":"context.device","actual":"desktop"');
  });

  it("names the switch, the hours and the rule of the same group that came first", () => {
    expect(reasons({ active: false })).toEqual(["The rule is switched off."]);
    const schedule = { timeZone: "Europe/Berlin", weekly: [{ days: ["friday" as const], from: "18:00" }] };
    expect(reasons({ schedule })).toEqual([
      "The rule holds on Friday from 18:00 to 24:00 (Europe/Berlin); not now, next at 2026-06-05T16:00:00.000Z.",
    ]);
    expect(reasons({ schedule: { until: "2026-06-01T00:00:00Z" } })).toEqual([
      "The rule holds until 2026-06-01T00:00:00Z; not now, and not again.",
    ]);
    const grouped = [
      { ...rule, group: "hero" },
      { ...rule, id: "first", group: "hero", priority: 1 },
    ];
    expect(compileRules(grouped, catalogue).explain("vip", facts).reasons).toEqual([
      "The rule first of the same group, hero, comes first and applies.",
    ]);
  });

  it("knows only rules of the set", () => {
    expect(() => compileRules([rule], catalogue).explain("gone", facts)).toThrow(InvalidInput);
  });
});

describe("a rule in words", () => {
  it("says when, where and what", () => {
    expect(ruleWords(rule)).toBe(
      "When the cart's value is at least 40.00 EUR and (the customer's tags include vip or friend or the categories in the cart include something under Kitchen) and not (the device is mobile), on cart or checkout: boost products where the product's price is between 5.00 EUR and 20.00 EUR by a factor of 1.5; pin mug to place 1.",
    );
  });

  it("says always, and for how long", () => {
    const schedule = { timeZone: "UTC", yearly: [{ from: "12-01", to: "12-24" }] };
    expect(
      ruleWords({ ...rule, when: { all: [] }, placements: ["cart"], schedule, actions: rule.actions.slice(1) }),
    ).toBe("Always, on cart, each year from 12-01 to 12-24 (UTC): pin mug to place 1.");
  });
});
