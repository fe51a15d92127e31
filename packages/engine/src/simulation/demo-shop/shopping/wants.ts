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
export const suits: Readonly<Record<Budget, readonly [number, number, number]>> = {
  0: [1, 0.55, 0.2],
  1: [0.6, 1, 0.6],
  2: [0.2, 0.6, 1],
};

/** How often a mission follows a favourite kind, and a favourite brand. */
export const followsFavourite = 0.6;
export const followsBrand = 0.35;

/** How much more a sale makes its departments sell. */
const saleLift = 1.25;

export function createWants(entries: readonly Entry[]): Wants {
  const kindNames = [...new Set(entries.map((entry) => entry.kind.id))];
  const kindOf = Uint16Array.from(entries, (entry) => kindNames.indexOf(entry.kind.id));
  const kinds = kindNames.map((_, kind) => createShelf(entries, (_, index) => kindOf[index] === kind));
  const everything = createShelf(entries, () => true);
  const draw = createSuitableDraw(entries);
  return {
    kinds: kinds.map(({ members }) => members),
    kindOf,
    mission: createMissions(entries, kinds, everything, draw),
    find: (random, at) => draw(random, at, everything),
    sibling: (random, product) => siblingOf(product, kinds[kindOf[product]], random),
  };
}

/** Some of the products, with the lottery that draws among them by popularity. */
interface Shelf {
  readonly members: readonly number[];
  readonly lottery: Lottery;
}

function createShelf(entries: readonly Entry[], holds: (entry: Entry, index: number) => boolean): Shelf {
  const members = Array.from(entries.keys()).filter((index) => holds(entries[index], index));
  return { members, lottery: createLottery(members.map((index) => entries[index].demand)) };
}

function drawFrom({ members, lottery }: Shelf, random: Random): number {
  return members[lottery.draw(random)];
}

type SuitableDraw = (random: Random, at: number, shelf: Shelf, budget?: Budget) => number;

/** Draws until something is on sale, in season and within the budget; what comes last is taken as it is. */
function createSuitableDraw(entries: readonly Entry[]): SuitableDraw {
  return (random, at, shelf, budget) => {
    let product = drawFrom(shelf, random);
    for (let attempt = 0; attempt < 60; attempt++) {
      const entry = entries[product];
      if (entry.soldFrom <= at) {
        const season = demandAt(entry, at) / (busiestIndex * saleLift);
        const fit = budget === undefined ? 1 : fitOf(budget, entry.tier);
        if (happens(random, season * fit)) return product;
      }
      product = drawFrom(shelf, random);
    }
    while (entries[product].soldFrom > at) product = drawFrom(shelf, random);
    return product;
  };
}

/** What somebody comes for: of a favourite brand, of a favourite kind, or anything. */
function createMissions(
  entries: readonly Entry[],
  kinds: readonly Shelf[],
  everything: Shelf,
  draw: SuitableDraw,
): Wants["mission"] {
  const brandNames = [...new Set(entries.map((entry) => entry.brand.name))];
  const brands = new Map(brandNames.map((name) => [name, createShelf(entries, ({ brand }) => brand.name === name)]));
  return (random, shopper, at) => {
    if (typeof shopper === "number") return draw(random, at, everything, shopper);
    const { favouriteBrand, favouriteKinds, budget } = shopper;
    const brand = favouriteBrand && happens(random, followsBrand) ? brands.get(favouriteBrand) : undefined;
    if (brand) return draw(random, at, brand, budget);
    const followsKind = favouriteKinds.length > 0 && happens(random, followsFavourite);
    return draw(random, at, followsKind ? kinds[pick(random, favouriteKinds)] : everything, budget);
  };
}

function siblingOf(product: number, kind: Shelf, random: Random): number {
  for (let attempt = 0; attempt < 8; attempt++) {
    const other = drawFrom(kind, random);
    if (other !== product) return other;
  }
  return product;
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
