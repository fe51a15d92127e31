/** What each group of decisions was credited with by one model, added up order by order. */
import type { Minor } from "../catalogue/index.ts";

/** What a group of decisions is credited with. */
export interface Credit {
  /** A decision, or what `groupOf` made of it: a placement, a strategy. */
  readonly group: string;
  readonly revenue: Minor;
  /** Orders with a part in it, however small. */
  readonly orders: number;
}

/** Sums by number of the group. */
export interface CreditSums {
  /** Adds a touch's part of the order that is open. A group with several touches has one part in it. */
  add(group: number, part: Minor): void;
  /** Goes on to the next order. */
  nextOrder(): void;
  /**
   * @param names of the groups, by number
   * @returns largest first, equal ones by name
   */
  ranked(names: readonly string[]): Credit[];
}

/**
 * @example
 * const sums = createCreditSums();
 * sums.add(0, 500);
 * sums.ranked(["home"]); // [{ group: "home", revenue: 500, orders: 1 }]
 */
export function createCreditSums(): CreditSums {
  const revenue: Minor[] = [];
  const orders: number[] = [];
  const lastOrder: number[] = [];
  let order = 1;
  return {
    nextOrder() {
      order++;
    },
    add(group, part) {
      // Groups are numbered in the order in which they turn up: filling up keeps the columns dense.
      while (revenue.length <= group) {
        revenue.push(0);
        orders.push(0);
        lastOrder.push(0);
      }
      revenue[group] += part;
      if (lastOrder[group] === order) return;
      lastOrder[group] = order;
      orders[group]++;
    },
    ranked(names) {
      const groups = Uint32Array.from(revenue.keys()).filter((group) => orders[group] > 0);
      sortByRevenue(groups, revenue, names);
      return Array.from(groups, (group) => ({ group: names[group], revenue: revenue[group], orders: orders[group] }));
    },
  };
}

/**
 * In place, largest first, equal ones by name. Revenue and place as one number sort without a comparison in JavaScript:
 * several times faster where each decision is a group of its own.
 */
function sortByRevenue(groups: Uint32Array, revenue: readonly Minor[], names: readonly string[]): void {
  const byName = (a: number, b: number): number => (names[a] < names[b] ? -1 : 1);
  const size = groups.length;
  const most = groups.reduce((largest, group) => Math.max(largest, revenue[group]), 0);
  if ((most + 1) * size > Number.MAX_SAFE_INTEGER) {
    groups.sort((a, b) => revenue[b] - revenue[a] || byName(a, b));
    return;
  }
  const sorted = Float64Array.from(groups, (group, place) => (most - revenue[group]) * size + place).sort();
  const before = groups.slice();
  for (let place = 0; place < size; place++) groups[place] = before[sorted[place] % size];
  for (let begin = 0, end = 0; begin < size; begin = end) {
    for (end = begin + 1; end < size && revenue[groups[end]] === revenue[groups[begin]];) end++;
    if (end - begin > 1) groups.subarray(begin, end).sort(byName);
  }
}
