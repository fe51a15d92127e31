/**
 * The people who could come, and the floor they walk on. They are the demo shop's own: hidden tastes, favourite kinds and
 * brands, budgets and appetites, planted complements and seasons are those its history was drawn from.
 */
import { availabilityOf } from "../../catalogue/catalogue.ts";
import type { Product } from "../../catalogue/product.ts";
import { InvalidInput, requireNumber } from "../../errors.ts";
import { createRandom } from "../../random/generator.ts";
import { createAssortment } from "../demo-shop/assortment/assortment.ts";
import { day } from "../demo-shop/calendar.ts";
import type { DemoShop } from "../demo-shop/demo-shop.ts";
import { plantComplements } from "../demo-shop/relations/complements.ts";
import { createCustomers, type Customer } from "../demo-shop/shoppers/customers.ts";
import { pullsOf, type Pulls } from "../demo-shop/shopping/baskets.ts";
import type { Floor } from "../demo-shop/shopping/trips.ts";
import { createWants } from "../demo-shop/shopping/wants.ts";
import { checkBehaviour, publishedBehaviour, type ShopperBehaviour } from "./behaviour.ts";

/** What each product calls for, and how many times more likely that makes the other one. */
export type Calls = readonly (readonly { readonly product: number; readonly lift: number }[])[];

/** What a customer had bought before the simulation begins. */
export interface PastPurchases {
  /** Product indices in order of purchase. */
  readonly products: readonly number[];
  /** Milliseconds since 1970 of the last purchase of each, and how often it was bought. */
  readonly last: ReadonlyMap<number, { readonly at: number; readonly times: number }>;
}

/** Everybody who could come, with what they know and want. */
export interface ShopperPopulation {
  readonly shop: DemoShop;
  readonly behaviour: ShopperBehaviour;
  /** 1 looks at strips as published, 0 never does: a null world. */
  readonly attentiveness: number;
  readonly floor: Floor & { readonly pulls: Pulls };
  readonly calls: Calls;
  readonly productIds: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** Minor units of the home market, by product: of the variant that is bought. */
  readonly prices: Float64Array;
  readonly margins: Float64Array;
  /** 1 where it can be bought. */
  readonly available: Uint8Array;
  /** Customers who shop online and have not left. */
  readonly customers: readonly Customer[];
  readonly past: ReadonlyMap<string, PastPurchases>;
  /** Mean activity of `customers`. */
  readonly meanActivity: number;
}

export interface PopulationOptions {
  /** From 0, which ignores every recommendation, to 1, which looks as published. Default 1. */
  readonly attentiveness?: number;
  /** Other shoppers than the published ones, for tests of the simulation itself. */
  readonly behaviour?: Partial<ShopperBehaviour>;
}

/**
 * @param shop as `createDemoShop` made it: customers are drawn from its seed again
 * @throws InvalidOption when a figure is out of its range; InvalidInput when the shop was changed
 * @example
 * const population = createShopperPopulation(createDemoShop({ scale: 0.1 }));
 */
export function createShopperPopulation(
  shop: DemoShop,
  { attentiveness = 1, behaviour: changed = {} }: PopulationOptions = {},
): ShopperPopulation {
  requireNumber("attentiveness", attentiveness, 0, 1);
  const behaviour = { ...publishedBehaviour, ...changed };
  checkBehaviour(behaviour);
  const random = createRandom(shop.seed);
  const entries = createAssortment(random.fork("assortment"), shop.from, shop.until, () => "");
  requireOwnShop(
    shop,
    entries.map((entry) => entry.product),
  );
  const complements = plantComplements(entries);
  const market = shop.markets[0].id;
  const bought = shop.products.map((product) => boughtVariant(product, market));
  const customers = createCustomers(random.fork("customers"), shop.customers.length, entries).filter(
    ({ online, leftAt }) => online && leftAt >= shop.until,
  );
  if (customers.length === 0)
    throw new InvalidInput("shop.customers", shop.customers.length, "some who still shop online");
  const productIds = shop.products.map((product) => product.id);
  const indexOf = new Map(productIds.map((id, index) => [id, index]));
  return {
    shop,
    behaviour,
    attentiveness,
    floor: {
      entries,
      wants: createWants(entries),
      pulls: pullsOf(entries.length, complements),
      soldFrom: Float64Array.from(entries, (entry) => entry.soldFrom),
    },
    calls: callsOf(entries.length, complements),
    productIds,
    indexOf,
    prices: Float64Array.from(bought, ({ price }) => price),
    margins: Float64Array.from(bought, ({ price, cost }) => price - cost),
    available: Uint8Array.from(shop.products, (product) => (availabilityOf(product) === "out-of-stock" ? 0 : 1)),
    customers,
    past: pastPurchases(shop, indexOf),
    meanActivity: customers.reduce((sum, customer) => sum + customer.activity, 0) / customers.length,
  };
}

function requireOwnShop({ products }: DemoShop, drawn: readonly Product[]): void {
  const changed = products.findIndex((product, index) => product.id !== drawn[index]?.id);
  if (changed >= 0 || products.length !== drawn.length) {
    throw new InvalidInput(
      `shop.products[${Math.max(0, changed)}]`,
      products[changed]?.id,
      "as createDemoShop made it",
    );
  }
}

/** The first variant in stock in the home market: everybody's first choice. */
function boughtVariant({ variants }: Product, market: string): { price: number; cost: number } {
  const { prices, cost = 0 } = variants.find(({ stock = 1 }) => stock > 0) ?? variants[0];
  return { price: prices[market], cost };
}

function callsOf(
  count: number,
  complements: readonly { readonly a: number; readonly b: number; readonly lift: number }[],
): Calls {
  const calls: { product: number; lift: number }[][] = Array.from({ length: count }, () => []);
  for (const { a, b, lift } of complements) {
    calls[a].push({ product: b, lift });
    calls[b].push({ product: a, lift });
  }
  return calls;
}

function pastPurchases({ orders }: DemoShop, indexOf: ReadonlyMap<string, number>): Map<string, PastPurchases> {
  const past = new Map<string, { products: number[]; last: Map<number, { at: number; times: number }> }>();
  for (const { customerId, placedAt, lines } of orders) {
    if (customerId === undefined) continue;
    const known = past.get(customerId) ?? { products: [], last: new Map<number, { at: number; times: number }>() };
    past.set(customerId, known);
    for (const { productId, cancelled } of lines) {
      const product = indexOf.get(productId);
      if (product === undefined || cancelled === true) continue;
      known.products.push(product);
      known.last.set(product, { at: Date.parse(placedAt), times: (known.last.get(product)?.times ?? 0) + 1 });
    }
  }
  return past;
}

/** Days in a month of the simulation. */
export const month = 30 * day;
