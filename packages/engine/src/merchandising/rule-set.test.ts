import { describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import type { Facts } from "./facts.ts";
import type { MerchandisingRule } from "./rule.ts";
import { compileRules } from "./rule-set.ts";

const catalogue = createCatalogue({
  products: [
    {
      id: "mug",
      title: "Mug",
      brand: "Acme",
      category: ["Kitchen", "Mugs"],
      variants: [{ id: "m", prices: { de: 1250, uk: 1100 }, stock: 3 }],
    },
    {
      id: "pan",
      title: "Pan",
      brand: "Bolt",
      category: ["Kitchen", "Pans"],
      variants: [{ id: "p", prices: { de: 4900 } }],
    },
    {
      id: "sofa",
      title: "Sofa",
      category: ["Living"],
      attributes: { colour: ["red", "blue"] },
      variants: [{ id: "s", prices: { de: 89_900, uk: 79_900 } }],
    },
  ],
  markets: [
    { id: "de", country: "DE", currency: "EUR", locale: "de", timeZone: "Europe/Berlin" },
    { id: "uk", country: "GB", currency: "GBP", locale: "en-GB", timeZone: "Europe/London" },
  ],
});

const rule = (id: string, parts: Partial<MerchandisingRule> = {}): MerchandisingRule => ({
  id,
  name: id,
  priority: 0,
  when: { all: [] },
  actions: [{ type: "replace-strategy", strategy: id }],
  active: true,
  ...parts,
});

/** Monday, 8:30 in Berlin. */
const at = Date.parse("2026-06-01T06:30:00Z");
const facts = (parts: Partial<Facts> = {}): Facts => ({ at, context: { placement: "cart" }, ...parts });
const matched = (rules: readonly MerchandisingRule[], given: Facts): string[] =>
  compileRules(rules, catalogue)
    .match(given)
    .map(({ id }) => id);

describe("a set of rules", () => {
  it("heeds the higher priority first, and of equals the one that stands first", () => {
    const rules = [rule("low"), rule("high", { priority: 5 }), rule("low too")];
    expect(matched(rules, facts())).toEqual(["high", "low", "low too"]);
  });

  it("passes over rules that are off, elsewhere, or out of their hours", () => {
    const evening = { timeZone: "Europe/Berlin", weekly: [{ days: ["monday" as const], from: "18:00" }] };
    const rules = [
      rule("off", { active: false }),
      rule("elsewhere", { placements: ["pdp"] }),
      rule("evening", { schedule: evening }),
      rule("here", { placements: ["cart", "pdp"] }),
    ];
    expect(matched(rules, facts())).toEqual(["here"]);
    expect(matched(rules, facts({ at: at + 10 * 3_600_000 }))).toEqual(["evening", "here"]);
  });

  it("lets only the first rule of a group act", () => {
    const rules = [rule("a", { group: "hero" }), rule("b", { group: "hero", priority: 1 }), rule("c")];
    expect(matched(rules, facts())).toEqual(["b", "c"]);
  });

  it("compares money in the currency of the rule only", () => {
    const rules = [rule("forty", { when: { field: "cart.value", operator: "atLeast", value: 4000, currency: "EUR" } })];
    expect(matched(rules, facts({ cart: { value: 4000 } }))).toEqual(["forty"]);
    expect(matched(rules, facts({ cart: { value: 3999 } }))).toEqual([]);
    expect(matched(rules, facts({ context: { placement: "cart", market: "uk" }, cart: { value: 4000 } }))).toEqual([]);
  });

  it("knows the brands and categories of the cart and of the page's product", () => {
    const rules = [
      rule("kitchen", { when: { field: "cart.categories", operator: "under", value: ["Kitchen"] } }),
      rule("bolt", { when: { field: "cart.brands", operator: "hasAny", value: ["Bolt"] } }),
      rule("red", { when: { field: "product.attributes.colour", operator: "hasAny", value: ["red"] } }),
    ];
    expect(matched(rules, facts({ cart: { products: ["mug", "gone"] }, product: "sofa" }))).toEqual(["kitchen", "red"]);
    expect(matched(rules, facts({ cart: { products: ["pan"] }, product: "gone" }))).toEqual(["kitchen", "bolt"]);
  });

  it("reads hours and days by the market's own clock", () => {
    const rules = [rule("early", { when: { field: "time.hour", operator: "is", value: 8 } })];
    expect(matched(rules, facts())).toEqual(["early"]);
    expect(matched(rules, facts({ context: { placement: "cart", market: "uk" } }))).toEqual([]);
  });
});

describe("what rules want of an answer", () => {
  it("settles quarrels by priority and multiplies boosts", () => {
    const kitchen = { field: "product.category", operator: "under", value: ["Kitchen"] } as const;
    const rules = [
      rule("first", {
        priority: 2,
        actions: [
          { type: "boost", products: kitchen, factor: 2 },
          { type: "pin", product: "mug", position: 2 },
          { type: "replace-strategy", strategy: "mine" },
        ],
      }),
      rule("second", {
        actions: [
          { type: "bury", products: { field: "product.brand", operator: "is", value: "Bolt" }, factor: 0.25 },
          { type: "pin", product: "pan", position: 2 },
          { type: "pin", product: "mug", position: 1 },
          { type: "replace-strategy", strategy: "theirs" },
          {
            type: "filter",
            products: { field: "product.price", operator: "moreThan", value: 50_000, currency: "EUR" },
            show: "never",
          },
        ],
      }),
    ];
    const directives = compileRules(rules, catalogue).directives(facts());
    expect(directives.strategy).toEqual({ rule: "first", id: "mine" });
    expect(directives.pins).toEqual([{ rule: "first", product: 0, position: 2 }]);
    expect([0, 1, 2].map(directives.factorOf)).toEqual([2, 0.5, 1]);
    expect([0, 1, 2].map(directives.refusalOf)).toEqual([undefined, undefined, "second"]);
  });

  it("follows a change of prices without reading the rules again", () => {
    const dear = { field: "product.price", operator: "moreThan", value: 2000, currency: "EUR" } as const;
    const rules = compileRules(
      [rule("dear", { actions: [{ type: "filter", products: dear, show: "never" }] })],
      catalogue,
    );
    const cheaper = createCatalogue({
      products: catalogue.products.map((product) => ({
        ...product,
        variants: [{ id: product.id, prices: { de: 1000 } }],
      })),
      markets: catalogue.markets,
    });
    expect(rules.directives(facts()).refusalOf(1)).toBe("dear");
    expect(rules.withCatalogue(cheaper).directives(facts()).refusalOf(1)).toBeUndefined();
  });
});
