/** Beliefs before anything was seen: one function for each kind of reward. */
import { InvalidOption, requireInteger, requireNumber } from "../errors.ts";
import { emptyStatistics } from "./linear-statistics.ts";
import { indexArms, largest } from "./observation.ts";
import {
  versionOf,
  type BetaPosterior,
  type BetaPrior,
  type Common,
  type GaussianPosterior,
  type GaussianPrior,
  type LinearPosterior,
  type LinearPrior,
} from "./posterior.ts";
import { emptyTally } from "./tally.ts";

export interface PosteriorOptions {
  /** Share of an observation's weight that is left after a day. .99 forgets half in ten weeks, .9 in a week. */
  retention?: number;
}

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
  requireNumber("prior.mean", mean, -largest, largest);
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

function commonOf(arms: readonly string[], retention: number): Omit<Common, "version"> {
  indexArms(arms);
  requireNumber("retention", retention, 0, 1);
  return { arms: [...arms], retention, at: 0, tally: emptyTally(arms.length) };
}

function requirePositive(option: string, value: number): void {
  if (!(value >= 1 / largest && value <= largest)) throw new InvalidOption(option, value, "a positive number");
}
