/**
 * One report on what is bought together: how many pairs are more than chance, how much of the shop they cover, which
 * products carry them and which have none, and how many pairs the same method would have found in a shop without any
 * affinity. The last one is measured, not promised: baskets are shuffled so that every product sells as often and every
 * basket is as large as before, and mined again.
 */
import { requireInteger } from "../errors.ts";
import type { Incidence } from "../matrix/sparse.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import type { Random } from "../random/generator.ts";
import { findAffinities, type Affinities, type AffinityFacts } from "./affinity.ts";
import { deadEndsOf, drawAffinityGraph, weightsOf } from "./affinity-graph.ts";
import { selectBaskets } from "./baskets.ts";
import { swapRandomise } from "./null-worlds.ts";

export interface AffinityReportOptions extends TrainingControls {
  /** Pairs, hubs, bridges and dead ends named, at the most. */
  readonly count?: number;
  /** Shops without affinity that are made and mined. 0 leaves the check out. */
  readonly nullWorlds?: number;
  /** As in the search that found the affinities. */
  readonly maximumBasketSize?: number | undefined;
}

/** A pair of the report. */
export interface ReportedPair {
  readonly productA: number;
  readonly productB: number;
  readonly count: number;
  readonly expected: number;
  readonly lift: number;
  readonly qValue: number;
  /** Baskets beyond chance, at the lower end of the interval. Ranks pairs. */
  readonly surplusBaskets: number;
}

export interface AffinityReport {
  readonly facts: AffinityFacts;
  readonly pairs: number;
  readonly topPairs: readonly ReportedPair[];
  readonly hubs: readonly number[];
  readonly bridges: readonly number[];
  readonly deadEnds: readonly number[];
  readonly deadEndCount: number;
  readonly communities: number;
  /** Shares of the sold products that have a companion, and of the baskets and lines in which one could be told of. */
  readonly coverage: { readonly products: number; readonly baskets: number; readonly lines: number };
  /** Pairs found in shops without affinity, on average. NaN when the check was left out. */
  readonly pairsByChance: number;
  /** Those over the pairs found here: the share of coincidences to reckon with, at most 1. */
  readonly shareOfChance: number;
}

/**
 * Costs one mining of the baskets for each null world, and as much again for shuffling.
 * @param affinities found in those baskets
 * @throws InvalidOption on wrong options
 * @example
 * const report = await reportAffinities(view.baskets, affinities, createRandom("report"));
 * console.log(`${report.pairs} pairs, ${report.pairsByChance} by chance`);
 */
export async function reportAffinities(
  baskets: Incidence,
  affinities: Affinities,
  random: Random,
  { count = 10, nullWorlds = 1, maximumBasketSize, ...controls }: AffinityReportOptions = {},
): Promise<AffinityReport> {
  requireInteger("count", count, 0);
  requireInteger("nullWorlds", nullWorlds, 0);
  const { baskets: kept } = selectBaskets(baskets, maximumBasketSize);
  const { hubs, bridges, communityCount } = drawAffinityGraph(affinities, { maximumEdges: 0 });
  const deadEnds = deadEndsOf(affinities);
  const coverage = await measureCoverage(kept, affinities, deadEnds.length, controls);
  const pairs = affinities.count.length;
  const pairsByChance = await countByChance(kept, affinities.facts, { random, nullWorlds, ...controls });
  return {
    facts: affinities.facts,
    pairs,
    topPairs: topPairsOf(affinities, count),
    hubs: hubs.slice(0, count),
    bridges: bridges.slice(0, count),
    deadEnds: deadEnds.slice(0, count),
    deadEndCount: deadEnds.length,
    communities: communityCount,
    coverage,
    pairsByChance,
    shareOfChance: Math.min(1, pairsByChance === 0 ? 0 : pairsByChance / pairs),
  };
}

function topPairsOf(affinities: Affinities, count: number): readonly ReportedPair[] {
  const surplus = weightsOf(affinities);
  const ranked = Uint32Array.from(surplus.keys()).sort((a, b) => surplus[b] - surplus[a] || a - b);
  return Array.from(ranked.subarray(0, count), (pair) => ({
    productA: affinities.productA[pair],
    productB: affinities.productB[pair],
    count: affinities.count[pair],
    expected: affinities.expected[pair],
    lift: affinities.lift[pair],
    qValue: affinities.qValue[pair],
    surplusBaskets: surplus[pair],
  }));
}

async function measureCoverage(
  { rows, offsets, indices }: Incidence,
  { pairsOf, facts }: Affinities,
  deadEnds: number,
  controls: TrainingControls,
): Promise<AffinityReport["coverage"]> {
  const pace = createPacer("measuring coverage", rows, controls);
  let filled = 0;
  let coveredBaskets = 0;
  let coveredLines = 0;
  for (let basket = 0; basket < rows; basket++) {
    if ((basket & 63) === 0 && pace.isDue()) await pace.rest(basket);
    let covered = 0;
    for (let i = offsets[basket]; i < offsets[basket + 1]; i++) {
      if (pairsOf.offsets[indices[i] + 1] > pairsOf.offsets[indices[i]]) covered++;
    }
    if (offsets[basket + 1] > offsets[basket]) filled++;
    if (covered > 0) coveredBaskets++;
    coveredLines += covered;
  }
  pace.finish();
  const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
  return {
    products: share(facts.soldProducts - deadEnds, facts.soldProducts),
    baskets: share(coveredBaskets, filled),
    lines: share(coveredLines, indices.length),
  };
}

/** Pairs that the same settings find where there are none, on average over the null worlds. */
async function countByChance(
  baskets: Incidence,
  { level, minimumLift, confidence, minimumCount }: AffinityFacts,
  { random, nullWorlds, ...controls }: { readonly random: Random; readonly nullWorlds: number } & TrainingControls,
): Promise<number> {
  let found = 0;
  for (let world = 0; world < nullWorlds; world++) {
    const shuffled = await swapRandomise(baskets, random.fork(`null world ${world}`), undefined, controls);
    const affinities = await findAffinities(shuffled, { level, minimumLift, confidence, minimumCount, ...controls });
    found += affinities.count.length;
  }
  return found / nullWorlds;
}
