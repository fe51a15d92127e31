/**
 * Chance that belongs to a moment rather than to an order of events: the same shopper in the same visit meets the same
 * luck on every way through the shop, whatever the policy showed before. Arms then differ by what they show alone
 * (common random numbers: Law, "Simulation Modeling and Analysis", 5th edition, section 11.2).
 */
import { sfc32 } from "../../random/generator.ts";
import { murmur3 } from "../../random/hash.ts";

/** What a draw decides. Each has a stream of its own. */
export const luckOf = { view: 1, examine: 2, click: 3, add: 4, complete: 5 } as const;

export type Luck = (typeof luckOf)[keyof typeof luckOf];

/** Rounds after which sfc32 has mixed its seed. */
const warmUp = 12;

/** @returns the key of a visit's luck */
export function keyOf(label: string): number {
  return murmur3(label, 0x5bd1e995);
}

/** Uniform in [0, 1): always the same for the same key, purpose and number. */
export function drawAt(key: number, luck: Luck, number: number): number {
  const bits = sfc32(key, luck, number);
  for (let round = 0; round < warmUp; round++) bits();
  return bits() / 2 ** 32;
}
