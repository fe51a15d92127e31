/** What sells together, and how sure that is. */
import type { Affinities } from "../association/affinity.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { TopK } from "../matrix/top-k.ts";
import { figure, named, share, type Figure, type NamedProduct } from "./figure.ts";

/** One pair of products with its evidence. */
export interface AffinityEvidence {
  readonly productA: NamedProduct;
  readonly productB: NamedProduct;
  /** Orders with both. */
  readonly count: Figure;
  /** Orders with both that chance alone would give, at these product frequencies and basket sizes. */
  readonly expected: Figure;
  /** count / expected; the lower end of its interval is what the pair was admitted by. */
  readonly lift: Figure;
  /**
   * Smallest share of coincidences among significant pairs at which this pair would still be one of them; 0 where it
   * is below the smallest float.
   */
  readonly qValue: Figure;
  /** Share of the orders with A that hold B too, and the other way round. */
  readonly confidenceAToB: Figure;
  readonly confidenceBToA: Figure;
}

/** How many pairs were looked at, and what was left of them. */
export interface EvidenceSection {
  /** Orders the pairs were counted in. */
  readonly orders: Figure;
  /** Orders of the shop that they were not counted in: very large ones, or outside the time looked at. */
  readonly leftOutOrders: Figure;
  /** All pairs of sold products: what the false-discovery control reckons with. */
  readonly possiblePairs: Figure;
  /** Pairs that occur often enough to be tested. */
  readonly testedPairs: Figure;
  /** Pairs that chance does not explain. */
  readonly significantPairs: Figure;
  /** Of those, pairs whose lift is surely large enough to act upon. */
  readonly affinities: Figure;
  /** Lift that the lower end of the interval had to exceed. */
  readonly minimumLift: Figure;
  /** Coincidences to be expected among `affinities`, at most. */
  readonly falseDiscoveries: Figure;
  /** The strongest first: by orders with both beyond chance, counted from the lower end of the lift. */
  readonly top: readonly AffinityEvidence[];
}

/**
 * Orders with both products beyond chance, from the lower end of the lift: what a pair is sure to amount to. Neither
 * rare pairs with a huge lift nor bestsellers that meet by chance come first by it.
 */
export function sureExcess({ expected, liftLower }: Affinities, pair: number): number {
  return expected[pair] * (liftLower[pair] - 1);
}

/** @param shopOrders orders of the shop with anything left in them */
export function evidenceSection(
  affinities: Affinities,
  catalogue: Catalogue,
  shopOrders: number,
  limit: number,
): EvidenceSection {
  const { facts, count } = affinities;
  const best = new TopK(limit);
  for (let pair = 0; pair < count.length; pair++) best.offer(pair, sureExcess(affinities, pair));
  return {
    orders: figure(facts.basketCount, "orders"),
    leftOutOrders: figure(Math.max(0, shopOrders - facts.basketCount), "orders"),
    possiblePairs: figure(facts.familySize, "pairs"),
    testedPairs: figure(facts.testedPairs, "pairs"),
    significantPairs: figure(facts.significantPairs, "pairs"),
    affinities: figure(count.length, "pairs"),
    minimumLift: figure(facts.minimumLift, "ratio"),
    falseDiscoveries: figure(falseDiscoveries(affinities), "pairs"),
    top: Array.from(best.ranked().products, (pair) => evidenceOf(affinities, catalogue, pair)),
  };
}

/** Two bounds hold: the level times all significant pairs, and the largest p-value kept times the whole family. */
function falseDiscoveries({ pValue, facts }: Affinities): number {
  const largest = pValue.reduce((largest, value) => Math.max(largest, value), 0);
  return Math.min(facts.level * facts.significantPairs, largest * facts.familySize);
}

function evidenceOf(affinities: Affinities, catalogue: Catalogue, pair: number): AffinityEvidence {
  const { productA, productB, count, expected, lift, liftLower, liftUpper, qValue, productBaskets, facts } = affinities;
  const interval = { lower: liftLower[pair], upper: liftUpper[pair], level: facts.confidence };
  return {
    productA: named(catalogue, productA[pair]),
    productB: named(catalogue, productB[pair]),
    count: figure(count[pair], "orders"),
    expected: figure(expected[pair], "orders"),
    lift: figure(lift[pair], "ratio", interval),
    qValue: figure(qValue[pair], "share"),
    confidenceAToB: share(count[pair], productBaskets[productA[pair]], facts.confidence),
    confidenceBToA: share(count[pair], productBaskets[productB[pair]], facts.confidence),
  };
}
