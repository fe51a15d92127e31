import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import { atOnce } from "../matrix/pieces.ts";
import type { Action } from "./action.ts";
import type { ProductCondition } from "./condition.ts";
import type { MerchandisingRule } from "./rule.ts";
import { compileRules } from "./rule-set.ts";

const hour = 3_600_000;
const at = Date.parse("2026-06-01T12:00:00Z");
const catalogue = createCatalogue({
  products: Array.from({ length: 50 }, (_, index) => ({
    id: `p${index}`,
    title: `Product ${index}`,
    publishedAt: new Date(at - index * hour).toISOString(),
    variants: [{ id: `v${index}`, prices: { default: index } }],
  })),
});
const rulesOf = (actions: readonly Action[]): MerchandisingRule[] =>
  actions.map((action, index) => ({
    id: `r${index}`,
    name: `R${index}`,
    priority: 0,
    when: { field: "cart.units", operator: "atLeast", value: index % 4 },
    actions: [action],
    active: true,
  }));
const facts = { at, context: { placement: "cart" } };

describe("what many rules want of a product", () => {
  it("is the product of their boosts, and the first of their filters, as if each were asked", () => {
    const limit = fc.integer({ min: 0, max: 50 });
    const action = fc.oneof(
      fc.tuple(limit, fc.constantFrom(2, 4)).map(([value, factor]) => ({ type: "boost" as const, value, factor })),
      fc.tuple(limit, fc.constantFrom(0.5, 0.25)).map(([value, factor]) => ({ type: "bury" as const, value, factor })),
      fc
        .tuple(limit, fc.constantFrom("only", "never"))
        .map(([value, show]) => ({ type: "filter" as const, value, show })),
    );
    // More than 64, so that a product's row has several words.
    fc.assert(
      fc.property(
        fc.array(action, { maxLength: 100, size: "max" }),
        fc.integer({ min: 0, max: 3 }),
        (wanted, units) => {
          const actions = wanted.map(({ value, ...rest }): Action => {
            const products = { field: "product.price", operator: "lessThan", value, currency: "EUR" } as const;
            return { ...rest, products };
          });
          const { factorOf, refusalOf } = compileRules(rulesOf(actions), catalogue).directives({
            ...facts,
            cart: { units },
          });
          for (let product = 0; product < 50; product++) {
            let factor = 1;
            let refusal: string | undefined;
            for (const [index, { value, ...rest }] of wanted.entries()) {
              if (index % 4 > units) continue;
              if (rest.type !== "filter") factor *= product < value ? rest.factor : 1;
              else if (product < value === (rest.show === "never")) refusal ??= `r${index}`;
            }
            expect(factorOf(product)).toBe(factor);
            expect(refusalOf(product)).toBe(refusal);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("follows the hours where products are told by their age", () => {
    const fresh: ProductCondition = { field: "product.publishedAt", operator: "newerThanDays", value: 1 };
    const rules = compileRules(rulesOf([{ type: "boost", products: fresh, factor: 2 }]), catalogue);
    const boosted = (moment: number): number[] => {
      const { factorOf } = rules.directives({ ...facts, at: moment, cart: { units: 0 } });
      return catalogue.products.flatMap((_, product) => (factorOf(product) === 2 ? [product] : []));
    };
    expect(boosted(at)).toEqual(Array.from({ length: 24 }, (_, product) => product));
    expect(boosted(at + hour - 1)).toEqual(boosted(at));
    expect(boosted(at + 3 * hour)).toEqual(Array.from({ length: 21 }, (_, product) => product));
    expect(boosted(at)).toHaveLength(24);
  });

  it("is the same when it was prepared ahead", () => {
    const cheap = { field: "product.price", operator: "lessThan", value: 7, currency: "EUR" } as const;
    const rules = compileRules(rulesOf([{ type: "filter", products: cheap, show: "only" }]), catalogue);
    atOnce(rules.prepareInPieces(at));
    const { refusalOf } = rules.directives({ ...facts, cart: { units: 0 } });
    expect([refusalOf(6), refusalOf(7)]).toEqual([undefined, "r0"]);
  });

  it("carries caps and offers with their products, and leaves out pins of products that are gone", () => {
    const actions: Action[] = [
      { type: "cap", per: "brand", most: 2 },
      { type: "attach-offer", offer: "ten-off", products: { field: "product.id", operator: "is", value: "p3" } },
      { type: "pin", product: "p49", position: 1 },
    ];
    const rules = compileRules(rulesOf(actions.map((action) => action)), catalogue);
    const smaller = createCatalogue({ products: catalogue.products.slice(0, 10) });
    const given = { ...facts, cart: { units: 3 } };
    const { caps, offers, pins } = rules.directives(given);
    expect(caps).toEqual([{ rule: "r0", per: "brand", most: 2 }]);
    expect(offers.map(({ offer, products }) => [offer, [...(products?.members() ?? [])]])).toEqual([["ten-off", [3]]]);
    expect(pins).toEqual([{ rule: "r2", product: 49, position: 1 }]);
    expect(rules.withCatalogue(smaller).directives(given).pins).toEqual([]);
  });
});
