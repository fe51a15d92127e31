/**
 * Position bias: who did not click may not have looked. A click model says how likely each place of a slate was looked
 * at, and so what a posterior may learn from it.
 * Cascade: shoppers read from the top and stop where they click; what comes after a click teaches nothing. Kveton et
 * al., "Cascading bandits: learning to rank in the cascade model", ICML 2015.
 * Position-based: each place is looked at with a probability of its own, whatever stands there. Lagrée, Vernade and
 * Cappé, "Multiple-play bandits in the position-based model", NIPS 2016.
 */
import { InvalidInput } from "../errors.ts";
import type { SettledShowing } from "./ledger.ts";
import type { Observation } from "./observation.ts";

export type ClickModel =
  /** Every place is looked at: single arms, or a slate that is seen at one glance. */
  | { readonly kind: "all-seen" }
  | { readonly kind: "cascade" }
  /** Probability that each place is looked at, above 0 and up to 1: `estimateExamination` finds them in the log. */
  | { readonly kind: "position-based"; readonly examination: readonly number[] };

export interface ObservationOptions {
  /** How shoppers look at slates. */
  clicks?: ClickModel;
  /** `value`: the sum of rewards. `conversion`: 1 when it is above 0, else 0, as Beta posteriors count. */
  outcome?: "value" | "conversion";
  /** The arms to learn about, when some that were shown are gone by now. Left out: all. */
  arms?: readonly string[];
}

/**
 * What settled showings teach. Exposure under the position-based model makes `rewards / exposure` an unbiased rate.
 * @throws InvalidInput when a slate is longer than the examination probabilities, or one of them is out of range
 * @example
 * const learnt = update(posterior, observationsOf(settled, { clicks: { kind: "cascade" } }), now);
 */
export function observationsOf(
  settled: readonly SettledShowing[],
  { clicks = { kind: "all-seen" }, outcome = "value", arms }: ObservationOptions = {},
): Observation[] {
  checkClicks(clicks);
  const wanted = arms && new Set(arms);
  return settled.flatMap((showing, index) => {
    const { slate, rewards, at, context } = showing;
    const exposures = exposuresOf(clicks, rewards, `settled[${index}].slate`);
    return slate.flatMap(({ arm, attributes }, place): Observation[] => {
      const exposure = exposures[place];
      if (exposure === 0 || (wanted && !wanted.has(arm))) return [];
      const reward = outcome === "value" ? rewards[place] : Number(rewards[place] > 0);
      return [{ arm, reward, exposure, at, ...(context && { context }), ...(attributes && { attributes }) }];
    });
  });
}

/** Probability that each place was looked at. */
function exposuresOf(clicks: ClickModel, rewards: readonly number[], path: string): readonly number[] {
  switch (clicks.kind) {
    case "all-seen":
      return rewards.map(() => 1);
    case "cascade": {
      // Who clicked twice came back and read on: up to the last click.
      const last = rewards.findLastIndex((reward) => reward !== 0);
      return rewards.map((_, place) => Number(last < 0 || place <= last));
    }
    case "position-based":
      if (rewards.length > clicks.examination.length) {
        const expected = `no longer than the ${clicks.examination.length} places whose examination is known`;
        throw new InvalidInput(path, `${rewards.length} places`, expected);
      }
      return clicks.examination;
  }
}

function checkClicks(clicks: ClickModel): void {
  if (clicks.kind !== "position-based") return;
  for (const [place, probability] of clicks.examination.entries()) {
    if (probability > 0 && probability <= 1) continue;
    throw new InvalidInput(`clicks.examination[${place}]`, probability, "a probability above 0 and up to 1");
  }
}
