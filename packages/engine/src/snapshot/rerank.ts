/**
 * The re-rank on the device: a served slate put into a new order by what the session did since, with the engine's own
 * sampling. It is a child decision: it names its parent and the snapshot it stood on, its seed follows from both, and
 * it can be repeated by anybody who has them.
 */
import { createIdentifiers } from "../catalogue/identifiers.ts";
import type { Availability, Catalogue } from "../catalogue/catalogue.ts";
import { sampleSlate } from "../decision/sample.ts";
import type { Strategy } from "../decision/strategy.ts";
import { murmur3 } from "../random/hash.ts";
import { shardOf, transitionsOf, type SnapshotShard } from "./shard.ts";

/** What a page knows of a product it was served. */
export interface SlateItem {
  readonly productId: string;
  readonly variantId: string;
  /** In minor units. */
  readonly price: number;
  readonly availability: Availability;
}

export interface RerankInput<Item extends SlateItem> {
  /** Decision id of the receipt that came with the slate. */
  readonly parentId: string;
  readonly snapshotVersion: string;
  /** Shards by place; those that were not loaded may be absent. */
  readonly shards: readonly (SnapshotShard | undefined)[];
  /** Products looked at, oldest first. */
  readonly session: readonly string[];
  /** As it was served, best first. */
  readonly slate: readonly Item[];
}

export interface RerankOptions {
  /** Products of the session's end that count. */
  readonly sessionProducts?: number;
  /** Pull of the session against the served order: 0 leaves the order alone, 1 forgets it. */
  readonly sessionWeight?: number;
  /** Chance: 0 is plain ranking. */
  readonly temperature?: number;
}

/** The slate in its new order, and the record of how it came about. */
export interface ChildDecision<Item extends SlateItem> {
  /** The same for the same parent, snapshot, session and slate; see `childDecisionId`. */
  readonly decisionId: string;
  readonly parentId: string;
  readonly snapshotVersion: string;
  readonly seed: string;
  readonly items: readonly (Item & {
    /** Chance of this product here, given those before it. */
    readonly propensity: number;
    /** The session's product that speaks loudest for it; absent where none does. */
    readonly because?: string;
  })[];
}

/** Nothing is proposed, filled up or left out here: the slate was decided by its parent. */
const rerankStrategy: Strategy = {
  id: "rerank",
  version: 1,
  type: "cross-sell",
  sources: [],
  owned: "allow",
  whenShort: "evidence",
  candidates: 1,
  limit: 1,
  temperature: 0,
  marginWeight: 0,
};

/** Version of the way rows are put into a new order; grows when the same input may come out in another one. */
export const rerankVersion = rerankStrategy.version;

/** What a re-rank stands on, by id. */
export interface RerankGround {
  readonly parentId: string;
  readonly snapshotVersion: string;
  /** The products that counted, oldest first. */
  readonly session: readonly string[];
  /** Product ids as they were served, best first. */
  readonly slate: readonly string[];
}

/**
 * The id of the child decision that a re-rank on this ground makes. Whoever has the parent can tell whether a child's id
 * belongs to what it claims to stand on.
 * @example
 * childDecisionId({ parentId: "d1", snapshotVersion: "v1", session: ["cup"], slate: ["lamp", "rug"] });
 */
export function childDecisionId(ground: RerankGround): string {
  return `${ground.parentId}~${murmur3(seedOf(ground)).toString(36)}`;
}

function seedOf({ parentId, snapshotVersion, session, slate }: RerankGround): string {
  return JSON.stringify([parentId, snapshotVersion, session, slate]);
}

/** What each step back in the session counts of the step after it. */
const recency = 0.8;

/**
 * Equal arguments give equal answers on every device.
 * @example
 * const { items } = rerank({ parentId: receipt.decisionId, snapshotVersion, shards, session, slate });
 */
export function rerank<Item extends SlateItem>(
  { parentId, snapshotVersion, shards, session, slate }: RerankInput<Item>,
  { sessionProducts = 8, sessionWeight = 0.7, temperature = 0 }: RerankOptions = {},
): ChildDecision<Item> {
  const recent = session.slice(-sessionProducts);
  const pull = pullOf(recent, shards);
  const loudest = Math.max(...slate.map(({ productId }) => pull.get(productId)?.amount ?? 0), Number.MIN_VALUE);
  const scores = Float64Array.from(slate, ({ productId }, place) => {
    const share = (pull.get(productId)?.amount ?? 0) / loudest;
    const served = 1 - place / slate.length;
    return sessionWeight * share + (1 - sessionWeight) * served;
  });
  const pool = { products: Uint32Array.from(slate.keys()), scores, relevance: scores };
  const ground = { parentId, snapshotVersion, session: recent, slate: slate.map(({ productId }) => productId) };
  const seed = seedOf(ground);
  const items = sampleSlate(pool, { ...rerankStrategy, temperature }, catalogueOf(slate), slate.length, seed).map(
    (pick) => {
      const item = slate[pick.product];
      const because = pull.get(item.productId)?.because;
      return { ...item, propensity: pick.propensity, ...(because !== undefined && { because }) };
    },
  );
  return { decisionId: childDecisionId(ground), parentId, snapshotVersion, seed, items };
}

interface Pull {
  readonly amount: number;
  readonly because: string;
}

/** How strongly the session's products speak for others; those looked at last speak loudest. */
function pullOf(session: readonly string[], shards: RerankInput<SlateItem>["shards"]): ReadonlyMap<string, Pull> {
  const pull = new Map<string, Pull & { readonly loudest: number }>();
  let weight = 1;
  for (const because of new Set(session.toReversed())) {
    const shard = shards[shardOf(because, shards.length)];
    for (const { productId, score } of shard ? transitionsOf(shard, because) : []) {
      const voice = weight * score;
      const known = pull.get(productId);
      const louder = !known || voice > known.loudest ? { because, loudest: voice } : known;
      pull.set(productId, { ...louder, amount: (known?.amount ?? 0) + voice });
    }
    weight *= recency;
  }
  return pull;
}

/** The slate as a catalogue: its products have no category here, for the caps were kept when it was served. */
function catalogueOf(slate: readonly SlateItem[]): Catalogue {
  const none = createIdentifiers();
  return {
    markets: [],
    products: [],
    ids: createIdentifiers(slate.map(({ productId }) => productId)),
    variantIds: createIdentifiers(slate.map(({ variantId }) => variantId)),
    productOfVariant: Uint32Array.from(slate.keys()),
    categories: none,
    categoryOf: new Int32Array(slate.length).fill(-1),
    brands: none,
    brandOf: new Int32Array(slate.length).fill(-1),
  };
}
