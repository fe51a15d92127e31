/**
 * What the visitors of one arm bought, as sums: enough for net revenue per assigned visitor and for its parts. They add up
 * over days and shards, provided that each visitor is in one of them.
 */
import { InvalidInput } from "../errors.ts";
import type { Statistic } from "../experiments/index.ts";
import { checkJourneys, type Journey } from "./journey.ts";

/** Sums over the visitors who were assigned, whether or not they saw or bought anything. */
export interface ArmRevenue {
  readonly visitors: number;
  /** Visitors with an order. */
  readonly buyers: number;
  readonly orders: number;
  /** Sum over visitors of the square of how many orders each placed. */
  readonly ordersSquared: number;
  /** Net, in minor units. */
  readonly revenue: number;
  /** Sum over visitors of the square of what each spent. */
  readonly revenueSquared: number;
  /** Sum over visitors of what each spent times how many orders they placed. */
  readonly revenueTimesOrders: number;
}

/** The two sides of the holdout. */
export interface Arms {
  readonly holdout: ArmRevenue;
  readonly treatment: ArmRevenue;
}

export const emptyArm: ArmRevenue = {
  visitors: 0,
  buyers: 0,
  orders: 0,
  ordersSquared: 0,
  revenue: 0,
  revenueSquared: 0,
  revenueTimesOrders: 0,
};

/**
 * The visitors of both, provided that none is in both.
 * @example
 * addArms(monday.holdout, tuesday.holdout);
 */
export function addArms(one: ArmRevenue, other: ArmRevenue): ArmRevenue {
  return {
    visitors: one.visitors + other.visitors,
    buyers: one.buyers + other.buyers,
    orders: one.orders + other.orders,
    ordersSquared: one.ordersSquared + other.ordersSquared,
    revenue: one.revenue + other.revenue,
    revenueSquared: one.revenueSquared + other.revenueSquared,
    revenueTimesOrders: one.revenueTimesOrders + other.revenueTimesOrders,
  };
}

/** A visitor was assigned to a side of the holdout. */
export interface AssignedVisitor {
  readonly visitor: string;
  readonly arm: "holdout" | "treatment";
  /** Milliseconds since 1970. What was bought before says nothing of the arm and is left out. */
  readonly assignedAt: number;
}

/**
 * Sums of both arms. Visitors without a journey count as well: that somebody bought nothing is what is measured.
 * @throws InvalidInput when a visitor is assigned twice or has two journeys, or orders are of several currencies
 * @example
 * const arms = revenueOfArms(assigned, journeys);
 */
export function revenueOfArms(assigned: Iterable<AssignedVisitor>, journeys: readonly Journey[]): Arms {
  const currency = journeys.find(({ orders }) => orders.length > 0)?.orders[0].currency;
  checkJourneys(journeys, currency);
  const journeyOf = new Map(journeys.map((journey) => [journey.visitor, journey]));
  const arms = { holdout: { ...emptyArm }, treatment: { ...emptyArm } };
  const known = new Set<string>();
  let index = 0;
  for (const { visitor, arm, assignedAt } of assigned) {
    if (!visitor || known.has(visitor)) {
      throw new InvalidInput(`assigned[${index}].visitor`, visitor, "an id that is not empty and assigned once");
    }
    if (!Number.isFinite(assignedAt)) {
      throw new InvalidInput(`assigned[${index}].assignedAt`, assignedAt, "milliseconds since 1970");
    }
    if (!Object.hasOwn(arms, arm)) throw new InvalidInput(`assigned[${index}].arm`, arm, '"holdout" or "treatment"');
    known.add(visitor);
    addVisitor(arms[arm], journeyOf.get(visitor), assignedAt);
    index++;
  }
  return arms;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** In place: a shop has millions of visitors. */
function addVisitor(sums: Mutable<ArmRevenue>, journey: Journey | undefined, assignedAt: number): void {
  let orders = 0;
  let revenue = 0;
  for (const { at, netRevenue } of journey?.orders ?? []) {
    if (at < assignedAt) continue;
    orders++;
    revenue += netRevenue;
  }
  sums.visitors++;
  sums.buyers += Math.min(1, orders);
  sums.orders += orders;
  sums.ordersSquared += orders ** 2;
  sums.revenue += revenue;
  sums.revenueSquared += revenue ** 2;
  sums.revenueTimesOrders += revenue * orders;
}

/**
 * Sums that no visitors can have are mistakes of a query. Bounds: buyers are visitors, each buyer has an order or more, no
 * order is worth less than nothing; squares by Cauchy and Schwarz over the buyers.
 * @throws InvalidInput naming the sum that cannot be
 */
export function checkArm(arm: ArmRevenue, path: string): void {
  const { visitors, buyers, orders, ordersSquared, revenue, revenueSquared } = arm;
  for (const name of ["visitors", "buyers", "orders"] as const) {
    if (!Number.isSafeInteger(arm[name]) || arm[name] < 0) {
      throw new InvalidInput(`${path}.${name}`, arm[name], "a count, zero or more");
    }
  }
  requireBetween(`${path}.buyers`, buyers, 0, visitors);
  requireBetween(`${path}.orders`, orders, buyers, buyers > 0 ? Infinity : 0);
  requireBetween(`${path}.revenue`, revenue, 0, buyers > 0 ? Infinity : 0);
  const each = Math.max(1, buyers);
  requireBetween(`${path}.ordersSquared`, ordersSquared, Math.max(orders, orders ** 2 / each), orders ** 2);
  requireBetween(`${path}.revenueSquared`, revenueSquared, revenue ** 2 / each, revenue ** 2);
  const most = Math.sqrt(ordersSquared * revenueSquared);
  requireBetween(`${path}.revenueTimesOrders`, arm.revenueTimesOrders, revenue, most);
}

/** Sums of doubles may miss their bounds by a hair. */
const slack = 1e-9;

function requireBetween(path: string, value: number, least: number, most: number): void {
  if (Number.isFinite(value) && value >= least * (1 - slack) && value <= most * (1 + slack)) return;
  const expected = most === Infinity ? `at least ${least}` : `from ${least} to ${most}`;
  throw new InvalidInput(path, value, `${expected}, as the sums beside it are`);
}

/** The arm as metrics of an experiment: net revenue per visitor, conversion and average order value. */
export function statisticsOf(arm: ArmRevenue): Record<"revenue" | "conversion" | "orderValue", Statistic> {
  const { visitors: count, buyers, orders, ordersSquared, revenue, revenueSquared, revenueTimesOrders } = arm;
  const spent = { sum: revenue, sumOfSquares: revenueSquared };
  return {
    revenue: { kind: "mean", count, ...spent },
    conversion: { kind: "proportion", count, successes: buyers },
    orderValue: {
      kind: "ratio",
      count,
      numerator: spent,
      denominator: { sum: orders, sumOfSquares: ordersSquared },
      sumOfProducts: revenueTimesOrders,
    },
  };
}
