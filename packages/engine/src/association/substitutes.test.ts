import { beforeAll, describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { groupByRow, type Incidence } from "../matrix/sparse.ts";
import { createRandom } from "../random/generator.ts";
import { basketsOf, findSubstitutes, type Substitutes } from "./index.ts";

const [kettleA, kettleB, cup, saucer, bestsellerA, bestsellerB] = [0, 1, 2, 3, 4, 5];

/** Who comes for a kettle looks at both and takes one; who comes for a cup looks at the saucer and takes both. */
function shop(): { readonly baskets: Incidence; readonly sessions: Incidence } {
  const random = createRandom("kettles");
  const others = (count: number): number[] => Array.from({ length: count }, () => 6 + random.integer(80));
  const row: number[] = [];
  const column: number[] = [];
  const orders = Array.from({ length: 4000 }, (_, visit) => {
    const isKettle = visit % 5 === 0;
    const isCup = visit % 5 === 1;
    const kettle = visit % 2 === 0 ? kettleA : kettleB;
    const looks = isKettle ? [kettleB, kettleA, kettleB] : isCup ? [saucer, cup] : [];
    for (const product of [...looks, ...others(3)]) {
      row.push(visit);
      column.push(product);
    }
    const popular = random.next() < 0.3 ? [random.next() < 0.5 ? bestsellerA : bestsellerB] : [];
    return [...(isKettle ? [kettle] : []), ...(isCup ? [cup, saucer] : []), ...popular, ...others(4)];
  });
  return { baskets: basketsOf(orders, 86), sessions: groupByRow({ rows: 4000, columns: 86, row, column }) };
}

let found: Substitutes;
beforeAll(async () => {
  found = await findSubstitutes(shop());
});

describe("substitutes", () => {
  it("are compared in visits and not combined in baskets", () => {
    expect([...found.productA, ...found.productB]).toEqual([kettleA, kettleB]);
    expect(found.count[0]).toBe(0);
    expect(found.expected[0]).toBeGreaterThan(20);
    expect(found.viewedTogether[0]).toBe(800);
    expect(found.viewsExpected[0]).toBeLessThan(400);
    expect(found.logQValue[0]).toBeLessThan(Math.log(1e-6));
  });

  it("are not complements, which are looked at together, too", () => {
    expect(found.familySize).toBe(2);
    expect([...found.productA]).not.toContain(cup);
  });

  it("are not what merely never meets: the bestsellers were not compared", () => {
    expect([...found.productA, ...found.productB]).not.toContain(bestsellerA);
  });

  it("need sales: nothing is said of products that chance would not have put together", async () => {
    const { sessions, baskets } = shop();
    const few = basketsOf([[kettleA], [kettleB], [cup, saucer]], 86);
    expect((await findSubstitutes({ baskets: few, sessions })).count.length).toBe(0);
    expect((await findSubstitutes({ baskets, sessions: basketsOf([], 86) })).familySize).toBe(0);
    expect((await findSubstitutes({ baskets: basketsOf([], 0), sessions: basketsOf([], 0) })).familySize).toBe(0);
  });

  it("refuse what does not fit together", async () => {
    const { baskets, sessions } = shop();
    await expect(findSubstitutes({ baskets, sessions: basketsOf([], 7) })).rejects.toThrow(InvalidInput);
    await expect(findSubstitutes({ baskets, sessions }, { maximumLift: 0 })).rejects.toThrow(InvalidOption);
    await expect(findSubstitutes({ baskets, sessions }, { level: 2 })).rejects.toThrow(InvalidOption);
    await expect(findSubstitutes({ baskets, sessions }, { signal: AbortSignal.abort() })).rejects.toThrow("abort");
  });
});
