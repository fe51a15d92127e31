/**
 * Splits an amount of money over lines without losing or inventing a minor unit: every part is its exact share rounded down,
 * and the units left over go to the largest remainders (Hamilton's method), the first of equal ones.
 */
import { InvalidInput } from "../errors.ts";
import type { Minor } from "./money.ts";

/**
 * @param amount minor units, zero or more
 * @param weights what each line weighs, for example its price; zero or more, finite. All zero: equal shares.
 * @returns one part a line, in the order of `weights`, that add up to `amount`; none is more than one unit off its exact
 * share, and a line without weight gets nothing while another has some
 * @throws InvalidInput naming the amount or the weight that is wrong, or when there is an amount and no line
 * @example
 * allocate(100, [1, 1, 1]); // [34, 33, 33]
 */
export function allocate(amount: Minor, weights: readonly number[]): Minor[] {
  check(amount, weights);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const parts: Minor[] = [];
  const remainders: number[] = [];
  const byRemainder: number[] = [];
  let left = amount;
  for (let line = 0; line < weights.length; line++) {
    const share = amount * (total > 0 ? weights[line] / total : 1 / weights.length);
    const part = Math.floor(share);
    parts.push(part);
    remainders.push(share - part);
    if (total === 0 || weights[line] > 0) byRemainder.push(line);
    left -= part;
  }
  if (left === 0) return parts;
  byRemainder.sort((a, b) => remainders[b] - remainders[a] || a - b);
  for (let turn = 0; left > 0; turn = (turn + 1) % byRemainder.length, left--) parts[byRemainder[turn]]++;
  // Rounding of a share that is a whole number may have floored up: take back from the smallest remainders.
  for (let turn = byRemainder.length - 1; left < 0; turn--, left++) parts[byRemainder[turn]]--;
  return parts;
}

function check(amount: Minor, weights: readonly number[]): void {
  if (!Number.isSafeInteger(amount) || amount < 0)
    throw new InvalidInput("amount", amount, "minor units, zero or more");
  const wrong = weights.findIndex((weight) => !Number.isFinite(weight) || weight < 0);
  if (wrong >= 0) throw new InvalidInput(`weights[${wrong}]`, weights[wrong], "zero or more");
  if (amount > 0 && weights.length === 0) throw new InvalidInput("weights", 0, "a line that can carry the amount");
}
