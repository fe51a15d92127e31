/**
 * When people buy. Every customer is given a number of orders and moments for them. What runs out is bought again on
 * its own interval: such a trip takes the place of a later one, so that the number of orders stays what it was.
 */
import type { Random } from "../../../random/generator.ts";
import type { Entry } from "../assortment/assortment.ts";
import { busyMoment, day, from, until } from "../calendar.ts";
import { around, createLottery, happens, heavyTailed } from "../chance.ts";
import type { Customer } from "../shoppers/customers.ts";
import type { Budget } from "../shoppers/segments.ts";
import { fillBasket, type Pulls } from "./baskets.ts";
import type { Wants } from "./wants.ts";

/** One purchase before it is written down as an order. */
export interface Trip {
  readonly at: number;
  /** Index of the customer; -1 for guests. */
  readonly customer: number;
  /** Index of the guest among guests; -1 for customers. */
  readonly guest: number;
  /** Product indices, each once. */
  readonly products: readonly number[];
  /** Whether it is this customer's first one. */
  readonly first: boolean;
}

/** What trips are made in. */
export interface Floor {
  readonly entries: readonly Entry[];
  readonly wants: Wants;
  readonly pulls: Pulls;
  readonly soldFrom: Float64Array;
}

/** Share of orders by guests. */
const guestShare = 0.12;

/** Chances that something that runs out becomes a habit, and that a habit is kept up each time. */
const becomesHabit = 0.6;
const staysHabit = 0.85;

/** How far from its interval a household runs out, as a share of it. */
const intervalReach = 0.2;

/** How often somebody drops a mission because they own that very thing already. */
export const ownsAlready = 0.85;

/** @returns `count` trips, oldest first */
export function planTrips(
  random: Random,
  count: number,
  customers: readonly Customer[],
  floor: Floor,
): readonly Trip[] {
  const guestTrips = customers.length === 0 ? count : Math.round(count * guestShare);
  const trips: Trip[] = [];
  for (let guest = 0; guest < guestTrips; guest++) trips.push(guestTrip(random, guest, floor));
  const counts = shareOut(random, count - guestTrips, customers);
  for (const [index, customer] of customers.entries())
    liveThrough(random, index, customer, counts[index], floor, trips);
  return trips.sort((a, b) => a.at - b.at || a.customer - b.customer || a.guest - b.guest);
}

function guestTrip(random: Random, guest: number, floor: Floor): Trip {
  const at = busyMoment(random, from, until);
  const budget = ([0, 1, 1, 2] as const satisfies readonly Budget[])[random.integer(4)];
  const mission = floor.wants.mission(random, budget, at);
  const products = fillBasket(random, floor, mission, heavyTailed(random, 0.3), at);
  return { at, customer: -1, guest, products, first: true };
}

/** One order for everybody as far as they go, the rest by activity and by how long somebody was a customer. */
function shareOut(random: Random, count: number, customers: readonly Customer[]): Uint32Array {
  const counts = new Uint32Array(customers.length).fill(count >= customers.length ? 1 : 0);
  if (customers.length === 0) return counts;
  const lottery = createLottery(
    customers.map(({ activity, joinedAt, leftAt }) => (activity * (leftAt - joinedAt)) / day),
  );
  for (let left = count - counts.reduce((sum, given) => sum + given, 0); left > 0; left--)
    counts[lottery.draw(random)]++;
  return counts;
}

/** A household's supplies: when each of its habits is due. */
export type Supplies = Map<number, number>;

/** One customer's trips over the two years. */
function liveThrough(
  random: Random,
  index: number,
  customer: Customer,
  count: number,
  floor: Floor,
  trips: Trip[],
): void {
  const moments = Array.from({ length: count }, () => busyMoment(random, customer.joinedAt, customer.leftAt)).sort(
    (a, b) => a - b,
  );
  const supplies: Supplies = new Map();
  const owned = new Set<number>();
  for (let done = 0; done < count; done++) {
    const due = dueFirst(supplies);
    const refill =
      due !== undefined && due.at < customer.leftAt && due.at <= moments[moments.length - 1] ? due : undefined;
    let at = moments[0];
    if (refill && refill.at < at) {
      at = refill.at;
      moments.splice(random.integer(moments.length), 1);
    } else {
      moments.shift();
    }
    const mission = refill?.at === at ? refill.product : newMission(random, customer, at, floor, supplies, owned);
    const basket = fillBasket(random, floor, mission, customer.appetite, at).filter(
      (product) => product === mission || !supplies.has(product),
    );
    trips.push({ at, customer: index, guest: -1, products: basket, first: done === 0 });
    for (const product of basket) restock(random, product, at, floor, supplies, owned);
  }
}

export function dueFirst(supplies: Supplies): { product: number; at: number } | undefined {
  let first: { product: number; at: number } | undefined;
  for (const [product, at] of supplies) if (!first || at < first.at) first = { product, at };
  return first;
}

export function newMission(
  random: Random,
  shopper: Customer | Budget,
  at: number,
  { wants }: Floor,
  supplies: Supplies,
  owned: ReadonlySet<number>,
): number {
  let mission = wants.mission(random, shopper, at);
  for (let attempt = 0; attempt < 10; attempt++) {
    if (!supplies.has(mission) && !(owned.has(mission) && happens(random, ownsAlready))) break;
    mission = wants.mission(random, shopper, at);
  }
  return mission;
}

/** Notes when something will run out again, or that the household owns it now. */
export function restock(
  random: Random,
  product: number,
  at: number,
  { entries }: Floor,
  supplies: Supplies,
  owned: Set<number>,
): void {
  const { lastsDays } = entries[product];
  if (lastsDays === undefined) {
    owned.add(product);
    return;
  }
  if (happens(random, supplies.has(product) ? staysHabit : becomesHabit)) {
    supplies.set(product, at + Math.round(around(random, lastsDays, lastsDays * intervalReach) * day));
  } else {
    supplies.delete(product);
  }
}
