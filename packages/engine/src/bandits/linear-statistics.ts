/**
 * Sums of a linear model of rewards, reward = attributes . shared + context . own(arm) + noise: the hybrid model of
 * Li et al., "A contextual-bandit approach to personalized news article recommendation", WWW 2010, section 3.2.
 * Without attributes each arm learns alone (their disjoint model); without context all arms learn as one, which is what
 * many arms with little traffic need.
 *
 * Sums are kept, not inverses: a reward costs O(size^2), order does not matter, rounding does not pile up as it does
 * in a chain of Sherman-Morrison steps, and forgetting is a multiplication. One Cholesky factor a version is enough.
 */
import { solveArm, type ArmSums } from "./arm-solution.ts";
import type { Observation } from "./observation.ts";

/** Sums over all arms, each term with the weight that its age and its exposure have left it. */
export interface LinearStatistics {
  /** attributes x attributes. */
  readonly gram: readonly number[];
  /** attributes x reward. */
  readonly moments: readonly number[];
  /** Sum of exposures, also of arms that were left out since. */
  readonly exposure: number;
  /** Sum of reward^2 / exposure, less what arms that were left out since have explained. */
  readonly squares: number;
  readonly arms: readonly ArmSums[];
}

type Features = ArrayLike<number>;

/** Nothing was seen yet. */
export function emptyStatistics(arms: number, contextSize: number, attributesSize: number): LinearStatistics {
  const own = emptyArm(contextSize, attributesSize);
  return {
    gram: zeros(attributesSize ** 2),
    moments: zeros(attributesSize),
    exposure: 0,
    squares: 0,
    arms: Array.from({ length: arms }, () => own),
  };
}

/** A copy, open to additions, whose every term weighs `share` of what it did. */
export function fadeStatistics(
  { gram, moments, exposure, squares, arms }: LinearStatistics,
  share: number,
): OpenStatistics {
  const fade = (sums: readonly number[]): number[] => sums.map((sum) => sum * share);
  return {
    gram: fade(gram),
    moments: fade(moments),
    exposure: exposure * share,
    squares: squares * share,
    arms: arms.map((own) => ({ gram: fade(own.gram), cross: fade(own.cross), moments: fade(own.moments) })),
  };
}

/** Statistics that are still open to additions. */
export interface OpenStatistics {
  readonly gram: number[];
  readonly moments: number[];
  exposure: number;
  squares: number;
  readonly arms: { readonly gram: number[]; readonly cross: number[]; readonly moments: number[] }[];
}

/** Adds one observation with the weight its age left it; its features were checked. */
export function addToStatistics(
  statistics: OpenStatistics,
  arm: number,
  { reward, exposure = 1 }: Observation,
  { context, attributes }: { readonly context: Features; readonly attributes: Features },
  weight: number,
): void {
  const own = statistics.arms[arm];
  addOuter(statistics.gram, attributes, attributes, weight * exposure);
  addOuter(own.gram, context, context, weight * exposure);
  addOuter(own.cross, context, attributes, weight * exposure);
  addScaled(statistics.moments, attributes, weight * reward);
  addScaled(own.moments, context, weight * reward);
  statistics.exposure += weight * exposure;
  statistics.squares += (weight * reward * reward) / exposure;
}

/**
 * The statistics of other arms: `from[i]` is where arm i stood before, or undefined when it is new. What shared
 * coefficients have learnt from an arm that is left out they keep, by solving for its own ones for the last time.
 */
export function pickStatistics(
  statistics: LinearStatistics,
  from: readonly (number | undefined)[],
  { contextSize, precision }: { readonly contextSize: number; readonly precision: number },
): LinearStatistics {
  const size = statistics.moments.length;
  const unseen = emptyArm(contextSize, size);
  const kept = fadeStatistics(statistics, 1);
  for (const [arm, sums] of statistics.arms.entries()) {
    if (from.includes(arm)) continue;
    const own = solveArm(sums, precision, size);
    for (const [i, explained] of own.gram.entries()) kept.gram[i] -= explained;
    for (const [i, explained] of own.moments.entries()) kept.moments[i] -= explained;
    kept.squares -= own.squares;
  }
  return { ...kept, arms: from.map((before) => (before === undefined ? unseen : statistics.arms[before])) };
}

/** Every column, in a fixed order: what a version is the hash of. */
export function* columnsOf({ gram, moments, exposure, squares, arms }: LinearStatistics): Generator<readonly number[]> {
  yield gram;
  yield moments;
  yield [exposure, squares];
  for (const own of arms) yield* [own.gram, own.cross, own.moments];
}

function emptyArm(contextSize: number, attributesSize: number): ArmSums {
  return { gram: zeros(contextSize ** 2), cross: zeros(contextSize * attributesSize), moments: zeros(contextSize) };
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}

function addOuter(matrix: number[], rows: Features, columns: Features, weight: number): void {
  let cell = 0;
  for (let row = 0; row < rows.length; row++) {
    const factor = weight * rows[row];
    for (let column = 0; column < columns.length; column++) matrix[cell++] += factor * columns[column];
  }
}

function addScaled(vector: number[], terms: Features, weight: number): void {
  for (let i = 0; i < terms.length; i++) vector[i] += weight * terms[i];
}
