import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { findCommunities } from "./communities.ts";

/** Zachary, "An information flow model for conflict and fission in small groups" (1977): the karate club, members from 1. */
const karate =
  "2-1 3-1 3-2 4-1 4-2 4-3 5-1 6-1 7-1 7-5 7-6 8-1 8-2 8-3 8-4 9-1 9-3 10-3 11-1 11-5 11-6 12-1 13-1 13-4 14-1 14-2 14-3 14-4 " +
  "17-6 17-7 18-1 18-2 20-1 20-2 22-1 22-2 26-24 26-25 28-3 28-24 28-25 29-3 30-24 30-27 31-2 31-9 32-1 32-25 32-26 32-29 33-3 " +
  "33-9 33-15 33-16 33-19 33-21 33-23 33-24 33-30 33-31 33-32 34-9 34-10 34-14 34-15 34-16 34-19 34-20 34-21 34-23 34-24 34-27 " +
  "34-28 34-29 34-30 34-31 34-32 34-33";

describe("communities", () => {
  it("of the karate club are four, as good as the best there are", () => {
    const edges = karate.split(" ").map((edge) => edge.split("-").map((member) => Number(member) - 1));
    expect(edges).toHaveLength(78);
    const { count, modularity, communityOf } = findCommunities({
      nodeCount: 34,
      from: edges.map(([from]) => from),
      to: edges.map(([, to]) => to),
      weight: edges.map(() => 1),
    });
    // The best possible is 0.4198 (Brandes et al., "On modularity clustering", 2008).
    expect(modularity).toBeGreaterThan(0.41);
    expect(modularity).toBeLessThan(0.41981);
    expect(count).toBe(4);
    // The instructor and the administrator led the two factions.
    expect(communityOf[0]).not.toBe(communityOf[33]);
  });

  it("are never worse than every node alone, and the same each time", () => {
    const edge = fc.tuple(
      fc.integer({ min: 0, max: 11 }),
      fc.integer({ min: 0, max: 11 }),
      fc.integer({ min: 0, max: 9 }),
    );
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 40 }), (edges) => {
        const graph = {
          nodeCount: 12,
          from: edges.map(([from]) => from),
          to: edges.map(([, to]) => to),
          weight: edges.map(([, , weight]) => weight),
        };
        const found = findCommunities(graph);
        expect(found).toEqual(findCommunities(graph));
        expect(new Set(found.communityOf).size).toBe(found.count);
        const total = graph.weight.reduce((sum, weight) => sum + weight, 0);
        const alone = new Float64Array(12);
        let loops = 0;
        for (const [from, to, weight] of edges) {
          alone[from] += weight;
          alone[to] += weight;
          if (from === to) loops += weight;
        }
        const q = total > 0 ? loops / total - alone.reduce((sum, value) => sum + (value / (2 * total)) ** 2, 0) : 0;
        expect(found.modularity).toBeGreaterThanOrEqual(q - 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  it("refuse edges that lead nowhere", () => {
    expect(() => findCommunities({ nodeCount: 1, from: [0], to: [1], weight: [1] })).toThrow(InvalidInput);
    expect(() => findCommunities({ nodeCount: 1, from: [0], to: [0], weight: [NaN] })).toThrow(InvalidInput);
    expect(findCommunities({ nodeCount: 0, from: [], to: [], weight: [] })).toMatchObject({ count: 0, modularity: 0 });
  });
});
