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
  const shares = weights.map((weight) => amount * (total > 0 ? weight / total : 1 / weights.length));
  const parts = shares.map((share) => Math.floor(share));
  let left = amount - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = shares
    .map((share, line) => ({ line, remainder: share - parts[line] }))
    .filter(({ line }) => total === 0 || weights[line] > 0)
    .sort((a, b) => b.remainder - a.remainder || a.line - b.line);
  for (let turn = 0; left > 0; turn = (turn + 1) % byRemainder.length, left--) parts[byRemainder[turn].line]++;
  // Rounding of a share that is a whole number may have floored up: take back from the smallest remainders.
  for (let turn = byRemainder.length - 1; left < 0; turn--, left++) parts[byRemainder[turn].line]--;
  return parts;
}

function check(amount: Minor, weights: readonly number[]): void {
  if (!Number.isSafeInteger(amount) || amount < 0)
    throw new InvalidInput("amount", amount, "minor units, zero or more");
  for (const [line, weight] of weights.entries()) {
    if (!Number.isFinite(weight) || weight < 0) throw new InvalidInput(`weights[${line}]`, weight, "zero or more");
  }
  if (amount > 0 && weights.length === 0) throw new InvalidInput("weights", 0, "a line that can carry the amount");
}
