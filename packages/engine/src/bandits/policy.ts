/**
 * A frozen policy at work: which arm is shown, and with exactly what chance. The chances are a function of the frozen
 * version and the situation alone (for Thompson sampling the shares of draws that the version's own seed made), then
 * one uniform number picks. So the logged propensity is the true one, in closed form, with nothing left to estimate.
 */
import { InvalidInput, requireInteger } from "../errors.ts";
import { categorical } from "../random/sampler.ts";
import type { Random } from "../random/generator.ts";
import { betaBeliefs, gaussianBeliefs, type Beliefs, type DrawPlan, type Situation } from "./beliefs.ts";
import { checkFrozen, type FrozenPolicy } from "./freeze.ts";
import { linearBeliefs } from "./linear-beliefs.ts";
import { indexArms, type ArmIndex } from "./observation.ts";
import { floorAmong, type FullRule } from "./rule.ts";
import { createShares } from "./shares.ts";

/** One arm and the chance it had. */
export interface Choice {
  readonly arm: string;
  /** Probability of this arm in its place, given the arms in the places before it. */
  readonly propensity: number;
}

/** A slate being filled, place by place. */
export interface Filling {
  /** How many arms may still be shown. */
  left(): number;
  /** Whether `arms[arm]` may still be shown. */
  isOpen(arm: number): boolean;
  /** Chances in the slate's next place, in the order of `arms`; 0 for those that may not be shown. */
  chances(): Float64Array;
  /** Puts `arms[arm]` into the slate's next place. */
  take(arm: number): void;
}

/** A frozen policy, made ready to choose. */
export interface Policy {
  /** Version of the frozen policy: log it with every choice. */
  readonly version: string;
  readonly arms: readonly string[];
  /** Chance of each arm in the first place, in the order of `arms`; 0 for those not eligible. */
  probabilities(situation?: Situation): Float64Array;
  /** @throws InvalidInput when no arm is eligible, one is unknown, or features do not fit the posterior */
  choose(random: Random, situation?: Situation): Choice;
  /**
   * Fills places one after the other, no arm twice; fewer than `length` when fewer are eligible.
   * @throws InvalidInput as `choose` does
   */
  chooseSlate(random: Random, length: number, situation?: Situation): Choice[];
  /** An empty slate of the arms that may be shown. */
  fill(situation?: Situation): Filling;
  /**
   * The propensities that `chooseSlate` would give these arms in this order: judges a slate that another policy chose.
   * @throws InvalidInput as `choose` does, and when an arm is not eligible or stands in the slate twice
   */
  propensities(slate: readonly string[], situation?: Situation): number[];
}

/**
 * Makes a frozen policy ready, once a version: its draws are made at the first choice and kept.
 * @throws InvalidInput when the frozen policy is not what its version says
 * @example
 * const policy = createPolicy(freeze(posterior, { kind: "thompson" }, now));
 * const { arm, propensity } = policy.choose(createRandom(decisionId));
 */
export function createPolicy(frozen: FrozenPolicy): Policy {
  checkFrozen(frozen);
  const { arms } = frozen.posterior;
  const { rule, version } = frozen;
  const index = indexArms(arms);
  const beliefs = beliefsOf(frozen);
  const fill = (situation: Situation = {}): Filling =>
    fillSlate(rule, beliefs, situation, openArms(situation, arms.length, index));
  const chooseSlate = (random: Random, length: number, situation?: Situation): Choice[] => {
    requireInteger("length", length, 1);
    const filling = fill(situation);
    const slate: Choice[] = [];
    while (slate.length < length && filling.left() > 0) {
      const chances = filling.chances();
      const arm = categorical(random, chances);
      slate.push({ arm: arms[arm], propensity: chances[arm] });
      filling.take(arm);
    }
    return slate;
  };
  return {
    version,
    arms,
    probabilities: (situation) => fill(situation).chances(),
    choose: (random, situation) => chooseSlate(random, 1, situation)[0],
    chooseSlate,
    fill,
    propensities(slate, situation) {
      const filling = fill(situation);
      return slate.map((name, place) => {
        const path = `slate[${place}]`;
        const arm = index.of(name, path);
        if (!filling.isOpen(arm)) throw new InvalidInput(path, name, "an eligible arm, in one place only");
        const chance = filling.chances()[arm];
        filling.take(arm);
        return chance;
      });
    },
  };
}

function beliefsOf({ posterior, rule, version }: FrozenPolicy): Beliefs {
  const plan: DrawPlan = { count: "draws" in rule ? rule.draws : 0, seed: version };
  switch (posterior.kind) {
    case "beta":
      return betaBeliefs(posterior, plan);
    case "gaussian":
      return gaussianBeliefs(posterior, plan);
    case "linear":
      return linearBeliefs(posterior, plan);
  }
}

/** 1 for every arm that may be shown. */
function openArms({ eligible }: Situation, arms: number, index: ArmIndex): Uint8Array {
  if (eligible === undefined) return new Uint8Array(arms).fill(1);
  if (eligible.length === 0) throw new InvalidInput("eligible", "[]", "at least one arm, or left out for all");
  const open = new Uint8Array(arms);
  for (const [row, arm] of eligible.entries()) open[index.of(arm, `eligible[${row}]`)] = 1;
  return open;
}

/** The rule's shares on top of its floor, anew for every place among what is left. */
function fillSlate(rule: FullRule, beliefs: Beliefs, situation: Situation, open: Uint8Array): Filling {
  const shares = createShares(rule, beliefs, situation, open);
  let left = open.reduce((sum, one) => sum + one, 0);
  return {
    left: () => left,
    isOpen: (arm) => open[arm] === 1,
    chances() {
      const floor = floorAmong(rule, left);
      const chances = shares.now();
      for (let arm = 0; arm < chances.length; arm++) {
        chances[arm] = open[arm] ? Math.min(1, floor + (1 - left * floor) * chances[arm]) : 0;
      }
      return chances;
    },
    take(arm) {
      shares.close(arm);
      left--;
    },
  };
}
