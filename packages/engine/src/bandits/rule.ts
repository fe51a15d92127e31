/**
 * Rules: how beliefs about arms become the chances of showing them. A rule is data; with a posterior it makes a policy.
 * Thompson sampling is the one to start with: between two versions, and while rewards are still to come, it keeps
 * spreading its showings as its doubts say, where UCB and greedy rules show one arm to everybody. Russo, Van Roy,
 * Kazerouni, Osband and Wen, "A tutorial on Thompson sampling", Foundations and Trends in Machine Learning 2018.
 */
import { InvalidInput } from "../errors.ts";
import { largest } from "./observation.ts";
import type { Posterior } from "./posterior.ts";

/** What all rules but epsilon-greedy have, which has a floor of its own. */
interface Floored {
  /**
   * Least chance of every arm, on top of which the rule shares out the rest: p = floor + (1 - arms x floor) x share.
   * Cutting off and rescaling would bias the shares instead. With a floor above 0 no arm is without support, so that
   * other policies can be judged on the log. Left out: .01, and less where floors would take over a tenth of all
   * showings.
   */
  readonly floor?: number;
}

/** Rules that draw from the posterior. */
interface Drawing extends Floored {
  /**
   * Draws that one frozen version makes, once. They are the policy: its chances are shares of these draws, exactly.
   * More draws come closer to the posterior's own chances (to about 1 / (2 sqrt(draws))) and cost memory and time.
   */
  readonly draws?: number;
}

/** Thompson sampling: the chance of an arm is its share of draws in which it is best. Chapelle and Li, NIPS 2011. */
export interface ThompsonRule extends Drawing {
  readonly kind: "thompson";
}

/**
 * Top-two Thompson sampling: the best arm of a draw, or else the best of another draw in which it is a different one.
 * Finds the best arm with fewer observations, at the price of showing the runner-up more. Russo, "Simple Bayesian
 * algorithms for best arm identification", COLT 2016.
 */
export interface TopTwoRule extends Drawing {
  readonly kind: "top-two";
  /** Chance of keeping the first draw's best, above 0 and up to 1. Left out: a half. */
  readonly leader?: number;
}

/**
 * UCB1: the largest mean + range x sqrt(2 ln(all showings) / the arm's showings). Auer, Cesa-Bianchi and Fischer,
 * "Finite-time analysis of the multiarmed bandit problem", Machine Learning 2002. With a posterior that forgets it is
 * their discounted UCB of Garivier and Moulines 2011.
 */
export interface Ucb1Rule extends Floored {
  readonly kind: "ucb1";
  /** How far apart two rewards can lie. Left out: 1. */
  readonly range?: number;
}

/** LinUCB: the largest prediction + width x its standard deviation. Li et al., WWW 2010. Linear posteriors only. */
export interface LinUcbRule extends Floored {
  readonly kind: "lin-ucb";
  /** Standard deviations, the alpha of the paper, whose rewards have deviation 1. Left out: 1. */
  readonly width?: number;
}

/** The arm with the best mean, except for a share of showings that goes to all arms alike. */
export interface EpsilonGreedyRule {
  readonly kind: "epsilon-greedy";
  /** That share. Left out: .1. */
  readonly epsilon?: number;
}

export type Rule = ThompsonRule | TopTwoRule | Ucb1Rule | LinUcbRule | EpsilonGreedyRule;

/** A rule with nothing left out: what a frozen policy holds, so that later defaults do not change its chances. */
export type FullRule =
  | Required<ThompsonRule>
  | Required<TopTwoRule>
  | Required<Ucb1Rule>
  | Required<LinUcbRule>
  | Required<EpsilonGreedyRule>;

/**
 * Fills in what was left out.
 * @throws InvalidInput when a number is out of range, or the rule does not fit the kind of posterior
 */
export function completeRule(rule: Rule, { kind, arms }: Posterior): FullRule {
  switch (rule.kind) {
    case "thompson":
      return { kind: rule.kind, floor: floorOf(rule, arms.length), draws: drawsOf(rule) };
    case "top-two": {
      const { leader = 0.5 } = rule;
      requireWithin("rule.leader", leader, Number.MIN_VALUE, 1);
      return { kind: rule.kind, leader, floor: floorOf(rule, arms.length), draws: drawsOf(rule) };
    }
    case "ucb1": {
      const { range = 1 } = rule;
      if (kind === "linear") throw new InvalidInput("rule.kind", rule.kind, "lin-ucb for a linear posterior");
      requireWithin("rule.range", range, Number.MIN_VALUE, largest);
      return { kind: rule.kind, range, floor: floorOf(rule, arms.length) };
    }
    case "lin-ucb": {
      const { width = 1 } = rule;
      if (kind !== "linear") throw new InvalidInput("rule.kind", rule.kind, `ucb1 for a ${kind} posterior`);
      requireWithin("rule.width", width, 0, largest);
      return { kind: rule.kind, width, floor: floorOf(rule, arms.length) };
    }
    case "epsilon-greedy": {
      const { epsilon = 0.1 } = rule;
      requireWithin("rule.epsilon", epsilon, 0, 1);
      return { kind: rule.kind, epsilon };
    }
    default: {
      const unknown: { readonly kind?: unknown } = rule;
      throw new InvalidInput("rule.kind", unknown.kind, "thompson, top-two, ucb1, lin-ucb or epsilon-greedy");
    }
  }
}

/** The least chance that `rule` gives an arm when `open` arms are left to choose from. */
export function floorAmong(rule: FullRule, open: number): number {
  return rule.kind === "epsilon-greedy" ? rule.epsilon / open : rule.floor;
}

function floorOf({ floor }: Floored, arms: number): number {
  if (floor === undefined) return Math.min(0.01, 0.1 / arms);
  requireWithin("rule.floor", floor, 0, 1 / arms);
  return floor;
}

function drawsOf({ draws = 1000 }: Drawing): number {
  if (!Number.isInteger(draws) || draws < 1) throw new InvalidInput("rule.draws", draws, "an integer of at least 1");
  return draws;
}

function requireWithin(path: string, value: number, minimum: number, maximum: number): void {
  if (!(value >= minimum && value <= maximum)) {
    throw new InvalidInput(path, value, `a number between ${minimum} and ${maximum}`);
  }
}
