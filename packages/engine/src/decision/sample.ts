/**
 * Step 6, sample: the one place where chance enters. Sequential sampling without replacement over the constrained
 * pool (Plackett-Luce) by the Gumbel trick: every candidate's score / temperature is perturbed once by Gumbel noise and
 * the slate is filled greedily. Category caps only ever remove candidates on the ground of what was already picked,
 * so each pick is still Plackett-Luce over those that remain open, and its conditional propensity is exact:
 * p(i | picks so far) = exp(s_i / T) / sum over remaining j of exp(s_j / T).
 * Kool et al., "Stochastic Beams and Where to Find Them", ICML 2019, section 2.
 */
import { gumbel } from "../random/distributions.ts";
import { createRandom } from "../random/generator.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { ScoredPool } from "./scored-pool.ts";
import type { Strategy } from "./strategy.ts";

export interface Pick {
  readonly product: number;
  readonly score: number;
  /** Probability of this pick given the ones before it; 1 at temperature 0. */
  readonly propensity: number;
}

/** What sampling needs of a pool; products ascend, so that the same seed perturbs the same product. */
type Columns = Omit<ScoredPool, "relevance">;

/**
 * Fills `limit` positions, or as many as the pool has. A category cap that would leave places empty is lifted by
 * another round over what is left, with noise of its own.
 * @param seed equal seeds over equal pools give equal slates
 */
export function sampleSlate(
  pool: ScoredPool,
  strategy: Strategy,
  catalogue: Catalogue,
  limit: number,
  seed: string,
): Pick[] {
  const picks = sampleRound(pool, strategy, catalogue, limit, `${seed}#0`);
  for (let round = 1; picks.length < Math.min(limit, pool.products.length); round++) {
    const left = without(pool, picks);
    picks.push(...sampleRound(left, strategy, catalogue, limit - picks.length, `${seed}#${round}`));
  }
  return picks;
}

/** A slate is short: looking for the best of what is open, place by place, costs less than putting a pool in order. */
function sampleRound(
  { products, scores }: Columns,
  { temperature, perCategory = Infinity }: Strategy,
  { categoryOf }: Catalogue,
  limit: number,
  seed: string,
): Pick[] {
  // Logarithms of Plackett-Luce weights; plain scores at temperature 0, where only their order counts.
  const weights = temperature === 0 ? scores : scores.map((score) => score / temperature);
  const keys = temperature === 0 ? scores : perturb(weights, seed);
  const open = new Uint8Array(products.length).fill(1);
  const shownOf = new Map<number, number>();
  const picks: Pick[] = [];
  while (picks.length < limit) {
    const place = bestOpen(keys, open);
    if (place < 0) break;
    const product = products[place];
    const propensity = temperature === 0 ? 1 : Math.exp(weights[place] - logSum(weights, open));
    picks.push({ product, score: scores[place], propensity });
    open[place] = 0;
    if (isFull(categoryOf[product], perCategory, shownOf))
      closeCategory(categoryOf[product], categoryOf, products, open);
  }
  return picks;
}

function without({ products, scores }: Columns, picks: readonly Pick[]): Columns {
  const taken = new Set(picks.map(({ product }) => product));
  const isLeft = (_: unknown, place: number): boolean => !taken.has(products[place]);
  return { products: products.filter(isLeft), scores: scores.filter(isLeft) };
}

/** The open place with the largest key, the first of equal ones; -1 when none is open. */
export function bestOpen(keys: Float64Array, open: Uint8Array): number {
  let best = -1;
  for (let place = 0; place < keys.length; place++) {
    if (open[place] && (best < 0 || keys[place] > keys[best])) best = place;
  }
  return best;
}

function perturb(weights: Float64Array, seed: string): Float64Array {
  const random = createRandom(seed);
  return weights.map((weight) => weight + gumbel(random));
}

function logSum(weights: Float64Array, open: Uint8Array): number {
  let largest = -Infinity;
  for (let i = 0; i < weights.length; i++) if (open[i] && weights[i] > largest) largest = weights[i];
  let sum = 0;
  for (let i = 0; i < weights.length; i++) if (open[i]) sum += Math.exp(weights[i] - largest);
  return largest + Math.log(sum);
}

/** Counts a pick of the category. Products without one (-1) are never too many. */
function isFull(category: number, perCategory: number, shownOf: Map<number, number>): boolean {
  if (category < 0) return false;
  const shown = (shownOf.get(category) ?? 0) + 1;
  shownOf.set(category, shown);
  return shown >= perCategory;
}

/** Once a category has all the places it may have, the rest of it leaves the pool. */
function closeCategory(category: number, categoryOf: Int32Array, products: Uint32Array, open: Uint8Array): void {
  for (let place = 0; place < products.length; place++) if (categoryOf[products[place]] === category) open[place] = 0;
}
