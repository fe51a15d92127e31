/**
 * Draws from the distributions the demo shop is made of. Only arithmetic that IEEE 754 fixes to the last bit (no
 * logarithms, powers or sines), so that a seed gives the same shop in every JavaScript engine.
 */
import type { Random } from "../../random/generator.ts";

/** True with probability `probability`. */
export function happens(random: Random, probability: number): boolean {
  return random.next() < probability;
}

/** One of `items`, each equally likely. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[random.integer(items.length)];
}

/** Uniform in [low, high). */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.next();
}

/** A bell around `middle` that never leaves `middle - reach .. middle + reach`: the mean of three uniforms. */
export function around(random: Random, middle: number, reach: number): number {
  return middle + ((random.next() + random.next() + random.next()) * 2 - 3) * (reach / 3);
}

/** Failures before the first success: 0, 1, 2 ... with the given mean, at most `limit`. */
export function geometric(random: Random, mean: number, limit: number): number {
  const goesOn = mean / (1 + mean);
  let count = 0;
  while (count < limit && random.next() < goesOn) count++;
  return count;
}

/** Heavy-tailed, from `1 / (1 + spread)` to `1 / spread`: many small values and a few large ones. */
export function heavyTailed(random: Random, spread: number): number {
  return 1 / (random.next() + spread);
}

/** Draws indices in proportion to fixed weights. */
export interface Lottery {
  draw(random: Random): number;
}

/**
 * @param weights zero or more, with a sum above zero
 * @returns a lottery whose draws cost O(log n)
 * @example
 * const hour = createLottery([1, 2, 1]).draw(random); // 1 half of the time
 */
export function createLottery(weights: ArrayLike<number>): Lottery {
  const upTo = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) upTo[i] = total += weights[i];
  return {
    draw(random) {
      const ticket = random.next() * total;
      let low = 0;
      let high = upTo.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (upTo[middle] > ticket) high = middle;
        else low = middle + 1;
      }
      return low;
    },
  };
}
