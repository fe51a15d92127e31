/** What bandits showed and earned, from their ledger, as the logs that off-policy evaluation reads. */
import { InvalidInput } from "../../errors.ts";
import type { SettledShowing } from "../ledger.ts";
import { indexArms } from "../observation.ts";
import type { ContextMatrix, DecisionLog } from "./decision-log.ts";
import type { SlateLog } from "./slate-log.ts";

/**
 * Showings of one arm each.
 * @param arms of the policy that is to be judged; actions are numbered in their order
 * @throws InvalidInput at the first showing that is no good, for example `showings[3].slate`
 * @example
 * const { settled } = settle(ledger, now);
 * const log = decisionLogOf(settled, policy.arms);
 * const report = await evaluateOffPolicy(log, (_row, chances) => chances.set(policy.probabilities()), { random });
 */
export function decisionLogOf(showings: readonly SettledShowing[], arms: readonly string[]): DecisionLog {
  const log = slateLogOf(showings, arms);
  if (log.positions !== 1) {
    throw new InvalidInput("showings[0].slate", `${log.positions} arms`, "one arm; take slateLogOf for slates");
  }
  const context = contextOf(showings);
  return {
    actions: arms.length,
    action: log.item,
    reward: log.reward,
    propensity: log.propensity,
    ...(context && { context }),
  };
}

/**
 * Showings of slates, all of one length. `policy.propensities` gives the chances of the policy to be judged.
 * @throws InvalidInput at the first showing that is no good, for example `showings[3].slate`
 * @example
 * const log = slateLogOf(settled, policy.arms);
 * const chance = settled.flatMap(({ slate }) => policy.propensities(slate.map(({ arm }) => arm)));
 * const { rips } = await evaluateSlates(log, { chance }, { random });
 */
export function slateLogOf(showings: readonly SettledShowing[], arms: readonly string[]): SlateLog {
  if (showings.length === 0) throw new InvalidInput("showings", "[]", "at least one settled showing");
  const index = indexArms(arms);
  const positions = showings[0].slate.length;
  const cells = showings.flatMap(({ slate, rewards }, number) => {
    if (slate.length !== positions) {
      throw new InvalidInput(`showings[${number}].slate`, `${slate.length} arms`, `${positions} arms, as in the first`);
    }
    return slate.map(({ arm, propensity }, place) => ({
      item: index.of(arm, `showings[${number}].slate[${place}].arm`),
      reward: rewards[place],
      propensity,
    }));
  });
  return {
    positions,
    items: arms.length,
    item: Uint32Array.from(cells, ({ item }) => item),
    reward: Float64Array.from(cells, ({ reward }) => reward),
    propensity: Float64Array.from(cells, ({ propensity }) => propensity),
  };
}

/** Undefined where the showings have none. */
function contextOf(showings: readonly SettledShowing[]): ContextMatrix | undefined {
  const width = showings[0].context?.length ?? 0;
  for (const [number, { context }] of showings.entries()) {
    if ((context?.length ?? 0) === width) continue;
    throw new InvalidInput(`showings[${number}].context`, context, `${width} numbers, as in the first`);
  }
  if (width === 0) return undefined;
  return { width, values: Float64Array.from(showings.flatMap(({ context = [] }) => context)) };
}
