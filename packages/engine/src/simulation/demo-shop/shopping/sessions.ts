/**
 * Plans visits to the website, as columns: who came when, what for, and whether an order came of it. What happened
 * inside a visit is drawn only when somebody reads the interactions, so that hundreds of thousands of them need not
 * live at once.
 *
 * Where visits come from:
 * - every order of somebody who shops online ends one (`order >= 0`);
 * - before many orders, the same person had a look at the same kind of thing some days earlier;
 * - customers come by without buying;
 * - strangers come by, some of them more than once;
 * - a few robots read the shop page by page.
 */
import type { Random } from "../../../random/generator.ts";
import { busyMoment, day, from, until } from "../calendar.ts";
import { between, happens, pick } from "../chance.ts";
import type { Customer } from "../shoppers/customers.ts";
import type { Budget } from "../shoppers/segments.ts";
import type { Trip } from "./trips.ts";
import type { Wants } from "./wants.ts";

/** Visits by index, in order of their beginning. */
export interface Sessions {
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly startedAt: Float64Array;
  /** Index of the visitor: see `visitorId`. */
  readonly visitorOf: Uint32Array;
  /** Index of the order it ended in, -1 for none. */
  readonly orderOf: Int32Array;
  /** The product they came for; for robots, where they begin to read. */
  readonly topicOf: Uint32Array;
  /** Visitors from this index on are robots. */
  readonly firstBot: number;
  readonly visitorCount: number;
}

/** @returns the public id of a visitor */
export function visitorId(visitor: number): string {
  return `visitor-${String(visitor + 1).padStart(6, "0")}`;
}

/** Visitor numbers set aside for every customer. */
const mostDevices = 2;

/** Number of robots, and how many visits in a thousand are theirs. */
const botVisitors = 12;
const botsPerThousand = 1.3;

/** Of the visits without an order: share that prepare one, and that are customers passing by. */
const preparing = 0.3;
const passingBy = 0.15;

/** How often a stranger is one who was here before. */
const strangerReturns = 0.35;

/** How long before the order a visit begins, in minutes. */
const shortestVisit = 4;
const longestVisit = 22;

export interface SessionPlan {
  readonly count: number;
  readonly trips: readonly Trip[];
  readonly customers: readonly Customer[];
  readonly wants: Wants;
  readonly productCount: number;
}

export function planSessions(random: Random, plan: SessionPlan): Sessions {
  const draft = createDraft(plan.count);
  const visitors = numberVisitors(plan);
  const online = addBuyingVisits(random, plan, draft, visitors);
  const bots = Math.min(plan.count - draft.length, Math.round((plan.count * botsPerThousand) / 1000));
  const strangers = addOtherVisits(random, plan, draft, visitors, online, plan.count - bots);
  const firstBot = visitors.firstStranger + strangers;
  for (let bot = 0; draft.length < plan.count; bot++) {
    const startedAt = Math.floor(between(random, from, until - day));
    draft.add(startedAt, firstBot + (bot % botVisitors), -1, random.integer(plan.productCount));
  }
  return { ...draft.arranged(), firstBot, visitorCount: firstBot + Math.min(bots, botVisitors) };
}

/** @returns the public ids of a customer's browsers */
export function visitorIdsOf(customer: Customer, index: number): readonly string[] {
  return customer.online
    ? Array.from({ length: customer.devices }, (_, device) => visitorId(index * mostDevices + device))
    : [];
}

/** Where each sort of visitor begins: customers' devices, then guests, then strangers, then robots. */
interface Visitors {
  readonly firstGuest: number;
  readonly firstStranger: number;
}

function numberVisitors({ trips, customers }: SessionPlan): Visitors {
  const guests = trips.reduce((most, trip) => Math.max(most, trip.guest + 1), 0);
  const firstGuest = customers.length * mostDevices;
  return { firstGuest, firstStranger: firstGuest + guests };
}

function visitorOfTrip(random: Random, trip: Trip, customers: readonly Customer[], { firstGuest }: Visitors): number {
  if (trip.customer < 0) return firstGuest + trip.guest;
  return trip.customer * mostDevices + random.integer(customers[trip.customer].devices);
}

/** @returns indices of the trips that were made on the website */
function addBuyingVisits(
  random: Random,
  { count, trips, customers }: SessionPlan,
  draft: Draft,
  visitors: Visitors,
): readonly number[] {
  const online: number[] = [];
  for (const [index, trip] of trips.entries()) {
    if (draft.length === count) break;
    if (trip.customer >= 0 && !customers[trip.customer].online) continue;
    online.push(index);
    const startedAt = Math.max(from, trip.at - Math.floor(between(random, shortestVisit, longestVisit) * 60_000));
    draft.add(startedAt, visitorOfTrip(random, trip, customers, visitors), index, trip.products[0]);
  }
  return online;
}

/** Visits that end without an order, until there are `limit` in all. @returns how many strangers came */
function addOtherVisits(
  random: Random,
  { trips, customers, wants }: SessionPlan,
  draft: Draft,
  visitors: Visitors,
  online: readonly number[],
  limit: number,
): number {
  let strangers = 0;
  while (draft.length < limit) {
    const luck = random.next();
    if (luck < preparing && online.length > 0) {
      const trip = trips[pick(random, online)];
      const startedAt = Math.floor(trip.at - between(random, 0.15, 9) * day);
      if (startedAt < from) continue;
      draft.add(startedAt, visitorOfTrip(random, trip, customers, visitors), -1, pick(random, trip.products));
    } else if (luck < preparing + passingBy && customers.length > 0) {
      const index = random.integer(customers.length);
      const customer = customers[index];
      if (!customer.online) continue;
      const startedAt = busyMoment(random, customer.joinedAt, customer.leftAt);
      const visitor = index * mostDevices + random.integer(customer.devices);
      draft.add(startedAt, visitor, -1, wants.mission(random, customer, startedAt));
    } else {
      const startedAt = busyMoment(random, from, until);
      const stranger = strangers > 0 && happens(random, strangerReturns) ? random.integer(strangers) : strangers++;
      const budget: Budget = happens(random, 0.3) ? 0 : 1;
      draft.add(startedAt, visitors.firstStranger + stranger, -1, wants.mission(random, budget, startedAt));
    }
  }
  return strangers;
}

/** Visits in any order, as columns. */
interface Draft {
  readonly length: number;
  add(at: number, visitor: number, order: number, topic: number): void;
  /** The visits drafted so far, oldest first. */
  arranged(): Omit<Sessions, "firstBot" | "visitorCount">;
}

function createDraft(capacity: number): Draft {
  const startedAt = new Float64Array(capacity);
  const visitorOf = new Uint32Array(capacity);
  const orderOf = new Int32Array(capacity);
  const topicOf = new Uint32Array(capacity);
  let length = 0;
  return {
    get length() {
      return length;
    },
    add(at: number, visitor: number, order: number, topic: number): void {
      startedAt[length] = at;
      visitorOf[length] = visitor;
      orderOf[length] = order;
      topicOf[length++] = topic;
    },
    arranged() {
      const byStart = Uint32Array.from(startedAt.keys()).sort((a, b) => startedAt[a] - startedAt[b] || a - b);
      return {
        count: length,
        startedAt: startedAt.map((_, place) => startedAt[byStart[place]]),
        visitorOf: visitorOf.map((_, place) => visitorOf[byStart[place]]),
        orderOf: orderOf.map((_, place) => orderOf[byStart[place]]),
        topicOf: topicOf.map((_, place) => topicOf[byStart[place]]),
      };
    },
  };
}
