import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import { InvalidInput } from "../errors.ts";
import { assertCondition, assertProductCondition } from "./check-condition.ts";
import type { Condition, Leaf, ProductCondition, Tree } from "./condition.ts";
import { explainCondition } from "./explain.ts";
import type { Facts } from "./facts.ts";
import { findConflicts } from "./conflicts.ts";
import type { Field, ProductField } from "./field.ts";
import { createPredicateCompiler } from "./predicate.ts";
import { createProductSets } from "./product-sets.ts";
import { createScene } from "./read-facts.ts";
import { wholeCondition, type MerchandisingRule } from "./rule.ts";
import { compileRules } from "./rule-set.ts";
import { follows, isImpossible } from "./satisfiable.ts";
import { shareOffsets } from "./schedule-clock.ts";
import { conditionWords } from "./words.ts";

const brands = ["Acme", "Bolt"];
const paths = [["Kitchen"], ["Kitchen", "Mugs"], ["Living"]];
const colours = ["red", "blue", "green"];
const hour = 3_600_000;
const at = Date.parse("2026-06-01T06:00:00Z");

const catalogue = createCatalogue({
  products: Array.from({ length: 70 }, (_, index) => ({
    id: `p${index}`,
    title: ["Blue mug", "Red pan", "Sofa"][index % 3],
    brand: ["Acme", "Bolt", ""][index % 3],
    category: [...paths, []][index % 4],
    ...(index % 5 > 0 && { attributes: { colour: index % 2 ? colours[index % 3] : colours.slice(index % 3) } }),
    ...(index % 7 > 0 && { publishedAt: new Date(at - index * 12 * hour).toISOString() }),
    variants: [
      {
        id: `v${index}`,
        prices: { de: (index % 6) * 100, ...(index % 3 > 0 && { uk: 300 }) },
        ...(index % 4 > 0 && { stock: index % 8, cost: (index % 3) * 100 }),
      },
    ],
  })),
  markets: [
    { id: "de", country: "DE", currency: "EUR", locale: "de", timeZone: "Europe/Berlin" },
    { id: "uk", country: "GB", currency: "GBP", locale: "en-GB", timeZone: "Europe/London" },
  ],
});

const among = <const Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
const number = fc.integer({ min: 0, max: 5 });
const range = <Value>(values: fc.Arbitrary<Value>, orderOf: (value: Value) => number) =>
  fc
    .tuple(values, values)
    .map(([one, other]) => (orderOf(one) <= orderOf(other) ? { from: one, to: other } : { from: other, to: one }));
const exists = { operator: among("exists" as const), value: fc.boolean() };
const order = among("is", "isNot", "lessThan", "atMost", "moreThan", "atLeast");

const text = <F extends string>(field: fc.Arbitrary<F>, values: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.record({ field, operator: among("is", "isNot", "startsWith", "contains"), value: values }),
    fc.record({ field, operator: among("in", "notIn"), value: fc.array(values, { minLength: 1, maxLength: 3 }) }),
    fc.record({ field, ...exists }),
  );
const numeric = <F extends string>(field: fc.Arbitrary<F>, values: fc.Arbitrary<number>) =>
  fc.oneof(
    fc.record({ field, operator: order, value: values }),
    fc.record({ field, operator: among("between" as const), value: range(values, Number) }),
    fc.record({ field, ...exists }),
  );
const money = <F extends string>(field: fc.Arbitrary<F>) => {
  const currency = among("EUR", "GBP");
  const amount = number.map((value) => value * 100);
  return fc.oneof(
    fc.record({ field, operator: order, value: amount, currency }),
    fc.record({ field, operator: among("between" as const), value: range(amount, Number), currency }),
    fc.record({ field, ...exists }),
  );
};
const instant = number.map((days) => new Date(at - days * 24 * hour).toISOString());
const moment = <F extends string>(field: fc.Arbitrary<F>) =>
  fc.oneof(
    fc.record({ field, operator: among("before", "after"), value: instant }),
    fc.record({ field, operator: among("between" as const), value: range(instant, Date.parse) }),
    fc.record({ field, operator: among("newerThanDays", "olderThanDays"), value: number.map((days) => days + 1) }),
    fc.record({ field, ...exists }),
  );
const strings = <F extends string>(field: fc.Arbitrary<F>, values: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.record({
      field,
      operator: among("hasAny", "hasAll", "hasNone"),
      value: fc.array(values, { minLength: 1, maxLength: 2 }),
    }),
    fc.record({ field, ...exists }),
  );
