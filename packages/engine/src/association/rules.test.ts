import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { rowOf } from "../matrix/sparse.ts";
import { basketsOf, findItemsets, findRules, measureRule, type RuleOptions, type Rules } from "./index.ts";

const bread = 0;
const butter = 1;
const jam = 2;
const milk = 3;

const orders = [
  [bread, butter, jam],
  [bread, butter, jam],
  [bread, butter],
  [bread, milk],
  [butter, jam],
  [milk],
  [milk],
  [bread, milk],
];

async function rulesOf(products: readonly number[][], productCount: number, options: RuleOptions): Promise<Rules> {
  const filled = products.filter((order) => order.length > 0).length;
  const itemsets = await findItemsets(basketsOf(products, productCount), { minimumSupport: 1 / Math.max(1, filled) });
  return findRules(itemsets, options);
}

/** "0+1 > 2" for each rule. */
function listed({ antecedents, consequent }: Rules): string[] {
  return Array.from(consequent, (product, rule) => `${rowOf(antecedents, rule).join("+")} > ${product}`);
}

describe("association rules", () => {
  it("say who buys what too, the most telling first", async () => {
    const rules = await rulesOf(orders, 4, { minimumConfidence: 0.75 });
    // Both ways the lift is 3 * 8 / (3 * 4) = 2, in three baskets.
    expect(listed(rules).slice(0, 2)).toEqual(["2 > 1", "1 > 2"]);
    expect(listed(rules)).toContain("0+2 > 1");
    const { count, antecedentCount, consequentCount, basketCount } = rules;
    expect([count[0], antecedentCount[0], consequentCount[0], basketCount]).toEqual([3, 3, 4, 8]);
    const measures = measureRule(rules, 0);
    expect(measures).toMatchObject({ support: 3 / 8, confidence: 1, lift: 2, conviction: Infinity });
    expect(measureRule(rules, 1)).toMatchObject({ confidence: 0.75, kulczynski: 0.875, imbalance: 0.25 });
  });

  it("leave out those that a shorter rule foretells as surely", async () => {
    const all = listed(await rulesOf(orders, 4, { minimumConfidence: 0.75 }));
    const telling = listed(await rulesOf(orders, 4, { minimumConfidence: 0.75, redundant: "drop" }));
    // Jam alone leads to butter every time: bread beside it adds nothing.
    expect(all.filter((rule) => !telling.includes(rule))).toEqual(["0+2 > 1"]);
  });

  it("are those of the definition, whatever the baskets", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uniqueArray(fc.nat(4), { minLength: 1 }), { minLength: 1, maxLength: 15 }),
        fc.constantFrom(0, 0.3, 0.5, 1),
        fc.constantFrom(0, 1, 1.5),
        fc.constantFrom("keep" as const, "drop" as const),
        async (products, minimumConfidence, minimumLift, redundant) => {
          const rules = await rulesOf(products, 5, { minimumConfidence, minimumLift, redundant });
          const expected = byDefinition(products, { minimumConfidence, minimumLift, redundant });
          expect(listed(rules).sort()).toEqual(expected.sort());
          const lifts = Array.from(rules.count, (_, rule) => measureRule(rules, rule).lift);
          for (let rule = 1; rule < lifts.length; rule++) {
            expect(lifts[rule]).toBeLessThanOrEqual(lifts[rule - 1] * (1 + 1e-12));
          }
        },
      ),
    );
  });

  it("are none where products never meet", async () => {
    expect((await rulesOf([[0], [1], [2]], 3, { minimumConfidence: 0 })).count.length).toBe(0);
    expect((await rulesOf([], 0, {})).count.length).toBe(0);
  });

  it("refuse what they cannot be made of", async () => {
    const closed = await findItemsets(basketsOf(orders, 4), { kind: "closed" });
    const all = await findItemsets(basketsOf(orders, 4));
    await expect(findRules(closed)).rejects.toThrow(InvalidOption);
    await expect(findRules(all, { minimumConfidence: 1.2 })).rejects.toThrow(InvalidOption);
    await expect(findRules(all, { minimumLift: NaN })).rejects.toThrow(InvalidOption);
    await expect(findRules(all, { signal: AbortSignal.abort() })).rejects.toThrow("abort");
    const rules = await findRules(all);
    expect(() => measureRule(rules, rules.count.length)).toThrow(InvalidOption);
  });
});

function byDefinition(
  products: readonly number[][],
  {
    minimumConfidence,
    minimumLift,
    redundant,
  }: Required<Pick<RuleOptions, "minimumConfidence" | "minimumLift" | "redundant">>,
): string[] {
  const countOf = (set: readonly number[]): number =>
    products.filter((order) => set.every((product) => order.includes(product))).length;
  const confidence = (left: readonly number[], right: number): number => countOf([...left, right]) / countOf(left);
  const subsets = Array.from({ length: 32 }, (_, mask) => [0, 1, 2, 3, 4].filter((p) => mask & (1 << p)));
  const rules: string[] = [];
  for (const left of subsets.filter((set) => set.length > 0)) {
    for (const right of [0, 1, 2, 3, 4].filter((product) => !left.includes(product))) {
      const together = countOf([...left, right]);
      if (together === 0 || confidence(left, right) < minimumConfidence) continue;
      if ((together * products.length) / (countOf(left) * countOf([right])) < minimumLift) continue;
      const parts = subsets.filter((set) => set.length < left.length && set.every((product) => left.includes(product)));
      const adds = parts.every((part) => confidence(part, right) < confidence(left, right));
      if (redundant === "keep" || adds) rules.push(`${left.join("+")} > ${right}`);
    }
  }
  return rules;
}
