import { describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import type { Condition } from "./condition.ts";
import { findConflicts } from "./conflicts.ts";
import type { MerchandisingRule } from "./rule.ts";

const catalogue = createCatalogue({
  products: ["mug", "pan", "sofa"].map((id, index) => ({
    id,
    title: id,
    brand: index < 2 ? "Acme" : "Bolt",
    category: index < 2 ? ["Kitchen"] : ["Living"],
    variants: [{ id: `${id}-1`, prices: { default: (index + 1) * 1000 } }],
  })),
});
const at = Date.parse("2026-06-01T12:00:00Z");

const rule = (id: string, parts: Partial<MerchandisingRule> = {}): MerchandisingRule => ({
  id,
  name: id,
  priority: 0,
  when: { all: [] },
  actions: [{ type: "boost", products: { field: "product.id", operator: "is", value: "mug" }, factor: 2 }],
  active: true,
  ...parts,
});
const strategy = (id: string, parts: Partial<MerchandisingRule> = {}): MerchandisingRule =>
  rule(id, { actions: [{ type: "replace-strategy", strategy: id }], ...parts });
const cartOf = (operator: "atLeast" | "atMost" | "lessThan" | "moreThan", value: number): Condition => ({
  field: "cart.value",
  operator,
  value,
  currency: "EUR",
});
const found = (...rules: readonly MerchandisingRule[]): string[] =>
  findConflicts(rules, { catalogue, at }).map(({ type, rules: ids, path }) => `${type} ${ids.join(" ")} ${path}`);

describe("quarrels between rules", () => {
  it("names a rule whose condition excludes itself", () => {
    const impossible: readonly Condition[] = [
      { all: [cartOf("lessThan", 500), cartOf("moreThan", 900)] },
      { all: [cartOf("atLeast", 500), { not: { any: [cartOf("moreThan", 499), cartOf("lessThan", 100)] } }] },
      {
        all: [
          { field: "customer.tags", operator: "hasAny", value: ["vip"] },
          { field: "customer.tags", operator: "hasNone", value: ["vip", "staff"] },
        ],
      },
      {
        all: [
          { field: "product.category", operator: "under", value: ["Kitchen", "Mugs"] },
          { not: { field: "product.category", operator: "under", value: ["Kitchen"] } },
        ],
      },
      {
        all: [
          { field: "time.weekday", operator: "notIn", value: ["monday", "tuesday", "wednesday", "thursday", "friday"] },
          { field: "time.weekday", operator: "notIn", value: ["saturday", "sunday"] },
          { field: "time.weekday", operator: "exists", value: true },
        ],
      },
      {
        all: [
          { field: "cart.units", operator: "moreThan", value: 2 },
          { field: "cart.units", operator: "lessThan", value: 3 },
        ],
      },
      { field: "time.now", operator: "before", value: "2026-01-01T00:00:00Z" },
    ];
    for (const when of impossible) expect(found(rule("a", { when }))).toEqual(["never-reachable a when"]);
  });

  it("names a rule that asks for another placement than its own", () => {
    const when: Condition = { field: "context.placement", operator: "is", value: "pdp" };
    expect(found(rule("a", { when, placements: ["cart"] }))).toEqual(["never-reachable a placements"]);
  });

  it("names a rule whose schedule is over, and spares one that is still to come", () => {
    const over = rule("over", { schedule: { until: "2026-06-01T00:00:00Z" } });
    const coming = rule("coming", { schedule: { from: "2027-01-01T00:00:00Z" } });
    expect(found(over, coming, rule("off", { active: false, schedule: { until: "2020-01-01T00:00:00Z" } }))).toEqual([
      "never-reachable over schedule",
    ]);
  });

  it("names an action about products that cannot exist", () => {
    const price = (operator: "lessThan" | "moreThan", value: number) =>
      ({ field: "product.price", operator, value, currency: "EUR" }) as const;
    const actions = [
      { type: "boost", products: { all: [price("lessThan", 500), price("moreThan", 900)] }, factor: 2 },
    ] as const;
    expect(found(rule("a", { actions }))).toEqual(["no-effect a actions[0].products"]);
  });

  it("names a rule that a wider one of higher priority always forestalls", () => {
    const wide = strategy("wide", { priority: 2, when: cartOf("atLeast", 4000) });
    const narrow = strategy("narrow", {
      priority: 1,
      when: { all: [cartOf("atLeast", 5000), { field: "context.device", operator: "is", value: "mobile" }] },
    });
    expect(found(narrow, wide)).toEqual(["shadowed narrow wide actions[0]"]);
    expect(found({ ...narrow, priority: 3 }, wide)).toEqual([]);
    expect(found(narrow, { ...wide, when: cartOf("atLeast", 6000) })).toEqual([]);
    expect(found(narrow, { ...wide, schedule: { until: "2027-01-01T00:00:00Z" } })).toEqual([]);
    expect(found(narrow, { ...wide, placements: ["cart"] })).toEqual([]);
  });

  it("names a pin whose place is always taken, unless the pin that takes it may give way", () => {
    const pin = (product: string, position: number) => ({ type: "pin", product, position }) as const;
    const first = rule("first", { priority: 2, actions: [pin("mug", 1)] });
    const second = rule("second", { actions: [pin("pan", 1), pin("sofa", 2)] });
    expect(found(first, second)).toEqual(["shadowed second first actions[0]"]);
    const before = rule("before", { priority: 3, when: cartOf("atLeast", 1), actions: [pin("mug", 3)] });
    expect(found(before, first, second)).toEqual([]);
  });

  it("names rules of one group of which only the first can act", () => {
    const first = rule("first", { group: "hero", priority: 1 });
    const second = rule("second", { group: "hero", when: cartOf("atLeast", 1) });
    expect(found(first, second)).toEqual(["shadowed second first group"]);
  });

  it("names what contradicts within a rule and between rules", () => {
    const acme = { field: "product.brand", operator: "is", value: "Acme" } as const;
    const kitchen = { field: "product.category", operator: "under", value: ["Kitchen"] } as const;
    const hide = { type: "filter", products: acme, show: "never" } as const;
    const pin = { type: "pin", product: "mug", position: 1 } as const;
    expect(found(rule("both", { actions: [hide, pin] }))).toEqual(["contradictory both actions[1]"]);
    // The same products, told in two ways.
    const boost = rule("boost", { actions: [{ type: "boost", products: acme, factor: 2 }] });
    const bury = rule("bury", {
      when: cartOf("atLeast", 1),
      actions: [{ type: "bury", products: kitchen, factor: 0.5 }],
    });
    expect(found(boost, bury)).toEqual(["contradictory bury boost actions[0]"]);
    const only = rule("only", { actions: [{ type: "filter", products: acme, show: "only" }] });
    const others = rule("others", { actions: [{ type: "filter", products: { not: kitchen }, show: "only" }] });
    expect(found(only, others)).toEqual(["contradictory others only actions[0]"]);
  });

  it("is silent where two rules may never meet", () => {
    const acme = { field: "product.brand", operator: "is", value: "Acme" } as const;
    const hide = rule("hide", {
      when: cartOf("atLeast", 4000),
      actions: [{ type: "filter", products: acme, show: "never" }],
    });
    const pin = rule("pin", {
      when: cartOf("lessThan", 4000),
      actions: [{ type: "pin", product: "mug", position: 1 }],
    });
    expect(found(hide, pin)).toEqual([]);
    const onMobile = { field: "context.device", operator: "is", value: "mobile" } as const;
    expect(found(hide, { ...pin, when: onMobile })).toEqual(["contradictory pin hide actions[0]"]);
    const june = { until: "2026-07-01T00:00:00Z" };
    const july = { from: "2026-07-01T00:00:00Z" };
    expect(found({ ...hide, schedule: june }, { ...pin, when: onMobile, schedule: july })).toEqual([]);
  });

  it("names rules of one priority that want the same at overlapping hours", () => {
    const weekend = { timeZone: "Europe/Berlin", weekly: [{ days: ["saturday", "sunday"] }] } as const;
    const evening = { timeZone: "Europe/London", weekly: [{ days: ["friday", "saturday"], from: "18:00" }] } as const;
    const monday = { timeZone: "Europe/Berlin", weekly: [{ days: ["monday"] }] } as const;
    const one = strategy("one", { schedule: weekend });
    expect(found(one, strategy("two", { schedule: evening }))).toEqual(["tie two one actions[0]"]);
    expect(found(one, strategy("two", { schedule: monday }))).toEqual([]);
    expect(found(one, strategy("two", { schedule: evening, priority: 1 }))).toEqual([]);
  });

  it("is silent where two rules want the same and both get it", () => {
    const pin = { type: "pin", product: "mug", position: 1 } as const;
    expect(found(rule("wide", { actions: [pin], priority: 1 }), rule("narrow", { actions: [pin] }))).toEqual([]);
    expect(found(rule("one", { actions: [pin] }), rule("other", { actions: [pin] }))).toEqual([]);
    const actions = [{ type: "replace-strategy", strategy: "bestsellers" }] as const;
    expect(found(rule("wide", { actions, priority: 1 }), rule("narrow", { actions }))).toEqual([]);
  });

  it("says what is wrong and what to do", () => {
    const [conflict] = findConflicts([strategy("one", { priority: 1 }), strategy("two")], { catalogue, at });
    expect(conflict.words).toBe("two never gets its way here: whenever it matches, one does too, and comes first.");
    expect(conflict.advice).toBe("Raise the priority of two above 1, narrow one, or delete two.");
  });
});
