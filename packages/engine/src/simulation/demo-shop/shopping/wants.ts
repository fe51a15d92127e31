/**
 * What shoppers want. There are two sorts of wanting, and the difference is what makes evidence recoverable:
 *
 * - A *mission* is what somebody came for. It follows the person: favourite kinds of product, favourite brand, segment,
 *   budget, season.
 * - A *find* is what somebody takes along once there. It follows the shop: what is popular, what is in season. It owes
 *   nothing to the mission, so that popular products meet in many baskets by coincidence and by nothing else.
 *
 * Both are drawn by popularity and then accepted or dropped by how well they suit (rejection sampling).
 */
import type { Random } from "../../../random/generator.ts";
import type { Entry, Tier } from "../assortment/assortment.ts";
import { busiestIndex, sales, seasonalDemand } from "../calendar.ts";
import { createLottery, happens, pick, type Lottery } from "../chance.ts";
import type { Customer } from "../shoppers/customers.ts";
import type { Budget } from "../shoppers/segments.ts";

export interface Wants {
  /** Indices of the products of each kind, by kind. */
  readonly kinds: readonly (readonly number[])[];
  /** Kind of each product. */
  readonly kindOf: Uint16Array;
  /** What somebody comes for at a moment; guests have no tastes of their own but a budget. */
  mission(random: Random, shopper: Customer | Budget, at: number): number;
  /** What somebody takes along. */
  find(random: Random, at: number): number;
  /** Another product of the same kind, the popular ones first; the product itself when it is alone. */
  sibling(random: Random, product: number): number;
}

/** How willing each budget is to take each tier. */
const suits: Readonly<Record<Budget, readonly [number, number, number]>> = {
  0: [1, 0.55, 0.2],
  1: [0.6, 1, 0.6],
  2: [0.2, 0.6, 1],
};

/** How often a mission follows a favourite kind, and a favourite brand. */
const followsFavourite = 0.6;
const followsBrand = 0.35;

/** How much more a sale makes its departments sell. */
const saleLift = 1.25;

export function createWants(entries: readonly Entry[]): Wants {
  const kindNames = [...new Set(entries.map((entry) => entry.kind.id))];
  const kindOf = Uint16Array.from(entries, (entry) => kindNames.indexOf(entry.kind.id));
  const kinds = kindNames.map((_, kind) => indicesWhere(entries, (index) => kindOf[index] === kind));
  const kindLotteries = kinds.map((members) => lotteryOf(entries, members));
  const brandMembers = new Map(
    [...new Set(entries.map((entry) => entry.brand.name))].map((name) => [
      name,
      indicesWhere(entries, (index) => entries[index].brand.name === name),
    ]),
  );
  const brandLotteries = new Map([...brandMembers].map(([name, members]) => [name, lotteryOf(entries, members)]));
  const everything = createLottery(entries.map((entry) => entry.demand));

  /** Draws until something is on sale, in season and within the budget; what comes last is taken as it is. */
  function drawSuitable(random: Random, at: number, draw: () => number, budget?: Budget): number {
    let product = draw();
    for (let attempt = 0; attempt < 60; attempt++) {
      const entry = entries[product];
      if (entry.soldFrom <= at) {
        const season = demandAt(entry, at) / (busiestIndex * saleLift);
        const fit = budget === undefined ? 1 : fitOf(budget, entry.tier);
        if (happens(random, season * fit)) return product;
      }
      product = draw();
    }
    while (entries[product].soldFrom > at) product = draw();
    return product;
  }

  function mission(random: Random, shopper: Customer | Budget, at: number): number {
    if (typeof shopper === "number") return drawSuitable(random, at, () => everything.draw(random), shopper);
    const brand = shopper.favouriteBrand;
    const members = brand && happens(random, followsBrand) ? brandMembers.get(brand) : undefined;
    const lottery = members && brand ? brandLotteries.get(brand) : undefined;
    if (members && lottery) return drawSuitable(random, at, () => members[lottery.draw(random)], shopper.budget);
    if (shopper.favouriteKinds.length > 0 && happens(random, followsFavourite)) {
      const kind = pick(random, shopper.favouriteKinds);
      return drawSuitable(random, at, () => kinds[kind][kindLotteries[kind].draw(random)], shopper.budget);
    }
    return drawSuitable(random, at, () => everything.draw(random), shopper.budget);
  }

  function sibling(random: Random, product: number): number {
    const kind = kindOf[product];
    for (let attempt = 0; attempt < 8; attempt++) {
      const other = kinds[kind][kindLotteries[kind].draw(random)];
      if (other !== product) return other;
    }
    return product;
  }
  return {
    kinds,
    kindOf,
    mission,
    find: (random, at) => drawSuitable(random, at, () => everything.draw(random)),
    sibling,
  };
}

function fitOf(budget: Budget, tier: Tier): number {
  return suits[budget][tier];
}

function demandAt(entry: Entry, at: number): number {
  const onSale = sales.some(
    (sale) => sale.departments?.includes(entry.department.name) && sale.from <= at && at < sale.until,
  );
  return seasonalDemand(entry.kind.season, at) * (onSale ? saleLift : 1);
}

function lotteryOf(entries: readonly Entry[], members: readonly number[]): Lottery {
  return createLottery(members.map((index) => entries[index].demand));
}

function indicesWhere(entries: readonly Entry[], holds: (index: number) => boolean): number[] {
  return Array.from(entries.keys()).filter(holds);
}
