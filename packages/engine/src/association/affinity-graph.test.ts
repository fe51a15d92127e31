import { beforeAll, describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { createRandom } from "../random/generator.ts";
import { findAffinities, type Affinities } from "./affinity.ts";
import { drawAffinityGraph } from "./affinity-graph.ts";
import { reportAffinities } from "./affinity-report.ts";
import { basketsOf } from "./baskets.ts";

/** Two tables (0-4 and 5-9) whose things belong together, a vase (10) that goes with both, and bread (11) with nothing. */
const [vase, bread, products] = [10, 11, 60];

function shop() {
  const random = createRandom("tables");
  const orders = Array.from({ length: 8000 }, () => {
    const basket = [12 + random.integer(products - 12), 12 + random.integer(products - 12)];
    if (random.next() < 0.2) basket.push(bread);
    const ticket = random.next();
    if (ticket < 0.12) {
      const table = ticket < 0.06 ? 0 : 5;
      basket.push(table + random.integer(5), table + random.integer(5));
      if (random.next() < 0.4) basket.push(vase);
    }
    return basket;
  });
  return basketsOf(orders, products);
}

let affinities: Affinities;
beforeAll(async () => {
  affinities = await findAffinities(shop());
});

describe("the affinity map", () => {
  it("shows the two tables as communities and the vase as their bridge", () => {
    const { nodes, bridges, communityCount } = drawAffinityGraph(affinities);
    const communityOf = new Map(nodes.map(({ product, community }) => [product, community]));
    expect(communityCount).toBe(2);
    for (const product of [1, 2, 3, 4]) expect(communityOf.get(product)).toBe(communityOf.get(0));
    for (const product of [6, 7, 8, 9]) expect(communityOf.get(product)).toBe(communityOf.get(5));
    expect(communityOf.get(0)).not.toBe(communityOf.get(5));
    expect(bridges[0]).toBe(vase);
  });

  it("names the hub, and what sells without a companion", () => {
    const { hubs, deadEnds, nodes } = drawAffinityGraph(affinities);
    expect(hubs[0]).toBe(vase);
    expect(deadEnds[0]).toBe(bread);
    expect(nodes.map(({ product }) => product)).not.toContain(bread);
  });

  it("keeps to its budget and yet keeps together what hangs together", () => {
    for (const maximumEdges of [0, 1, 5, 10, 20, 1000]) {
      const { edges, prunedEdges } = drawAffinityGraph(affinities, { maximumEdges });
      expect(edges.length).toBe(Math.min(maximumEdges, affinities.count.length));
      expect(edges.length + prunedEdges).toBe(affinities.count.length);
    }
    // Ten edges can hold eleven products together.
    const { edges, nodes } = drawAffinityGraph(affinities, { maximumEdges: 10 });
    const reached = new Set([edges[0].productA]);
    for (let round = 0; round < 10; round++) {
      for (const { productA, productB } of edges) {
        if (reached.has(productA) || reached.has(productB)) reached.add(productA).add(productB);
      }
    }
    expect(reached.size).toBe(11);
    expect(nodes).toHaveLength(11);
  });

  it("keeps each product's strongest edge as long as the forest fits", () => {
    const { edges } = drawAffinityGraph(affinities, { maximumEdges: 10 });
    const all = drawAffinityGraph(affinities, { maximumEdges: 1000 }).edges;
    for (const { product } of drawAffinityGraph(affinities).nodes) {
      const strongest = all.find(({ productA, productB }) => productA === product || productB === product);
      expect(edges.map(({ pair }) => pair)).toContain(strongest?.pair);
    }
  });

  it("can show the neighbourhood of one product", () => {
    const near = drawAffinityGraph(affinities, { around: 0, radius: 1 });
    expect(near.nodes.every(({ product }) => product <= 4 || product === vase)).toBe(true);
    expect(drawAffinityGraph(affinities, { around: bread }).edges).toEqual([]);
    expect(() => drawAffinityGraph(affinities, { around: products })).toThrow(InvalidOption);
    expect(() => drawAffinityGraph(affinities, { maximumEdges: -1 })).toThrow(InvalidOption);
  });
});

describe("the affinity report", () => {
  it("says how many pairs there are and how many chance would have made", async () => {
    const report = await reportAffinities(shop(), affinities, createRandom("report"));
    expect(report.pairs).toBe(affinities.count.length);
    expect(report.pairsByChance).toBeLessThanOrEqual(1);
    expect(report.shareOfChance).toBeLessThan(0.05);
    expect(report.topPairs).toHaveLength(10);
    const [first, second] = report.topPairs;
    expect(first.surplusBaskets).toBeGreaterThanOrEqual(second.surplusBaskets);
    expect(report.deadEnds[0]).toBe(bread);
    expect(report.deadEndCount).toBe(products - 11);
    expect(report.coverage.products).toBeCloseTo(11 / products, 12);
    expect(report.coverage.baskets).toBeGreaterThan(0.1);
    expect(report.coverage.baskets).toBeLessThan(0.14);
  });

  it("is empty but valid for an empty shop, and skips the check when asked", async () => {
    const none = basketsOf([], 3);
    const report = await reportAffinities(none, await findAffinities(none), createRandom("none"), { nullWorlds: 0 });
    expect(report).toMatchObject({ pairs: 0, topPairs: [], deadEnds: [], pairsByChance: NaN });
    expect(report.coverage).toEqual({ products: 0, baskets: 0, lines: 0 });
  });
});
