/**
 * One visitor's months: when they come, and what each visit leaves behind.
 *
 * Visits follow a Poisson process at a rate of the person's own, the rates spread widely (the negative binomial of repeat
 * buying: Ehrenberg, "The pattern of consumer purchases", 1959). A stranger who buys comes as often as a customer from
 * then on. Moments are drawn at the customer's rate and, for strangers, thinned, so that arms agree on them.
 */
import { exponential } from "../../random/distributions.ts";
import { createRandom, type Random } from "../../random/generator.ts";
import { happens } from "../demo-shop/chance.ts";
import { keyOf } from "./draws.ts";
import { planVisit } from "./plan.ts";
import type { ShopperPolicy } from "./policy.ts";
import { month, type ShopperPopulation } from "./population.ts";
import { arrive, takeHome, type Shopper } from "./shopper.ts";
import { walkVisit, type VisitResult } from "./walk.ts";

/** A visit with its moment. */
export interface Visit extends VisitResult {
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Lives one visitor's months through.
 * @param label of the visitor's luck: equal labels meet equal luck under every policy
 * @param months counted from the first visit, which falls into the month after the shop's history
 */
export function* visitsOf(
  label: string,
  population: ShopperPopulation,
  policy: ShopperPolicy,
  months: number,
): Generator<Visit> {
  const random = createRandom(label);
  const shopper = arrive(random.fork("arrival"), `simulated-${label}`, population);
  const calendar = random.fork("calendar");
  const first = Math.floor(population.shop.until + calendar.next() * month);
  const until = first + months * month;
  const rate = customerRate(shopper, population);
  for (let at = first, visit = 0; at < until; visit++) {
    const comes = visit === 0 || happens(calendar, shareOfMoments(shopper, population));
    if (comes) yield comeBy(`${label} visit ${visit}`, random, shopper, at, population, policy);
    if (rate === 0) return;
    at = Math.floor(at + (exponential(calendar) / rate) * month);
  }
}

function comeBy(
  label: string,
  random: Random,
  shopper: Shopper,
  at: number,
  population: ShopperPopulation,
  policy: ShopperPolicy,
): Visit {
  const own = random.fork(label);
  const result = walkVisit(keyOf(label), shopper, planVisit(own, shopper, at, population), population, policy);
  if (result.bought.length > 0) takeHome(own, shopper, result.bought, at, population);
  return { at, ...result };
}

/** Visits a month at which moments are drawn. */
function customerRate({ customer }: Shopper, { behaviour, meanActivity }: ShopperPopulation): number {
  return behaviour.visitsPerMonth.customer * (customer ? customer.activity / meanActivity : 1);
}

/** The share of those moments at which somebody really comes. */
function shareOfMoments({ hasBought }: Shopper, { behaviour }: ShopperPopulation): number {
  const { customer, stranger } = behaviour.visitsPerMonth;
  return hasBought || customer === 0 ? 1 : stranger / customer;
}
