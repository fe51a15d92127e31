/**
 * Marginal chances: how likely an arm stands in a place of a slate, or anywhere in it, whatever came before. They have
 * no closed form short of every order of arms, so they are found by replaying the frozen policy over seeds.
 */
import { requireInteger } from "../errors.ts";
import { createRandom } from "../random/generator.ts";
import { categorical } from "../random/sampler.ts";
import type { Situation } from "./beliefs.ts";
import type { Policy } from "./policy.ts";

/** By arm, in the order of the policy's arms. */
export interface Marginals {
  /** Of each place; the first is exact. */
  readonly byPlace: readonly Float64Array[];
  /** Of being in the slate at all. */
  readonly anywhere: Float64Array;
  /** Standard errors of `anywhere` from the finite number of replays. */
  readonly errors: Float64Array;
}

export interface MarginalOptions {
  /** Equal seeds give equal answers. */
  seed?: string;
  replays?: number;
  situation?: Situation;
}

/**
 * Replays slates of `length` places. A place is counted by the chances its arms had there and not only by the arm that
 * was drawn, the slate by the chances of its last place: the same means with less noise (Rao and Blackwell).
 * @throws InvalidOption when `length` or `replays` is not a positive integer; InvalidInput as the policy does
 * @example
 * const { anywhere } = replayMarginals(policy, 4);
 */
export function replayMarginals(
  policy: Policy,
  length: number,
  { seed = "marginals", replays = 1000, situation = {} }: MarginalOptions = {},
): Marginals {
  requireInteger("length", length, 1);
  requireInteger("replays", replays, 1);
  const random = createRandom(seed);
  const columns = (): Float64Array => new Float64Array(policy.arms.length);
  const byPlace = Array.from({ length: Math.min(length, policy.fill(situation).left()) }, columns);
  const anywhere = columns();
  const squares = columns();
  for (let replay = 0; replay < replays; replay++) {
    const filling = policy.fill(situation);
    const inSlate = columns();
    for (const [place, sums] of byPlace.entries()) {
      const chances = filling.chances();
      addTo(sums, chances);
      const drawn = categorical(random, chances);
      filling.take(drawn);
      if (place < byPlace.length - 1) inSlate[drawn] = 1;
      else addTo(inSlate, chances);
    }
    addTo(anywhere, inSlate);
    addTo(
      squares,
      inSlate.map((chance) => chance ** 2),
    );
  }
  const mean = (sums: Float64Array): Float64Array => sums.map((sum) => sum / replays);
  const means = mean(anywhere);
  const variances = mean(squares).map((square, arm) => Math.max(0, square - means[arm] ** 2));
  return {
    byPlace: byPlace.map(mean),
    anywhere: means,
    errors: variances.map((variance) => Math.sqrt(variance / replays)),
  };
}

function addTo(sums: Float64Array, terms: Float64Array): void {
  for (let i = 0; i < terms.length; i++) sums[i] += terms[i];
}
