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
import type { ScoredCandidate } from "./score.ts";
import type { Strategy } from "./strategy.ts";

export interface Pick {
  readonly candidate: ScoredCandidate;
  /** Probability of this pick given the ones before it; 1 at temperature 0. */
  readonly propensity: number;
}

/**
 * Fills `limit` positions, or as many as the pool has. A category cap that would leave places empty is lifted by
 * another round over what is left, with noise of its own.
 * @param pool by product index, so that the same seed perturbs the same product
 * @param seed equal seeds over equal pools give equal slates
 */
export function sampleSlate(
  pool: readonly ScoredCandidate[],
  strategy: Strategy,
  catalogue: Catalogue,
  limit: number,
  seed: string,
): Pick[] {
  const picks: Pick[] = [];
  let left = pool;
  for (let round = 0; picks.length < limit && left.length > 0; round++) {
    const picked = sampleRound(left, strategy, catalogue, limit - picks.length, `${seed}#${round}`);
    picks.push(...picked);
    const taken = new Set(picked.map(({ candidate }) => candidate));
    left = left.filter((candidate) => !taken.has(candidate));
  }
  return picks;
}

function sampleRound(
  pool: readonly ScoredCandidate[],
  { temperature, perCategory = Infinity }: Strategy,
  { categoryOf }: Catalogue,
  limit: number,
  seed: string,
): Pick[] {
  const weights = logWeights(pool, temperature);
  const keys = temperature === 0 ? weights : perturb(weights, seed);
  const inOrder = Array.from(keys.keys()).toSorted((a, b) => keys[b] - keys[a] || pool[a].product - pool[b].product);

  const open = new Uint8Array(pool.length).fill(1);
  const shownOf = new Map<number, number>();
  const picks: Pick[] = [];
  for (const place of inOrder) {
    if (picks.length === limit) break;
    if (!open[place]) continue;
    const propensity = temperature === 0 ? 1 : Math.exp(weights[place] - logSum(weights, open));
    picks.push({ candidate: pool[place], propensity });
    open[place] = 0;
    closeFullCategory(pool, categoryOf, categoryOf[pool[place].product], perCategory, shownOf, open);
  }
  return picks;
}

/** Logarithms of Plackett-Luce weights; plain scores at temperature 0, where only their order counts. */
function logWeights(pool: readonly ScoredCandidate[], temperature: number): Float64Array {
  const weights = new Float64Array(pool.length);
  for (let place = 0; place < pool.length; place++) {
    weights[place] = temperature === 0 ? pool[place].score : pool[place].score / temperature;
  }
  return weights;
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

/** Once a category has all the places it may have, the rest of it leaves the pool. Products without one never do. */
function closeFullCategory(
  pool: readonly ScoredCandidate[],
  categoryOf: Int32Array,
  category: number,
  perCategory: number,
  shownOf: Map<number, number>,
  open: Uint8Array,
): void {
  if (category < 0) return;
  const shown = (shownOf.get(category) ?? 0) + 1;
  shownOf.set(category, shown);
  if (shown < perCategory) return;
  for (let place = 0; place < pool.length; place++) if (categoryOf[pool[place].product] === category) open[place] = 0;
}
