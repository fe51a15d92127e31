/**
 * How much each product appeals to one shopper on one visit, against a product drawn by lot: the multinomial logit's
 * exponentiated utility (McFadden, "Conditional logit analysis of qualitative choice behavior", 1974), scaled to a mean
 * of 1 over what can be bought.
 *
 * Its taste is the chance with which the demo shop's generator would have this shopper want the product: a mission (brand,
 * favourite kinds, budget, season) as often as baskets hold missions, a find (popularity, season) as often as they hold
 * finds. The visit's need counts as one more favourite kind. Its price is the elasticity on how far the product would
 * stretch what the shopper meant to spend.
 */
import { monthlyIndex } from "../demo-shop/calendar.ts";
import { followsBrand, followsFavourite, suits } from "../demo-shop/shopping/wants.ts";
import type { VisitPlan } from "./plan.ts";
import type { ShopperPopulation } from "./population.ts";
import type { Shopper } from "./shopper.ts";

/** What a visit is meant to cost, and how much of it is spoken for. Minor units. */
export interface Purse {
  readonly meant: number;
  readonly spokenFor: number;
}

/** Buyers mean to spend what their basket costs; those who look around, what the thing they look for costs. */
export function purseOf({ buys, basket, need }: VisitPlan, { prices }: ShopperPopulation): Purse {
  if (!buys) return { meant: prices[need], spokenFor: 0 };
  const planned = basket.reduce((sum, product) => sum + prices[product], 0);
  return { meant: planned, spokenFor: planned };
}

/** How demand answers to spending `total` where `meant` was meant; less than meant is no reason to want more. */
export function priceFit(total: number, meant: number, elasticity: number): number {
  return total <= meant ? 1 : (total / meant) ** -elasticity;
}

/** @returns appeal by product, 0 where it cannot be bought, mean 1 over the others */
export function appealOf(shopper: Shopper, plan: VisitPlan, purse: Purse, population: ShopperPopulation): Float64Array {
  const { floor, available, prices, behaviour } = population;
  const demand = demandAt(population, plan.at);
  const mission = missionTaste(shopper, plan, demand, population);
  const demandSum = sumOf(demand);
  const missionShare = 1 / (1 + shopper.appetite);
  const appeal = new Float64Array(floor.entries.length);
  let sum = 0;
  let count = 0;
  for (let product = 0; product < appeal.length; product++) {
    if (available[product] === 0) continue;
    const taste = missionShare * mission[product] + (1 - missionShare) * (demand[product] / demandSum);
    appeal[product] = taste * priceFit(purse.spokenFor + prices[product], purse.meant, behaviour.priceElasticity);
    sum += appeal[product];
    count++;
  }
  for (let product = 0; product < appeal.length; product++) appeal[product] *= count / sum;
  return appeal;
}

/** Popularity in season, of what is on sale yet. */
function demandAt({ floor }: ShopperPopulation, at: number): Float64Array {
  const inMonth = new Date(at).getUTCMonth();
  return Float64Array.from(floor.entries, ({ demand, kind, soldFrom }) => {
    if (soldFrom > at) return 0;
    return kind.season === undefined ? demand : demand * monthlyIndex[kind.season][inMonth];
  });
}

/** The chance of each product to be what this shopper comes for: the distribution that `Wants.mission` draws from. */
function missionTaste(
  { customer, budget }: Shopper,
  { need }: VisitPlan,
  demand: Float64Array,
  { floor }: ShopperPopulation,
): Float64Array {
  const { entries, wants } = floor;
  const fitting = demand.map((value, product) => value * suits[budget][entries[product].tier]);
  const favourites = [...(customer?.favouriteKinds ?? []), wants.kindOf[need]];
  const brand = customer?.favouriteBrand;
  const ofBrand = fitting.map((value, product) => (entries[product].brand.name === brand ? value : 0));
  const ofKinds = kindTaste(fitting, favourites, floor.wants);
  const brandSum = sumOf(ofBrand);
  const brandShare = brandSum > 0 ? followsBrand : 0;
  const fittingSum = sumOf(fitting);
  return fitting.map((value, product) => {
    const unbranded = followsFavourite * ofKinds[product] + (1 - followsFavourite) * (value / fittingSum);
    return brandShare * (brandSum > 0 ? ofBrand[product] / brandSum : 0) + (1 - brandShare) * unbranded;
  });
}

/** One of the favourite kinds, each equally likely, then one of its products. */
function kindTaste(
  fitting: Float64Array,
  favourites: readonly number[],
  { kinds }: ShopperPopulation["floor"]["wants"],
): Float64Array {
  const taste = new Float64Array(fitting.length);
  for (const kind of favourites) {
    const members = kinds[kind];
    const sum = members.reduce((total, product) => total + fitting[product], 0);
    if (sum === 0) continue;
    for (const product of members) taste[product] += fitting[product] / sum / favourites.length;
  }
  return taste;
}

function sumOf(column: Float64Array): number {
  return column.reduce((sum, value) => sum + value, 0);
}
