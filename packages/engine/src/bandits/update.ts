/** From old beliefs to new ones: by what was seen, by time alone, or for other arms. The old ones stay as they are. */
import { InvalidInput } from "../errors.ts";
import { addToStatistics, fadeStatistics, pickStatistics } from "./linear-statistics.ts";
import { checkFeatures, checkObservation, indexArms, type Observation } from "./observation.ts";
import { seal, type Content, type Posterior } from "./posterior.ts";
import { addToTally, fadeTally, pickTally, type OpenTally } from "./tally.ts";

const day = 86_400_000;

/**
 * Learns from a batch. The posterior given stays as it is. Order within a batch, and the cut into batches, change
 * nothing but the last bits of sums.
 * @param now the moment of the update, milliseconds since 1970: what was seen before fades until then
 * @throws InvalidInput when an observation names an unknown arm, or has no finite reward, or features of another size
 * @example
 * const next = update(posterior, [{ arm: "similar", reward: 1, at: Date.now() }], Date.now());
 */
export function update(posterior: Posterior, observations: readonly Observation[], now: number): Posterior {
  const share = shareLeft(posterior, now);
  const tally = fadeTally(posterior.tally, share);
  const { version: _, ...known } = posterior;
  if (known.kind !== "linear") {
    addAll(known, observations, now, tally, known.kind === "beta" ? requireShare : () => {});
    return seal({ ...known, at: now, tally });
  }
  const statistics = fadeStatistics(known.statistics, share);
  addAll(known, observations, now, tally, (arm, observation, weight, path) => {
    const context = checkFeatures(observation.context, known.contextSize, `${path}.context`);
    const attributes = checkFeatures(observation.attributes, known.attributesSize, `${path}.attributes`);
    addToStatistics(statistics, arm, observation, { context, attributes }, weight);
  });
  return seal({ ...known, at: now, tally, statistics });
}

/** The same beliefs as of a later moment: what was seen has faded further. */
export function fade(posterior: Posterior, now: number): Posterior {
  return posterior.retention === 1 || now <= posterior.at ? posterior : update(posterior, [], now);
}

/**
 * The same posterior for other arms: those that stay keep what is known of them, new ones start from the prior (and, in
 * a linear posterior, from what arms share), those left out are
 * forgotten, except for what shared coefficients learnt from them. Leave an arm in until its last showings have
 * settled, or leave its observations out.
 * @throws InvalidInput when there is no arm, or a name is empty or used twice
 * @example
 * const summer = withArms(posterior, [...posterior.arms, "sun hats"]);
 */
export function withArms(posterior: Posterior, arms: readonly string[]): Posterior {
  indexArms(arms);
  const before = new Map(posterior.arms.map((arm, column) => [arm, column]));
  const from = arms.map((arm) => before.get(arm));
  const { version: _, ...known } = posterior;
  const tally = pickTally(known.tally, from);
  if (known.kind !== "linear") return seal({ ...known, arms: [...arms], tally });
  const statistics = pickStatistics(known.statistics, from, {
    contextSize: known.contextSize,
    precision: known.prior.precision,
  });
  return seal({ ...known, arms: [...arms], tally, statistics });
}

/** What time has left of observations that had weight 1 when the posterior was made. */
function shareLeft({ retention, at }: Posterior, now: number): number {
  if (!(Number.isFinite(now) && now >= at)) {
    throw new InvalidInput("now", now, `milliseconds since 1970, not before the posterior's own ${at}`);
  }
  return retention ** ((now - at) / day);
}

/** Beta posteriors count successes. */
const requireShare: Add = (_arm, { reward }, _weight, path) => {
  if (reward >= 0 && reward <= 1) return;
  throw new InvalidInput(`${path}.reward`, reward, "from 0 to 1 for a Beta posterior; a Gaussian one takes money");
};

type Add = (arm: number, observation: Observation, weight: number, path: string) => void;

/** Checks each observation, hands it to `add` and tallies it. */
function addAll(
  { arms, retention }: Content,
  observations: readonly Observation[],
  now: number,
  tally: OpenTally,
  add: Add,
): void {
  const index = indexArms(arms);
  for (const [row, observation] of observations.entries()) {
    const path = `observations[${row}]`;
    const arm = index.of(observation.arm, `${path}.arm`);
    checkObservation(observation, now, path);
    const weight = retention ** ((now - observation.at) / day);
    add(arm, observation, weight, path);
    addToTally(tally, arm, observation, weight);
  }
}
