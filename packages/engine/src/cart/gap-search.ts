/**
 * The one or two products that close a gap best, exactly, over a column of prices in ascending order.
 *
 * A single product of price p is worth  w r - (p - gap) / gap,  a pair  w (r1 + r2) / 2 - (p1 + p2 - gap) / gap - penalty,
 * with r the relevance of a product in [0, 1] and w what full relevance counts against an overshoot as large as the gap.
 * The worth of a pair is a sum over its two products, so the best partner of each product is the best one within a window
 * of prices, and the window slides down while the product's price rises: a queue of falling values gives the maximum of
 * every window in O(n) altogether.
 */
import { countBelow } from "../matrix/bisect.ts";

/** What is searched. Columns of one length. */
export interface GapQuestion {
  /** Ascending, above zero. */
  readonly price: Float64Array;
  /** In [0, 1]; below zero for what may not be chosen. */
  readonly relevance: Float64Array;
  /** What is lacking, above zero. */
  readonly gap: number;
  /** The most that a set may cost beyond the gap. */
  readonly maximumOvershoot: number;
  /** What full relevance counts against an overshoot as large as the gap. */
  readonly relevanceWeight: number;
  /** What the second product costs in worth: it is one more thing to decide. */
  readonly pairPenalty: number;
}

/** Places in the columns, the cheaper product first, and what they are worth together. */
export interface GapAnswer {
  readonly places: readonly [number] | readonly [number, number];
  readonly worth: number;
}

/**
 * The best single product, O(log n + window).
 * @returns undefined when no product closes the gap within the overshoot
 * @example
 * bestSingle({ price, relevance, gap: 500, maximumOvershoot: 500, relevanceWeight: 1, pairPenalty: 0.1 });
 */
export function bestSingle(question: GapQuestion): GapAnswer | undefined {
  const { price, relevance, gap, maximumOvershoot, relevanceWeight } = question;
  let best: GapAnswer | undefined;
  for (let place = countBelow(price, gap); place < price.length && price[place] <= gap + maximumOvershoot; place++) {
    if (relevance[place] < 0) continue;
    const worth = relevanceWeight * relevance[place] - (price[place] - gap) / gap;
    if (!best || worth > best.worth) best = { places: [place], worth };
  }
  return best;
}

/**
 * The best pair of products each of which leaves a gap of its own, O(n) in those.
 * @returns undefined when no two products close the gap within the overshoot
 * @example
 * bestPair({ price, relevance, gap: 500, maximumOvershoot: 500, relevanceWeight: 1, pairPenalty: 0.1 });
 */
export function bestPair(question: GapQuestion): GapAnswer | undefined {
  const { price, relevance, gap, maximumOvershoot, relevanceWeight, pairPenalty } = question;
  const count = countBelow(price, gap);
  /** A product's part of the worth of any pair it is in. */
  const partOf = (place: number): number => (relevanceWeight * relevance[place]) / 2 - price[place] / gap;
  const queue = new Uint32Array(count);
  let head = 0;
  let tail = 0;
  let entered = count;
  let best: GapAnswer | undefined;
  for (let place = 0; place < count; place++) {
    // The window's lower end falls: cheaper partners come in, and drive out those before them that are worth less.
    while (entered > 0 && price[entered - 1] + price[place] >= gap) {
      entered--;
      if (relevance[entered] < 0) continue;
      const part = partOf(entered);
      while (tail > head && partOf(queue[tail - 1]) <= part) tail--;
      queue[tail++] = entered;
    }
    while (tail > head && price[queue[head]] + price[place] > gap + maximumOvershoot) head++;
    if (relevance[place] < 0) continue;
    // A product is no partner of its own. Partners it drove out of the queue meet it when their own turn comes.
    const partner = queue[head] === place ? head + 1 : head;
    if (partner >= tail) continue;
    const worth = 1 + partOf(place) + partOf(queue[partner]) - pairPenalty;
    if (!best || worth > best.worth)
      best = { places: [Math.min(queue[partner], place), Math.max(queue[partner], place)], worth };
  }
  return best;
}
