/**
 * How a rule shares out the showings among the arms that are open, as a slate fills and arms close one by one. Among
 * what is left each place is shared out anew: the arm that is best of those still open in a share of all draws gets
 * that share. Every weight is a function of the frozen policy, so that chances are exact and not estimates.
 */
import { leadersOf, type Beliefs, type Draws, type Situation } from "./beliefs.ts";
import type { FullRule } from "./rule.ts";

/** Of one slate. Closing an arm changes the `open` it was made with. */
export interface Shares {
  /** Sum to 1 over open arms; the others have 0. */
  now(): Float64Array;
  /** Takes an arm that has its place out of the competition. */
  close(arm: number): void;
}

/** @param open 1 for every arm that may be shown, at least one */
export function createShares(rule: FullRule, beliefs: Beliefs, situation: Situation, open: Uint8Array): Shares {
  switch (rule.kind) {
    case "thompson":
      return drawnShares(beliefs.draws(situation, open), open, (best) => best);
    case "top-two": {
      const draws = beliefs.draws(situation, open);
      return drawnShares(draws, open, (best) => topTwo(best, rule.leader, draws.rewards, open));
    }
    case "ucb1":
      return greedyShares(beliefs.bounds(rule.range, situation, open), open);
    case "lin-ucb":
      return greedyShares(beliefs.bounds(rule.width, situation, open), open);
    case "epsilon-greedy":
      return greedyShares(beliefs.means(situation, open), open);
  }
}

/** All to the best open arm; arms that tie share alike. */
function greedyShares(values: Float64Array, open: Uint8Array): Shares {
  return {
    now() {
      const best = values.reduce((most, value, arm) => (open[arm] && value > most ? value : most), -Infinity);
      const isBest = values.map((value, arm) => (open[arm] && value === best ? 1 : 0));
      const tied = isBest.reduce((sum, one) => sum + one, 0);
      return isBest.map((one) => one / tied);
    },
    close(arm) {
      open[arm] = 0;
    },
  };
}

/** By share of draws. Closing an arm looks again only at the draws it led. */
function drawnShares(
  { rewards, leaders: known }: Draws,
  open: Uint8Array,
  toShares: (best: Float64Array) => Float64Array,
): Shares {
  const leaders = known && !open.includes(0) ? known.slice() : leadersOf(rewards, open);
  return {
    now: () => toShares(countShares(leaders, open.length)),
    close(arm) {
      open[arm] = 0;
      if (!open.includes(1)) return;
      for (let draw = 0; draw < leaders.length; draw++) {
        if (leaders[draw] === arm) leaders[draw] = leaderOf(rewards, leaders.length, draw, open);
      }
    },
  };
}

/**
 * Russo 2016: arm i is shown with chance best_i (leader + (1 - leader) sum over j != i of
 * best_j / (1 - best_j)). Where one arm is best in every draw, no other draw has another best: the second best of
 * each draw challenges.
 */
function topTwo(best: Float64Array, leader: number, rewards: Float64Array, open: Uint8Array): Float64Array {
  const sure = best.indexOf(1);
  if (sure >= 0) return challenged(sure, leader, rewards, open);
  const odds = best.map((share) => share / (1 - share));
  const all = odds.reduce((sum, one) => sum + one, 0);
  return best.map((share, arm) => share * (leader + (1 - leader) * (all - odds[arm])));
}

function challenged(sure: number, leader: number, rewards: Float64Array, open: Uint8Array): Float64Array {
  const arms = open.length;
  const others = open.slice();
  others[sure] = 0;
  const shares = new Float64Array(arms);
  if (!others.includes(1)) {
    shares[sure] = 1;
    return shares;
  }
  const seconds = leadersOf(rewards, others);
  shares.set(countShares(seconds, arms).map((share) => (1 - leader) * share));
  shares[sure] = leader;
  return shares;
}

/** The open arm with the largest reward of one draw. */
function leaderOf(rewards: Float64Array, count: number, draw: number, open: Uint8Array): number {
  let best = -1;
  for (let arm = 0; arm < open.length; arm++) {
    if (open[arm] && (best < 0 || rewards[arm * count + draw] > rewards[best * count + draw])) best = arm;
  }
  return best;
}

function countShares(leaders: Uint32Array, arms: number): Float64Array {
  const shares = new Float64Array(arms);
  for (let draw = 0; draw < leaders.length; draw++) shares[leaders[draw]]++;
  for (let arm = 0; arm < arms; arm++) shares[arm] /= leaders.length;
  return shares;
}