const category = <F extends string>(field: fc.Arbitrary<F>) =>
  fc.oneof(
    fc.record({ field, operator: among("is", "under"), value: among(...paths) }),
    fc.record({ field, ...exists }),
  );

const productLeaf: fc.Arbitrary<Leaf<ProductField>> = fc.oneof(
  text(among("product.id"), among("p1", "p10", "p2")),
  text(among("product.title"), among("mug", "Blue", "Sofa", "a")),
  text(among("product.brand"), among(...brands)),
  text(among("product.availability"), among("in-stock", "low", "out-of-stock")),
  numeric(among("product.stock"), number),
  numeric(among("product.marginRate"), among(0, 0.5, 0.25, 1)),
  money(among("product.price")),
  moment(among("product.publishedAt")),
  strings(among("product.attributes.colour", "product.attributes.none"), among(...colours)),
  category(among("product.category")),
);
const requestLeaves: readonly fc.Arbitrary<Leaf>[] = [
  productLeaf,
  text(among("session.search"), among("mug", "Mugs", "mu", "red")),
  text(among("time.weekday"), among("monday", "tuesday")),
  text(among("context.placement"), among("cart", "pdp")),
  numeric(among("cart.units", "session.visit", "time.hour"), number),
  numeric(among("session.seconds"), among(0, 1, 1.5, 2)),
  money(among("cart.value", "customer.spent")),
  moment(among("customer.lastOrderAt", "time.now")),
  strings(
    among("customer.tags", "cart.products", "cart.brands", "customer.attributes.club"),
    among("p1", "p2", "Acme"),
  ),
  category(among("cart.categories")),
  fc.record({ field: among("context.consented"), operator: among("is", "exists"), value: fc.boolean() }),
];

const tree = <F extends Field>(leaf: fc.Arbitrary<Leaf<F>>): fc.Arbitrary<Tree<F>> =>
  fc.letrec<{ tree: Tree<F> }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.record({ all: fc.array(tie("tree"), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie("tree") }),
    ),
  })).tree;
/** Of one type of field, so that its comparisons meet, or of all. */
const condition: fc.Arbitrary<Condition> = fc.oneof(...requestLeaves.map((leaf) => tree(leaf)), {
  weight: 5,
  arbitrary: tree(fc.oneof(...requestLeaves)),
});
const productCondition: fc.Arbitrary<ProductCondition> = tree(productLeaf);

const productIds = fc.array(among("p1", "p2", "p5", "gone"), { maxLength: 3 });
const euros = fc.record({ amount: number.map((value) => value * 100), currency: among("EUR", "GBP") });
const past = number.map((days) => at - days * 24 * hour);
const partly = { requiredKeys: [] };
const facts: fc.Arbitrary<Facts> = fc.record(
  {
    at: number.map((days) => at + days * 13 * hour),
    context: fc.record(
      { placement: among("cart", "pdp"), market: among("de", "uk"), consented: fc.boolean() },
      { requiredKeys: ["placement"] },
    ),
    product: among("p1", "p2", "p10", "p21", "gone"),
    cart: fc.record({ value: number.map((value) => value * 100), units: number, products: productIds }, partly),
    customer: fc.record(
      {
        spent: euros,
        lastOrderAt: past,
        tags: fc.subarray(["p1", "p2", "Acme"]),
        attributes: fc.record({ club: among<string | string[]>("p1", ["p2", "Acme"]) }, partly),
      },
      partly,
    ),
    session: fc.record(
      {
        search: among("mug", "Mugs", "red mug"),
        visit: number.map((value) => value + 1),
        seconds: among(0, 0.5, 1, 1.7),
      },
      partly,
    ),
  },
  { requiredKeys: ["at", "context"] },
);

const offsetsOf = shareOffsets();
const holds = (given: Condition, request: Facts): boolean =>
  explainCondition(given, createScene(request, catalogue, offsetsOf)).holds;

