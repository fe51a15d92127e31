/** The affinities that are believed, as a list in a lasting order: by surplus, the strongest first. */
import { evidenceOf, type Affinities } from "@basketlift/engine/association";
import type { BasketliftContract } from "../contract/index.ts";
import type { RouteOutput } from "../contract/route.ts";
import type { ServingEngine } from "../server/services.ts";

export type AffinityRule = RouteOutput<BasketliftContract["listAffinityRules"]>["data"][number];

/** One believed pair, from the product that it says more about. */
export interface RankedPair {
  /** Place in the columns of `Affinities`. */
  readonly pair: number;
  readonly from: number;
  readonly to: number;
  /** Of a hundred baskets with `from`, the share that hold `to` beyond chance, at the least. */
  readonly surplus: number;
}

const ranked = new WeakMap<Affinities, readonly RankedPair[]>();

/** @returns all believed pairs, strongest first; equal ones in the order of the columns */
export function rankPairs(affinities: Affinities): readonly RankedPair[] {
  const known = ranked.get(affinities);
  if (known) return known;
  const { productA, productB, expected, liftLower, productBaskets } = affinities;
  const pairs = Array.from(productA, (a, pair): RankedPair => {
    const b = productB[pair];
    const beyond = expected[pair] * (liftLower[pair] - 1);
    // The rarer product says more: nearly all saucers go with a cup, few cups with a saucer.
    const [from, to] = productBaskets[a] <= productBaskets[b] ? [a, b] : [b, a];
    return { pair, from, to, surplus: beyond / productBaskets[from] };
  }).sort((one, other) => other.surplus - one.surplus || one.pair - other.pair);
  ranked.set(affinities, pairs);
  return pairs;
}

/** A pair as merchants read it. */
export function ruleOf({ from, to, surplus }: RankedPair, { engine, trainedAt }: ServingEngine): AffinityRule {
  const { affinities, catalogue } = engine;
  const evidence = evidenceOf(affinities, from, to);
  if (!evidence) throw new Error(`Products ${from} and ${to} are no affinity.`);
  const productA = catalogue.ids.idOf(from);
  const productB = catalogue.ids.idOf(to);
  return {
    id: `${productA}~${productB}`,
    productA,
    productB,
    affinityScore: surplus,
    support: evidence.support,
    confidence: evidence.confidence,
    lift: evidence.lift,
    liftLower: evidence.liftLower,
    liftUpper: evidence.liftUpper,
    type: "frequently_bought_together",
    computedAt: trainedAt.toISOString(),
    qValue: evidence.qValue,
    count: evidence.count,
    expected: evidence.expected,
  };
}
