/**
 * What is believed about arms after what was seen of them: immutable, plain JSON, named by a hash of its content.
 * Beta-Bernoulli and Gaussian posteriors look at each arm alone, linear ones at the shopper and at what arms share.
 * Old observations fade by a share a day, so that beliefs return to the prior where nothing new is seen and follow a
 * taste that changes (discounting as in Garivier and Moulines, "On upper-confidence bound policies for switching bandit
 * problems", ALT 2011).
 */
import { InvalidInput, InvalidOption, requireInteger, requireNumber } from "../errors.ts";
import { hashColumns } from "../random/hash.ts";
import {
  addToStatistics,
  columnsOf,
  emptyStatistics,
  fadeStatistics,
  pickStatistics,
  type LinearStatistics,
} from "./linear-statistics.ts";
import { checkFeatures, checkObservation, placesOf, type Observation } from "./observation.ts";
import { addToTally, emptyTally, fadeTally, pickTally, type OpenTally, type Tally } from "./tally.ts";

/** What every posterior has. */
interface Common {
  /** Names, each once; an arm's place here is its place in every column. */
  readonly arms: readonly string[];
  /** Share of an observation's weight that is left after a day; 1 never forgets. */
  readonly retention: number;
  /** The moment the weights hold for, milliseconds since 1970. */
  readonly at: number;
  readonly tally: Tally;
  /** Hash of all of this: equal versions believe the same. */
  readonly version: string;
}

/** Rates: each reward is 1 or 0, or a share in between. */
export interface BetaPosterior extends Common {
  readonly kind: "beta";
  readonly prior: BetaPrior;
}

/** Pseudo-counts of successes and failures before anything was seen. */
export interface BetaPrior {
  readonly alpha: number;
  readonly beta: number;
}

/** Means of rewards on any scale, such as revenue. */
export interface GaussianPosterior extends Common {
  readonly kind: "gaussian";
  readonly prior: GaussianPrior;
}

/** What one showing of an unknown arm may bring, in the unit of the rewards. */
export interface GaussianPrior {
  readonly mean: number;
  /** How far single rewards lie from their arm's mean. A start: what is seen takes over. */
  readonly deviation: number;
  /** How many observations the mean counts as. */
  readonly strength: number;
  /** How many observations the deviation counts as. */
  readonly deviationStrength: number;
}

/** Rewards that depend on features of shopper, moment and arm. */
export interface LinearPosterior extends Common {
  readonly kind: "linear";
  readonly prior: LinearPrior;
  /** Numbers that describe shopper and moment; 0 when arms share all they know. */
  readonly contextSize: number;
  /** Numbers that describe an arm (or arm and shopper together); 0 when each arm learns alone. */
  readonly attributesSize: number;
  readonly statistics: LinearStatistics;
}

/** Coefficients are believed to be 0, give or take `deviation / sqrt(precision)`. */
export interface LinearPrior {
  /** Ridge: how many observations the zero counts as. */
  readonly precision: number;
  /** How far single rewards lie from the line. A start: what is seen takes over. */
  readonly deviation: number;
  /** How many observations the deviation counts as. */
  readonly deviationStrength: number;
}

export type Posterior = BetaPosterior | GaussianPosterior | LinearPosterior;

/** Without its name, that is before it is sealed. */
type Content = Omit<BetaPosterior, "version"> | Omit<GaussianPosterior, "version"> | Omit<LinearPosterior, "version">;

export interface PosteriorOptions {
  /** Share of an observation's weight that is left after a day. .99 forgets half in ten weeks, .9 in a week. */
  retention?: number;
}

const day = 86_400_000;

/**
 * Beta-Bernoulli: for clicks and conversions. Chapelle and Li, "An empirical evaluation of Thompson sampling",
 * NIPS 2011.
 * @param arms names, at least one, each once
 * @throws InvalidInput for the arms, InvalidOption for the rest
 * @example
 * const posterior = createBetaPosterior(["bestsellers", "similar"], { retention: 0.99 });
 */
export function createBetaPosterior(
  arms: readonly string[],
  { prior = {}, retention = 1 }: PosteriorOptions & { prior?: Partial<BetaPrior> } = {},
): BetaPosterior {
  const { alpha = 1, beta = 1 } = prior;
  requirePositive("prior.alpha", alpha);
  requirePositive("prior.beta", beta);
  const content = { ...commonOf(arms, retention), kind: "beta", prior: { alpha, beta } } as const;
  return { ...content, version: versionOf(content) };
}

