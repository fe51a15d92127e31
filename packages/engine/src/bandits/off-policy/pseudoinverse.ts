/**
 * Weights of the pseudoinverse estimator: what a slate is worth is taken to be a sum over its slots, which needs no model
 * of the items' effects. With 1_s the indicator of a slate's slots, Gamma the mean of 1_s 1_s' under the policy that
 * logged and q the mean of 1_s under the one to be judged, a slate weighs q' Gamma^+ 1_s. Swaminathan, Krishnamurthy,
 * Agarwal et al., "Off-policy evaluation for slate recommendation", NIPS 2017.
 */
import { InvalidInput, requireInteger } from "../../errors.ts";
import { eigenSystemInPieces } from "../../matrix/eigen.ts";
import { atOnce } from "../../matrix/pieces.ts";
import { requireSlates, type SlateLog, type SlateTarget } from "./slate-log.ts";

/**
 * Where the slots of the logged slates were filled independently of one another: 1 + sum(w_k - 1).
 * @returns a weight a slate
 * @throws InvalidInput at the first bad cell, for example `slates[3].propensity[1]`
 */
export function independentSlotWeights(log: SlateLog, target: SlateTarget): Float64Array {
  requireSlates(log, target);
  const { positions, propensity } = log;
  const { chance } = target;
  return Float64Array.from({ length: propensity.length / positions }, (_, slate) => {
    let weight = 1;
    for (let cell = slate * positions; cell < (slate + 1) * positions; cell++) {
      weight += chance[cell] / propensity[cell] - 1;
    }
    return weight;
  });
}

/** Eigenvalues below this share of the largest are taken for 0. */
const negligible = 1e-9;

/**
 * For any policy that logged: a table of what each item in each slot adds to the weight of a slate. One table serves all
 * slates that were drawn with the same chances.
 * @param pairChances Gamma: chance that item b is in slot l and item a in slot k, in row k x items + a, column
 * l x items + b, under the policy that logged
 * @param targetChances q: chance of item a in slot k, at k x items + a, under the policy to be judged
 * @returns slots x items; O((slots x items)^3)
 * @throws InvalidInput when sizes do not fit, or the policy to be judged goes where the other never does
 * @example
 * const table = pseudoinverseTable(pairChances, targetChances);
 * const weight = table[0 * items + first] + table[1 * items + second];
 */
export function pseudoinverseTable(pairChances: Float64Array, targetChances: Float64Array): Float64Array {
  const size = targetChances.length;
  requireInteger("targetChances.length", size, 1);
  if (pairChances.length !== size * size) {
    throw new InvalidInput("pairChances.length", pairChances.length, `${size} x ${size}`);
  }
  for (const [name, chances] of Object.entries({ pairChances, targetChances })) {
    const wrong = chances.findIndex((chance) => !(chance >= 0 && chance <= 1));
    if (wrong >= 0) throw new InvalidInput(`${name}[${wrong}]`, chances[wrong], "a chance of at least 0 and at most 1");
  }
  for (let i = 0; i < size; i++) {
    if (targetChances[i] > 0 && !(pairChances[i * (size + 1)] > 0)) {
      throw new InvalidInput(`targetChances[${i}]`, targetChances[i], "0 where the policy that logged has no chance");
    }
  }
  const { values, vectors } = atOnce(eigenSystemInPieces(pairChances, size));
  const least = negligible * values.reduce((most, value) => Math.max(most, value), 0);
  const table = new Float64Array(size);
  for (const [index, value] of values.entries()) {
    if (value <= least) continue;
    const vector = vectors.subarray(index * size, (index + 1) * size);
    let share = 0;
    for (let i = 0; i < size; i++) share += vector[i] * targetChances[i];
    for (let i = 0; i < size; i++) table[i] += (share / value) * vector[i];
  }
  return table;
}
