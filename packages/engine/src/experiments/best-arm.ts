/**
 * Of several arms, which is best: by the posterior of each arm's mean (normal, flat prior). Computed, not drawn, so that
 * the same data always give the same figures:
 *   P[i is best] = integral of phi(z) prod_{j != i} Phi((m_i + s_i z - m_j) / s_j) dz
 *   E[max]       = sum_i integral of (m_i + s_i z) phi(z) prod_{j != i} Phi(...) dz
 */
import { InvalidInput, InvalidOption } from "../errors.ts";
import { normalCdf, normalDensity, type Moments } from "../statistics/index.ts";
import { requireMoments } from "./effects.ts";

export interface ArmChance {
  /** Probability that no other arm is better. */
  readonly chanceToBeBest: number;
  /** What is given away on average by choosing this arm, in the unit of the mean. */
  readonly expectedLoss: number;
}

/**
 * @param arms two or more, in any order
 * @returns one entry an arm; the chances sum to 1
 * @throws InvalidInput when there are fewer than two arms, or one has fewer than two units or no spread
 * @example
 * chancesToBeBest([momentsOfShare(900, 40), momentsOfShare(910, 52), momentsOfShare(905, 47)])[1].chanceToBeBest;
 */
export function chancesToBeBest(arms: readonly Moments[], better: "higher" | "lower" = "higher"): ArmChance[] {
  if (better !== "higher" && better !== "lower") throw new InvalidOption("better", better, '"higher" or "lower"');
  if (arms.length < 2) throw new InvalidInput("arms", `${arms.length} arms`, "two arms or more");
  const sign = better === "higher" ? 1 : -1;
  const beliefs = arms.map((arm, index) => beliefOf(arm, sign, `arms[${index}]`));
  const wins = beliefs.map((belief, index) => winOf(belief, beliefs.toSpliced(index, 1)));
  // Rounding of the integrals must not make the chances sum to a hair above 1.
  const whole = wins.reduce((sum, { chance }) => sum + chance, 0);
  const best = wins.reduce((sum, { mean }) => sum + mean, 0) / whole;
  return wins.map(({ chance }, index) => ({
    chanceToBeBest: chance / whole,
    expectedLoss: Math.max(0, best - beliefs[index].mean),
  }));
}

/** A normal posterior of an arm's mean. */
interface Belief {
  readonly mean: number;
  readonly deviation: number;
}

function beliefOf(arm: Moments, sign: number, path: string): Belief {
  requireMoments(arm, path);
  const { count, mean, variance } = arm;
  if (!(variance > 0)) throw new InvalidInput(`${path}.variance`, variance, "above zero");
  return { mean: sign * mean, deviation: Math.sqrt(variance / count) };
}

/** The chance of one arm, and its share of the expected maximum. */
function winOf(
  { mean, deviation }: Belief,
  others: readonly Belief[],
): { readonly chance: number; readonly mean: number } {
  let chance = 0;
  let excess = 0;
  integrate(breaksOf({ mean, deviation }, others), (z, weight) => {
    let density = weight * normalDensity(z);
    for (const other of others) density *= normalCdf((mean + deviation * z - other.mean) / other.deviation);
    chance += density;
    excess += density * z;
  });
  return { chance, mean: mean * chance + deviation * excess };
}

/** Standard deviations beyond which nothing of a normal is left. */
const far = 9;

/** Where another arm's distribution function rises steeply, seen from this arm: pieces must not step over it. */
function breaksOf({ mean, deviation }: Belief, others: readonly Belief[]): number[] {
  const breaks = Array.from({ length: 4 * far + 1 }, (_, step) => step / 2 - far);
  for (const other of others) {
    const centre = (other.mean - mean) / deviation;
    const scale = other.deviation / deviation;
    for (const reach of [-8, -4, -2, -1, 0, 1, 2, 4, 8]) breaks.push(centre + reach * scale);
  }
  return breaks.filter((place) => Math.abs(place) <= far).sort((a, b) => a - b);
}

/** Abscissas and weights of Gauss and Legendre's rule with eight points (DLMF 3.5, table). */
const points = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
] as const;

function integrate(breaks: readonly number[], add: (place: number, weight: number) => void): void {
  for (let piece = 1; piece < breaks.length; piece++) {
    const half = (breaks[piece] - breaks[piece - 1]) / 2;
    const middle = breaks[piece - 1] + half;
    for (const [place, weight] of points) {
      add(middle - half * place, half * weight);
      add(middle + half * place, half * weight);
    }
  }
}
