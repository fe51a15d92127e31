/**
 * How much alike the members of a group are, told from counts: each member draws its shares from a Dirichlet distribution
 * around the group's, and its counts from its shares. The strength of the distribution is the number of counts that the
 * group's shares are worth when a member's own are few: small where members differ, large where all are the same.
 * Minka, "Estimating a Dirichlet distribution" (2000), section 3, with the group's shares held at their observed values.
 */
import { InvalidInput } from "../errors.ts";
import type { SparseMatrix } from "../matrix/sparse.ts";

/** The group's shares and how tightly its members keep to them. */
export interface DirichletFit {
  /** Share of each label in all counts; they add up to 1, or are all 0 when nothing was counted. */
  readonly mean: Float64Array;
  /** Counts that the group's shares are worth, within `weakest` and `strongest`. */
  readonly strength: number;
}

/** Where the search for the strength ends. */
const [weakest, strongest] = [1e-3, 1e6];

/**
 * Maximises the likelihood over the strength: its slope is a sum over how many members count a label at least j times,
 * so that a step costs the largest count of each label, whatever the number of members.
 * @param counts members x labels, whole numbers
 * @throws InvalidInput when a count is negative or not whole
 * @example
 * const { mean, strength } = fitDirichlet(customerByBrand);
 * const share = (bought + strength * mean[brand]) / (boughtInAll + strength);
 */
export function fitDirichlet(counts: SparseMatrix): DirichletFit {
  const mean = new Float64Array(counts.columns);
  /** `exceeding[k][j]`: members with more than j counts of label k; the last row is of all labels together. */
  const exceeding: number[][] = Array.from({ length: counts.columns + 1 }, () => []);
  let total = 0;
  for (let member = 0; member < counts.rows; member++) {
    let ofMember = 0;
    for (let i = counts.offsets[member]; i < counts.offsets[member + 1]; i++) {
      const count = counts.values[i];
      if (!Number.isInteger(count) || count < 0) throw new InvalidInput(`counts.values[${i}]`, count, "a whole number");
      addSteps(exceeding[counts.indices[i]], count);
      mean[counts.indices[i]] += count;
      ofMember += count;
    }
    addSteps(exceeding[counts.columns], ofMember);
    total += ofMember;
  }
  if (total === 0) return { mean, strength: strongest };
  for (let label = 0; label < mean.length; label++) mean[label] /= total;
  return { mean, strength: strengthOf(mean, exceeding) };
}

function addSteps(steps: number[], count: number): void {
  while (steps.length < count) steps.push(0);
  for (let j = 0; j < count; j++) steps[j]++;
}

/** Where the slope of the likelihood over the strength changes from up to down, by bisection on its log. */
function strengthOf(mean: Float64Array, exceeding: readonly number[][]): number {
  let low = Math.log(weakest);
  let high = Math.log(strongest);
  if (slopeAt(strongest, mean, exceeding) > 0) return strongest;
  if (slopeAt(weakest, mean, exceeding) < 0) return weakest;
  while (high - low > 1e-6) {
    const middle = (low + high) / 2;
    if (slopeAt(Math.exp(middle), mean, exceeding) > 0) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

function slopeAt(strength: number, mean: Float64Array, exceeding: readonly number[][]): number {
  let slope = 0;
  for (const [label, share] of mean.entries()) {
    for (const [j, members] of exceeding[label].entries()) slope += (members * share) / (strength * share + j);
  }
  for (const [j, members] of exceeding[mean.length].entries()) slope -= members / (strength + j);
  return slope;
}
