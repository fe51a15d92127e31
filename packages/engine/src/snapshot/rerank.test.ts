import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { childDecisionId, rerank, type RerankInput, type SlateItem } from "./rerank.ts";
import { relation, shardFormat, type SnapshotShard } from "./shard.ts";

const slate: SlateItem[] = ["cup", "saucer", "lamp", "rug"].map((productId) => ({
  productId,
  variantId: `${productId}-1`,
  price: 1000,
  availability: "in-stock",
}));
const shard: SnapshotShard = {
  format: shardFormat,
  ids: ["teapot", "rug", "lamp"],
  rows: [
    [0, 1, 255, relation.seenNext, 2, 40, relation.boughtTogether],
    [2, 1, 10, relation.seenNext],
  ],
};
const input: RerankInput<SlateItem> = {
  parentId: "decision-1",
  snapshotVersion: "v1",
  shards: [shard],
  session: ["teapot"],
  slate,
};
const order = (given: RerankInput<SlateItem>, options = {}) => rerank(given, options).items.map((i) => i.productId);

describe("the re-rank on the device", () => {
  it("brings forward what follows the products just looked at, and says which one speaks for it", () => {
    const { items } = rerank(input);
    expect(items.map(({ productId }) => productId)).toEqual(["rug", "cup", "lamp", "saucer"]);
    expect(items[0]).toMatchObject({ because: "teapot", propensity: 1, variantId: "rug-1" });
    expect(items[1].because).toBeUndefined();
  });

  it("leaves the slate as it was served while the session says nothing", () => {
    const served = slate.map(({ productId }) => productId);
    expect(order({ ...input, session: [] })).toEqual(served);
    expect(order({ ...input, session: ["unheard-of"] })).toEqual(served);
    expect(order({ ...input, shards: [undefined] })).toEqual(served);
    expect(order(input, { sessionWeight: 0 })).toEqual(served);
    expect(rerank({ ...input, slate: [] }).items).toEqual([]);
  });

  it("is a child decision: it names its parent and snapshot, and can be repeated", () => {
    const child = rerank(input, { temperature: 0.5 });
    expect(child).toMatchObject({ parentId: "decision-1", snapshotVersion: "v1" });
    expect(rerank(input, { temperature: 0.5 })).toEqual(child);
    expect(rerank({ ...input, session: ["teapot", "lamp"] }).decisionId).not.toBe(child.decisionId);
    expect(rerank({ ...input, parentId: "decision-2" }).decisionId).not.toBe(child.decisionId);
  });

  it("has an id that anybody who knows the parent can check, down to the products that were served", () => {
    const { parentId, snapshotVersion, session } = input;
    const served = slate.map(({ productId }) => productId);
    const ground = { parentId, snapshotVersion, session, slate: served };
    expect(childDecisionId(ground)).toBe(rerank(input).decisionId);
    expect(childDecisionId({ ...ground, slate: served.slice(1) })).toBe(
      rerank({ ...input, slate: slate.slice(1) }).decisionId,
    );
    expect(childDecisionId({ ...ground, slate: served.slice(1) })).not.toBe(rerank(input).decisionId);
  });

  it("never adds, drops or doubles a product, and records a chance for each place", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom("cup", "saucer", "lamp", "rug", "spoon"), { maxLength: 5 }),
        fc.array(fc.constantFrom("teapot", "lamp", "nothing")),
        fc.double({ min: 0.05, max: 3, noNaN: true }),
        fc.string(),
        (shown, session, temperature, parentId) => {
          const served = shown.map((productId) => ({ ...slate[0], productId }));
          const { items } = rerank({ ...input, parentId, session, slate: served }, { temperature });
          expect(items.map((item) => item.productId).sort()).toEqual(shown.toSorted());
          for (const { propensity } of items) expect(propensity > 0 && propensity <= 1 + 1e-12).toBe(true);
        },
      ),
    );
  });

  it("records propensities that agree with how often each product comes first", () => {
    const rounds = 3000;
    const first = new Map<string, { count: number; propensity: number }>();
    for (let round = 0; round < rounds; round++) {
      const [{ productId, propensity }] = rerank({ ...input, parentId: `d${round}` }, { temperature: 0.5 }).items;
      first.set(productId, { count: (first.get(productId)?.count ?? 0) + 1, propensity });
    }
    for (const { count, propensity } of first.values()) {
      // Five standard errors.
      const error = Math.sqrt((propensity * (1 - propensity)) / rounds);
      expect(Math.abs(count / rounds - propensity)).toBeLessThan(5 * error);
    }
  });
});