/**
 * Gaussian: for revenue. The spread of single rewards is pooled over arms, because an arm whose first shoppers all
 * bought nothing would otherwise look certain to be worth nothing.
 * @param prior what is plausible for an arm nobody has seen, in the unit of the rewards: there is no safe default
 * @throws InvalidInput for the arms, InvalidOption for the rest
 * @example
 * const posterior = createGaussianPosterior(["four items", "eight items"], { prior: { mean: 250, deviation: 1500 } });
 */
export function createGaussianPosterior(
  arms: readonly string[],
  {
    prior: { mean, deviation, strength = 1, deviationStrength = 10 },
    retention = 1,
  }: PosteriorOptions & { prior: Pick<GaussianPrior, "mean" | "deviation"> & Partial<GaussianPrior> },
): GaussianPosterior {
  requireNumber("prior.mean", mean, -Number.MAX_VALUE);
  requirePositive("prior.deviation", deviation);
  requirePositive("prior.strength", strength);
  requirePositive("prior.deviationStrength", deviationStrength);
  const prior = { mean, deviation, strength, deviationStrength };
  const content = { ...commonOf(arms, retention), kind: "gaussian", prior } as const;
  return { ...content, version: versionOf(content) };
}

/**
 * Linear: each arm with coefficients of its own for the context, all arms with common ones for the attributes, or both.
 * Give a constant 1 among the features where rewards have an intercept.
 * @throws InvalidInput for the arms, InvalidOption for the rest
 * @example
 * const posterior = createLinearPosterior(["new", "familiar"], { contextSize: 3 });
 */
export function createLinearPosterior(
  arms: readonly string[],
  {
    contextSize = 0,
    attributesSize = 0,
    prior: { precision = 1, deviation = 1, deviationStrength = 10 } = {},
    retention = 1,
  }: PosteriorOptions & { contextSize?: number; attributesSize?: number; prior?: Partial<LinearPrior> },
): LinearPosterior {
  requireInteger("contextSize", contextSize, 0);
  requireInteger("attributesSize", attributesSize, contextSize === 0 ? 1 : 0);
  requirePositive("prior.precision", precision);
  requirePositive("prior.deviation", deviation);
  requirePositive("prior.deviationStrength", deviationStrength);
  const content = {
    ...commonOf(arms, retention),
    kind: "linear",
    prior: { precision, deviation, deviationStrength },
    contextSize,
    attributesSize,
    statistics: emptyStatistics(arms.length, contextSize, attributesSize),
  } as const;
  return { ...content, version: versionOf(content) };
}

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
 * a linear posterior, from what arms share), those left out are forgotten.
 * @throws InvalidInput when there is no arm, or a name is empty or used twice
 * @example
 * const summer = withArms(posterior, [...posterior.arms, "sun hats"]);
 */
export function withArms(posterior: Posterior, arms: readonly string[]): Posterior {
  placesOf(arms);
  const before = new Map(posterior.arms.map((arm, place) => [arm, place]));
  const from = arms.map((arm) => before.get(arm));
  const { version: _, ...known } = posterior;
  const tally = pickTally(known.tally, from);
  if (known.kind !== "linear") return seal({ ...known, arms: [...arms], tally });
  const statistics = pickStatistics(known.statistics, from, known.contextSize);
  return seal({ ...known, arms: [...arms], tally, statistics });
}

/** Hash of a posterior's content, whatever its `version` says. */
export function versionOf(content: Content): string {
  const { kind, arms, prior, retention, at, tally } = content;
  const sizes = content.kind === "linear" ? [content.contextSize, content.attributesSize] : [];
  const header = new TextEncoder().encode(JSON.stringify([kind, arms, Object.entries(prior), retention, at, sizes]));
  const sums = content.kind === "linear" ? Array.from(columnsOf(content.statistics)) : [];
  const columns = [tally.exposure, tally.rewards, tally.squares, ...sums].map((column) => Float64Array.from(column));
  return hashColumns([header, ...columns]);
}

function seal(content: Content): Posterior {
  return { ...content, version: versionOf(content) };
}

function commonOf(arms: readonly string[], retention: number): Omit<Common, "version"> {
  placesOf(arms);
  requireNumber("retention", retention, 0, 1);
  return { arms: [...arms], retention, at: 0, tally: emptyTally(arms.length) };
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
  const places = placesOf(arms);
  for (const [index, observation] of observations.entries()) {
    const path = `observations[${index}]`;
    const arm = places.of(observation.arm, `${path}.arm`);
    checkObservation(observation, now, path);
    const weight = retention ** ((now - observation.at) / day);
    add(arm, observation, weight, path);
    addToTally(tally, arm, observation, weight);
  }
}

function requirePositive(option: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new InvalidOption(option, value, "a positive number");
}
