/**
 * A shop with two years of history that nobody had to download: a home store with a few hundred products, thousands
 * of customers, and relations that were planted and are known, so that methods can be marked against the truth.
 *
 * The same seed gives the same shop, to the last byte, in Node and in browsers.
 */
import type { Market, Product } from "../../catalogue/product.ts";
import { requireNumber } from "../../errors.ts";
import type { Interaction, Order } from "../../history/order.ts";
import { createRandom } from "../../random/generator.ts";
import {
  createAssortment,
  demoMarkets,
  embeddedPicture,
  type Entry,
  type PictureAddress,
} from "./assortment/assortment.ts";
import { from, until } from "./calendar.ts";
import { plantComplements } from "./relations/complements.ts";
import { tellTruth, type DemoShopTruth } from "./relations/truth.ts";
import { createCustomers } from "./shoppers/customers.ts";
import { pullsOf } from "./shopping/baskets.ts";
import { createInteractions } from "./shopping/interactions.ts";
import { writeOrders } from "./shopping/orders.ts";
import { planSessions, visitorIdsOf } from "./shopping/sessions.ts";
import { planTrips, type Floor } from "./shopping/trips.ts";
import { createWants } from "./shopping/wants.ts";

/** Which of many possible catalogues, and how its pictures are drawn. */
export interface DemoCatalogueOptions {
  /** Any text. Default "basketlift". */
  readonly seed?: string;
  /** Address of a product's picture. Default: the picture itself, as a `data:` URL of about 1.5 kB. */
  readonly picture?: PictureAddress;
}

/** Products and markets, ready for `createCatalogue`. */
export interface DemoCatalogue {
  readonly products: readonly Product[];
  /** The euro area first, then Britain. */
  readonly markets: readonly Market[];
}

/** Which of many possible shops, and how large. */
export interface DemoShopOptions extends DemoCatalogueOptions {
  /** Size of the history: 1 is 5,000 customers, 30,000 orders and 150,000 visits. Products stay. Default 1. */
  readonly scale?: number;
}

/** What a shop knows of a customer. */
export interface DemoCustomer {
  readonly id: string;
  readonly name: string;
  /** Id of the market they buy in. */
  readonly market: string;
  /** RFC 3339. */
  readonly joinedAt: string;
  /** Their visits carry one of these. Empty for those who never come to the website. */
  readonly visitorIds: readonly string[];
}

/** A whole shop: what it sells, sold and showed, and what was planted in it. */
export interface DemoShop extends DemoCatalogue {
  /** What the shop was drawn from: the same seed and size give the same people again, hidden tastes included. */
  readonly seed: string;
  /** The history covers `from <= time < until`, milliseconds since 1970, UTC. */
  readonly from: number;
  readonly until: number;
  readonly customers: readonly DemoCustomer[];
  /** Oldest first. */
  readonly orders: readonly Order[];
  /** By visit, each visit oldest first. Drawn while it is read, always alike; may be read any number of times. */
  readonly interactions: Iterable<Interaction>;
  readonly truth: DemoShopTruth;
}

const fullSize = { customers: 5_000, orders: 30_000, sessions: 150_000 };

/**
 * The demo shop's products alone: cheap enough for a page that needs nothing else.
 * @example
 * const catalogue = createCatalogue(createDemoCatalogue());
 */
export function createDemoCatalogue({
  seed = "basketlift",
  picture = embeddedPicture,
}: DemoCatalogueOptions = {}): DemoCatalogue {
  return { products: assortmentOf(seed, picture).map((entry) => entry.product), markets: demoMarkets };
}

/**
 * The whole demo shop. Takes about a second at full size.
 * @throws InvalidOption when `scale` is not between 0.001 and 20
 * @example
 * const shop = createDemoShop({ scale: 0.1 });
 * shop.orders.length; // 3000
 * shop.truth.complements[0]; // { productA: "english-breakfast-loose-tea", productB: "round-stoneware-teapot", ... }
 */
export function createDemoShop({
  seed = "basketlift",
  scale = 1,
  picture = embeddedPicture,
}: DemoShopOptions = {}): DemoShop {
  requireNumber("scale", scale, 0.001, 20);
  const random = createRandom(seed);
  const entries = assortmentOf(seed, picture);
  const complements = plantComplements(entries);
  const wants = createWants(entries);
  const pulls = pullsOf(entries.length, complements);
  const floor: Floor = { entries, wants, pulls, soldFrom: Float64Array.from(entries, (entry) => entry.soldFrom) };

  const customers = createCustomers(random.fork("customers"), Math.round(fullSize.customers * scale), entries);
  const trips = planTrips(random.fork("trips"), Math.round(fullSize.orders * scale), customers, floor);
  const sessions = planSessions(random.fork("sessions"), {
    count: Math.round(fullSize.sessions * scale),
    trips,
    customers,
    wants,
    productCount: entries.length,
  });
  return {
    seed,
    products: entries.map((entry) => entry.product),
    markets: demoMarkets,
    from,
    until,
    customers: customers.map((customer, index) => ({
      id: customer.id,
      name: customer.name,
      market: customer.market,
      joinedAt: new Date(customer.joinedAt).toISOString(),
      visitorIds: visitorIdsOf(customer, index),
    })),
    orders: writeOrders(random.fork("orders"), trips, customers, entries),
    interactions: createInteractions({ seed, sessions, trips, entries, wants, pulls }),
    truth: tellTruth({ entries, complements, customers, sessions }),
  };
}

function assortmentOf(seed: string, picture: PictureAddress): readonly Entry[] {
  return createAssortment(createRandom(seed).fork("assortment"), from, until, picture);
}
