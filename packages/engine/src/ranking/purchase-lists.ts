/**
 * Lists to learn from. For the top of a list: what a ranker with default weights puts first, of which some came next.
 * For the order of a whole catalogue: what came next, wherever it stands, the first few, and others drawn by chance that
 * stand for all the rest, so that the fit sees the catalogue at a fiftieth of its cost.
 */
import { forbidden } from "../models/recommender.ts";
import type { Random } from "../random/generator.ts";
import type { PurchaseQuestion } from "../sequences/index.ts";
import type { CandidateFinder } from "./candidates.ts";
import type { Answered, RankingList } from "./lists.ts";
import type { Ranker } from "./ranker.ts";

export interface SamplingOptions {
  /** Products taken from the top of the scout's ranking. */
  readonly leaders: number;
  /**
   * Products drawn from the rest. 0 learns the order of the leaders alone: what came next from beyond them is left out,
   * since weights that reach for it would lose what can be reached.
   */
  readonly others: number;
  readonly random: Random;
}

/** Makes the list of one question; nothing where none of what came next may be answered. */
export type ListMaker = (answered: Answered<PurchaseQuestion>, bucket: number) => RankingList | undefined;

/**
 * @param scout ranks with weights that are at hand, to find what is hard to tell from what came next
 * @example
 * const makeList = createListMaker(productCount, finder, scout, { leaders: 60, others: 100, random });
 */
export function createListMaker(
  productCount: number,
  finder: CandidateFinder<PurchaseQuestion>,
  scout: Ranker<PurchaseQuestion>,
  { leaders, others, random }: SamplingOptions,
): ListMaker {
  return ({ question, next }, bucket) => {
    const isForbidden = forbidden(question);
    const targets = new Set(Array.from(next).filter((product) => product < productCount && !isForbidden(product)));
    const certain = new Set(scout.rank(question, leaders).products);
    if (others === 0) for (const target of targets) if (!certain.has(target)) targets.delete(target);
    if (targets.size === 0) return undefined;
    for (const target of targets) certain.add(target);
    const forbiddenCount = countForbidden(question, productCount);
    const rest = productCount - forbiddenCount - certain.size;
    const drawn = drawOthers(productCount, Math.min(others, rest), random, (product) => {
      return !certain.has(product) && !isForbidden(product);
    });
    const chosen = Uint32Array.from([...certain, ...drawn]).sort();
    const { features } = finder.look(question, chosen);
    return {
      features: features.slice(0, chosen.length * finder.width),
      targets: Float32Array.from(chosen, (product) => (targets.has(product) ? 1 / targets.size : 0)),
      standsFor: Float32Array.from(chosen, (product) => (drawn.has(product) ? rest / drawn.size : 1)),
      bucket,
    };
  };
}

function countForbidden({ history, exclude, repeats = false }: PurchaseQuestion, productCount: number): number {
  const products = new Set([...(repeats ? [] : Array.from(history)), ...(exclude ?? [])]);
  return [...products].filter((product) => product < productCount).length;
}

function drawOthers(
  productCount: number,
  count: number,
  random: Random,
  allowed: (product: number) => boolean,
): ReadonlySet<number> {
  const drawn = new Set<number>();
  // Where few are left, chance would look for them for long: from there on they are taken in order.
  for (let tries = 0; drawn.size < count && tries < 20 * count; tries++) {
    const product = random.integer(productCount);
    if (allowed(product)) drawn.add(product);
  }
  for (let product = 0; drawn.size < count && product < productCount; product++) {
    if (allowed(product)) drawn.add(product);
  }
  return drawn;
}
