/** One visitor: who they are, what they own and are used to, and what they have stopped to look at. */
import type { Random } from "../../random/generator.ts";
import { day } from "../demo-shop/calendar.ts";
import { happens, heavyTailed } from "../demo-shop/chance.ts";
import type { Customer } from "../demo-shop/shoppers/customers.ts";
import type { Budget } from "../demo-shop/shoppers/segments.ts";
import { restock, type Supplies } from "../demo-shop/shopping/trips.ts";
import type { ShopperPopulation } from "./population.ts";

/** A shopper in the middle of their months. What changes is theirs alone. */
export interface Shopper {
  readonly visitorId: string;
  /** Undefined for strangers: the shop knows nothing of them, and they have no tastes but a budget. */
  readonly customer: Customer | undefined;
  readonly budget: Budget;
  readonly appetite: number;
  /** Durable things of the household. */
  readonly owned: Set<number>;
  /** When what they are used to runs out. */
  readonly supplies: Supplies;
  /** Earlier visits in which a product was looked at in a strip and left there. */
  readonly ignored: Map<number, number>;
  /** Product indices in order of purchase, those before the simulation included. */
  readonly purchases: number[];
  hasBought: boolean;
}

/** Strangers' budgets and appetites, as those of strangers and guests in the demo shop. */
const smallBudgetShare = 0.3;
const guestSpread = 0.3;

/** Somebody new at the door. */
export function arrive(random: Random, visitorId: string, population: ShopperPopulation): Shopper {
  const { behaviour, customers, past } = population;
  const isCustomer = happens(random, behaviour.customerShare);
  const customer = isCustomer ? customers[random.integer(customers.length)] : undefined;
  const budget: Budget = customer?.budget ?? (happens(random, smallBudgetShare) ? 0 : 1);
  const shopper: Shopper = {
    visitorId,
    customer,
    budget,
    appetite: customer?.appetite ?? heavyTailed(random, guestSpread),
    owned: new Set(),
    supplies: new Map(),
    ignored: new Map(),
    purchases: [...(past.get(customer?.id ?? "")?.products ?? [])],
    hasBought: customer !== undefined,
  };
  rememberHousehold(shopper, population);
  return shopper;
}

/** What they bought before is theirs; what was bought more than once is a habit. */
function rememberHousehold({ customer, owned, supplies }: Shopper, { past, floor }: ShopperPopulation): void {
  for (const [product, { at, times }] of past.get(customer?.id ?? "")?.last ?? []) {
    const { lastsDays } = floor.entries[product];
    if (lastsDays === undefined) owned.add(product);
    else if (times > 1) supplies.set(product, at + lastsDays * day);
  }
}

/** Takes an order home. Each product's luck is its own, whatever else is in the order. */
export function takeHome(
  random: Random,
  shopper: Shopper,
  products: readonly number[],
  at: number,
  { floor }: ShopperPopulation,
): void {
  for (const product of products) {
    restock(random.fork(`home ${product}`), product, at, floor, shopper.supplies, shopper.owned);
    shopper.purchases.push(product);
  }
  shopper.hasBought = true;
}
