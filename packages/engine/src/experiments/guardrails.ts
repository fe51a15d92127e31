/**
 * Guard-rails: metrics that must not suffer, whatever the goal does. Watched by confidence sequences, so that looking every
 * hour stops nothing by chance; with several of them, the chance of any false stop stays below the one of the level.
 */
import { InvalidOption, requireNumber } from "../errors.ts";
import { compareArms } from "./compare-arms.ts";
import type { ArmMoments, CompareOptions, Effect } from "./effects.ts";

/** How much worse a metric may become. */
export interface Guardrail {
  /** Which direction is good: a rate of returns is better lower. */
  readonly better: "higher" | "lower";
  /** The loss that is put up with, zero or more: 0.02 is 2 % of the control's mean, or in the metric's unit if absolute. */
  readonly margin: number;
  readonly difference?: "relative" | "absolute";
}

/** What a guard-rail says at a look. */
export interface GuardrailVerdict {
  /** `harmed`: proven to be worse than the margin. `safe`: proven not to be. `open`: neither yet. */
  readonly state: "harmed" | "safe" | "open";
  readonly recommendation: "stop" | "continue";
  /** Undefined where it is relative and the control's mean cannot be told from zero yet: then the state is open. */
  readonly effect: Effect | undefined;
}

export interface GuardrailOptions extends Pick<CompareOptions, "level" | "tunedFor"> {
  /** Guard-rails watched together, this one included: their error is shared among them. */
  readonly watched?: number;
}

/**
 * @throws InvalidInput when an arm has fewer than two units
 * @throws InvalidOption when the margin is below zero, or `watched` below 1
 * @example
 * const guardrail = { better: "lower", margin: 0.05 } as const; // returns may rise by 5 %
 * if (checkGuardrail(control, treatment, guardrail).recommendation === "stop") turnOff();
 */
export function checkGuardrail(
  control: ArmMoments,
  treatment: ArmMoments,
  { better, margin, difference = "relative" }: Guardrail,
  { level = 0.95, tunedFor = 5000, watched = 1 }: GuardrailOptions = {},
): GuardrailVerdict {
  requireNumber("margin", margin, 0);
  requireNumber("watched", watched, 1);
  if (better !== "higher" && better !== "lower") throw new InvalidOption("better", better, '"higher" or "lower"');
  if (difference !== "relative" && difference !== "absolute") {
    throw new InvalidOption("difference", difference, '"relative" or "absolute"');
  }
  requireNumber("level", level, Number.EPSILON, 1 - Number.EPSILON);
  const effect = compareArms(control, treatment, { level: 1 - (1 - level) / watched, tunedFor })[difference];
  if (!effect) return { state: "open", recommendation: "continue", effect };
  const [worst, best] = better === "higher" ? [effect.lower, effect.upper] : [-effect.upper, -effect.lower];
  if (best < -margin) return { state: "harmed", recommendation: "stop", effect };
  return { state: worst > -margin ? "safe" : "open", recommendation: "continue", effect };
}
