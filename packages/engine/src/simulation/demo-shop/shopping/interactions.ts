/**
 * What happens inside a visit, drawn anew and always alike whenever somebody reads it.
 *
 * A visitor looks around the thing they came for: mostly at its substitutes, now and then at something it calls for,
 * at times at something else altogether. One who buys looks at every product of the order and at some of what it was
 * chosen over, puts it into the cart, and buys everything at the time of the order. One who does not may leave
 * something in the cart. Robots read product after product at an even pace.
 */
import type { Interaction, InteractionKind } from "../../../history/order.ts";
import { createRandom, type Random } from "../../../random/generator.ts";
import type { Entry } from "../assortment/assortment.ts";
import { until } from "../calendar.ts";
import { geometric, happens } from "../chance.ts";
import type { Pulls } from "./baskets.ts";
import { visitorId, type Sessions } from "./sessions.ts";
import type { Trip } from "./trips.ts";
import type { Wants } from "./wants.ts";

export interface InteractionPlan {
  readonly seed: string;
  readonly sessions: Sessions;
  readonly trips: readonly Trip[];
  readonly entries: readonly Entry[];
  readonly wants: Wants;
  readonly pulls: Pulls;
}

/** What people browse with. */
const browsers = [
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
  "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
] as const;

/** Some robots say what they are, others dress up. */
const robots = [
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
  browsers[2],
  "python-requests/2.32.3",
] as const;

/** Mean number of further looks beside the first in a visit without an order, and at substitutes of each thing bought. */
export const furtherLooks = 1.4;
export const comparedWith = 0.8;
export const mostLooks = 18;

/** How a browsing visitor goes on: share of looks at a substitute, at a complement, at anything. The rest goes back. */
const looksAtSubstitute = 0.66;
const looksAtComplement = 0.14;
const looksElsewhere = 0.14;

/** How many looks begin with a click in a list, and how many visits without an order leave something in the cart. */
const clickShare = 0.25;
const abandonedShare = 0.09;

/** Products a robot reads in one visit: at least this many, and up to as many again. */
const botPages = 60;

/** @returns interactions by visit, each visit oldest first; may be read any number of times */
export function createInteractions(plan: InteractionPlan): Iterable<Interaction> {
  return {
    *[Symbol.iterator]() {
      const random = createRandom(`${plan.seed}\u0000interactions`);
      for (let session = 0; session < plan.sessions.count; session++) yield* visit(random, plan, session);
    },
  };
}

function visit(random: Random, plan: InteractionPlan, session: number): Interaction[] {
  const { sessions, trips } = plan;
  const visitor = sessions.visitorOf[session];
  if (visitor >= sessions.firstBot) return crawl(random, plan, session);
  const scribe = createScribe(plan, visitor, browsers[visitor % browsers.length]);
  const order = sessions.orderOf[session];
  if (order >= 0) shop(random, plan, trips[order], sessions.startedAt[session], scribe);
  else browse(random, plan, session, scribe);
  return scribe.written;
}

/** A visit that ends in an order: looks and carts spread over the visit, purchases at the order's own time. */
function shop(random: Random, { wants }: InteractionPlan, trip: Trip, startedAt: number, scribe: Scribe): void {
  const steps: (readonly [InteractionKind, number])[] = [];
  for (const product of trip.products) {
    for (let i = geometric(random, comparedWith, 4); i > 0; i--)
      steps.push(...look(random, wants.sibling(random, product)));
    steps.push(...look(random, product), ["cart", product]);
  }
  const pace = (trip.at - startedAt) / (steps.length + 1);
  for (const [i, [kind, product]] of steps.entries()) {
    scribe.write(kind, product, Math.floor(startedAt + pace * (i + 0.1 + 0.8 * random.next())));
  }
  for (const product of trip.products) scribe.write("purchase", product, trip.at);
}

function browse(random: Random, { sessions, wants, pulls }: InteractionPlan, session: number, scribe: Scribe): void {
  let at = sessions.startedAt[session];
  let product = happens(random, 0.6) ? sessions.topicOf[session] : wants.sibling(random, sessions.topicOf[session]);
  for (let left = geometric(random, furtherLooks, mostLooks); left >= 0; left--) {
    for (const [kind, seen] of look(random, product)) {
      scribe.write(kind, seen, at);
      at += 1000 + random.integer(3000);
    }
    at += 8000 + random.integer(85_000);
    if (left > 0) product = nextLook(random, product, sessions.topicOf[session], at, { wants, pulls });
  }
  if (happens(random, abandonedShare)) scribe.write("cart", sessions.topicOf[session], at);
}

/** Where somebody looks after `product`. */
export function nextLook(
  random: Random,
  product: number,
  topic: number,
  at: number,
  { wants, pulls }: Pick<InteractionPlan, "wants" | "pulls">,
): number {
  const luck = random.next();
  if (luck < looksAtSubstitute) return wants.sibling(random, product);
  if (luck < looksAtSubstitute + looksAtComplement) {
    const partners = pulls[product];
    return partners.length > 0 ? partners[random.integer(partners.length)].product : wants.sibling(random, product);
  }
  return luck < looksAtSubstitute + looksAtComplement + looksElsewhere ? wants.find(random, at) : topic;
}

/** A look at a product page, at times through a click in a list. */
function look(random: Random, product: number): readonly (readonly [InteractionKind, number])[] {
  return happens(random, clickShare)
    ? [
        ["click", product],
        ["view", product],
      ]
    : [["view", product]];
}

/** A robot's visit: neighbouring pages, one every second or two, no clicks. */
function crawl(random: Random, plan: InteractionPlan, session: number): Interaction[] {
  const { sessions, entries } = plan;
  const bot = sessions.visitorOf[session] - sessions.firstBot;
  const scribe = createScribe(plan, sessions.visitorOf[session], robots[bot % robots.length]);
  const step = 1000 + 250 * (bot % 4);
  const pages = botPages + random.integer(botPages);
  for (let page = 0; page < pages; page++) {
    const product = (sessions.topicOf[session] + page) % entries.length;
    scribe.write("view", product, sessions.startedAt[session] + page * step + random.integer(120));
  }
  return scribe.written;
}

interface Scribe {
  readonly written: Interaction[];
  /** Leaves out what cannot have happened: products that were not sold yet, and what comes after the end. */
  write(kind: InteractionKind, product: number, at: number): void;
}

function createScribe({ entries }: InteractionPlan, visitor: number, userAgent: string): Scribe {
  const written: Interaction[] = [];
  const id = visitorId(visitor);
  return {
    written,
    write(kind, product, at) {
      const { product: seen, soldFrom } = entries[product];
      if (at < soldFrom || at >= until) return;
      written.push({ visitorId: id, productId: seen.id, kind, occurredAt: new Date(at).toISOString(), userAgent });
    },
  };
}
