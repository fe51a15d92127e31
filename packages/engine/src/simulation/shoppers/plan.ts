/** What a shopper would do on a visit if nothing were recommended: drawn before the first page, alike in every arm. */
import type { Random } from "../../random/generator.ts";
import { comparedWith, furtherLooks, mostLooks, nextLook } from "../demo-shop/shopping/interactions.ts";
import { geometric, happens } from "../demo-shop/chance.ts";
import { fillBasket } from "../demo-shop/shopping/baskets.ts";
import { dueFirst, newMission } from "../demo-shop/shopping/trips.ts";
import type { ShopperPopulation } from "./population.ts";
import type { Shopper } from "./shopper.ts";

/** One visit as it was meant to be. */
export interface VisitPlan {
  readonly at: number;
  /** Whether it is to fill a cart. */
  readonly buys: boolean;
  readonly startsAtHome: boolean;
  /** The product they came for. */
  readonly need: number;
  /** Pages of products in order; one that is put into the cart stands as `taken`. */
  readonly looks: readonly { readonly product: number; readonly taken: boolean }[];
  /** What the cart is to hold, the need first; empty for those who only look. */
  readonly basket: readonly number[];
}

/** Share of looks around that begin at the thing itself, as in the demo shop's visits. */
const beginsWithNeed = 0.6;

/** Most substitutes one thing is compared with. */
const mostCompared = 4;

/**
 * @param random of this visit: forked for each decision, so that none shifts another
 */
export function planVisit(random: Random, shopper: Shopper, at: number, population: ShopperPopulation): VisitPlan {
  const { behaviour } = population;
  const habits = random.fork("habits");
  const buys = happens(habits, behaviour.cartVisits);
  const startsAtHome = happens(habits, behaviour.homepageStarts);
  const need = needOf(random.fork("need"), shopper, at, population, buys);
  const basket = buys ? fill(random.fork("basket"), need, shopper, at, population) : [];
  const looking = random.fork("looks");
  const looks = buys ? compare(looking, basket, population) : lookAround(looking, need, at, population);
  return { at, buys, startsAtHome, need, looks, basket };
}

/** What has run out comes first for those who buy; else a mission. */
function needOf(random: Random, shopper: Shopper, at: number, { floor }: ShopperPopulation, buys: boolean): number {
  const due = dueFirst(shopper.supplies);
  if (buys && due !== undefined && due.at <= at) return due.product;
  return newMission(random, shopper.customer ?? shopper.budget, at, floor, shopper.supplies, shopper.owned);
}

/** The basket that the demo shop's own generator fills, but for supplies that are still there. */
function fill(
  random: Random,
  need: number,
  { appetite, supplies }: Shopper,
  at: number,
  { floor }: ShopperPopulation,
): number[] {
  return fillBasket(random, floor, need, appetite, at).filter((product) => product === need || !supplies.has(product));
}

function compare(random: Random, basket: readonly number[], { floor }: ShopperPopulation): VisitPlan["looks"] {
  return basket.flatMap((product) => {
    const compared = Array.from({ length: geometric(random, comparedWith, mostCompared) }, () => ({
      product: floor.wants.sibling(random, product),
      taken: false,
    }));
    return [...compared, { product, taken: true }];
  });
}

function lookAround(random: Random, need: number, at: number, { floor }: ShopperPopulation): VisitPlan["looks"] {
  const looks: { product: number; taken: boolean }[] = [];
  let product = happens(random, beginsWithNeed) ? need : floor.wants.sibling(random, need);
  for (let left = geometric(random, furtherLooks, mostLooks); left >= 0; left--) {
    looks.push({ product, taken: false });
    product = nextLook(random, product, need, at, floor);
  }
  return looks;
}
