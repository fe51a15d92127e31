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
 * Replays slates of `length` places. Each replay adds the conditional chances of all arms, not only the arm that was
 * drawn: the same mean with less noise (Rao and Blackwell).
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
  const arms = policy.arms.length;
  const byPlace = Array.from({ length: Math.min(length, policy.fill(situation).left()) }, () => new Float64Array(arms));
  const squares = new Float64Array(arms);
  for (let replay = 0; replay < replays; replay++) {
    const filling = policy.fill(situation);
    const inSlate = new Float64Array(arms);
    for (const sums of byPlace) {
      const chances = filling.chances();
      for (let arm = 0; arm < arms; arm++) {
        sums[arm] += chances[arm] / replays;
        inSlate[arm] += chances[arm];
      }
      filling.take(categorical(random, chances));
    }
    for (let arm = 0; arm < arms; arm++) squares[arm] += inSlate[arm] ** 2 / replays;
  }
  const anywhere = new Float64Array(arms).map((_, arm) => byPlace.reduce((sum, place) => sum + place[arm], 0));
  const errors = squares.map((square, arm) => Math.sqrt(Math.max(0, square - anywhere[arm] ** 2) / replays));
  return { byPlace, anywhere, errors };
}