describe("a condition", () => {
  it("says the same compiled as read plainly, also when one compiler serves many conditions and requests", () => {
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 5 }), fc.array(facts, { maxLength: 4 }), (conditions, requests) => {
        const compiler = createPredicateCompiler();
        const predicates = conditions.map(compiler.compile);
        for (const request of requests) {
          compiler.begin(createScene(request, catalogue, offsetsOf));
          const answers = predicates.map((predicate) => predicate());
          expect(answers).toEqual(conditions.map((given) => holds(given, request)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("holds of the same products as a set as of each product by itself", () => {
    fc.assert(
      fc.property(productCondition, among(...catalogue.markets), (given, market) => {
        const set = createProductSets(catalogue).of(given, market, at);
        const expected = catalogue.products.flatMap(({ id }, index) =>
          holds(given, { at, product: id, context: { placement: "pdp", market: market.id } }) ? [index] : [],
        );
        expect([...set.members()]).toEqual(expected);
        expect(set.size).toBe(expected.length);
        expect(catalogue.products.flatMap((_, index) => (set.has(index) ? [index] : []))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("is called impossible only when no request satisfies it", () => {
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 1, maxLength: 3 }),
        fc.array(facts, { minLength: 20 }),
        (all, requests) => {
          if (!isImpossible(all, at)) return;
          for (const request of requests) expect(all.every((given) => holds(given, request))).toBe(false);
        },
      ),
      { numRuns: 600 },
    );
  });

  it("is said to follow from another only when every request agrees", () => {
    fc.assert(
      fc.property(condition, condition, fc.array(facts, { minLength: 20 }), (one, other, requests) => {
        if (!follows(one, other, at)) return;
        for (const request of requests) expect(holds(one, request) && !holds(other, request)).toBe(false);
      }),
      { numRuns: 600 },
    );
  });

  it("follows from itself, travels as JSON and has words", () => {
    fc.assert(
      fc.property(condition, (given) => {
        const travelled: unknown = JSON.parse(JSON.stringify(given));
        assertCondition(travelled, "when", { currencies: ["EUR", "GBP"] });
        expect(travelled).toEqual(given);
        expect(conditionWords(travelled).length).toBeGreaterThan(0);
      }),
    );
  });

  it("is refused with an error of input, whatever it is", () => {
    const almost = fc.oneof(
      fc.jsonValue(),
      fc.record({
        field: fc.oneof(fc.string(), among("cart.value", "product.brand", "time.now")),
        operator: fc.string(),
        value: fc.jsonValue(),
      }),
      fc.record({
        field: among("cart.value", "product.category", "customer.tags", "time.now", "context.consented", "cart.units"),
        operator: among("is", "between", "under", "hasAny", "before", "exists", "in"),
        value: fc.jsonValue(),
      }),
      fc.record({ all: fc.array(fc.oneof(condition, fc.jsonValue())) }),
      fc.constant(JSON.parse('{ "field": { "toString": 1, "__proto__": null }, "operator": "is" }')),
    );
    fc.assert(
      fc.property(almost, (given) => {
        const checks: readonly ((value: unknown, path: string) => void)[] = [assertCondition, assertProductCondition];
        for (const check of checks) {
          try {
            check(given, "when");
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidInput);
          }
        }
      }),
      { numRuns: 600 },
    );
  });
});

describe("rules with conditions", () => {
  const rules = fc
    .array(
      fc.record({ when: condition, placements: fc.option(among(["cart"], ["pdp", "cart"]), { nil: undefined }) }),
      {
        maxLength: 12,
      },
    )
    .map((drafts) =>
      drafts.map(({ when, placements }, index): MerchandisingRule => ({
        id: `r${index}`,
        name: `R${index}`,
        priority: index % 3,
        when,
        ...(placements && { placements }),
        group: `g${index % 2}`,
        actions: [{ type: "replace-strategy", strategy: "mine" }],
        active: true,
      })),
    );
  const ungrouped = (rule: MerchandisingRule): MerchandisingRule => {
    const { group, ...rest } = rule;
    return group === undefined ? rule : rest;
  };
  const idsOf = (given: readonly MerchandisingRule[]): string[] => given.map(({ id }) => id);

  it("match the requests of which their conditions hold, though most rules are never asked", () => {
    fc.assert(
      fc.property(rules, fc.array(facts, { maxLength: 5 }), (given, requests) => {
        const set = compileRules(given.map(ungrouped), catalogue);
        for (const request of requests) {
          const expected = set.rules.filter((rule) => holds(wholeCondition(rule), request));
          expect(idsOf(set.match(request))).toEqual(idsOf(expected));
          for (const { id } of given) expect(set.explain(id, request).applies).toBe(idsOf(expected).includes(id));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("are called never reachable, or shadowed in their group, only when they never act", () => {
    fc.assert(
      fc.property(rules, fc.array(facts, { minLength: 10 }), (given, requests) => {
        const silent = findConflicts(given, { catalogue, at }).flatMap(({ type, path, rules: [id] }) =>
          type === "never-reachable" || (type === "shadowed" && path === "group") ? [id] : [],
        );
        const set = compileRules(given, catalogue);
        for (const request of requests) for (const id of idsOf(set.match(request))) expect(silent).not.toContain(id);
      }),
      { numRuns: 200 },
    );
  });
});
