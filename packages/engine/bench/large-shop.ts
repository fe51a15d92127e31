/** A large shop without meaning, for measuring time: names, tastes and sales by chance, in the proportions of real ones. */
import type { Product } from "../src/catalogue/index.ts";
import type { ShopInput } from "../src/index.ts";
import type { Interaction, Order } from "../src/history/index.ts";
import { createRandom, createSampler, type Random, type Sampler } from "../src/random/index.ts";

export interface LargeShopSize {
  readonly products: number;
  readonly orders: number;
  readonly sessions: number;
}

const until = Date.UTC(2026, 0, 1);
const year = 365 * 86_400_000;
const productsPerCategory = 200;
const productsPerBrand = 100;
/** Share of the products of an order or a visit that come from the category of the first one. */
const loyalty = 0.5;

/** @returns a shop whose products sell by Zipf's law, whose orders and visits keep to a category half of the time */
export function createLargeShop({ products, orders, sessions }: LargeShopSize): ShopInput {
  const random = createRandom("large shop");
  const describe = random.fork("products");
  const drawProduct = createDraw(products);
  return {
    products: Array.from({ length: products }, (_, index) => createProduct(index, describe)),
    orders: createOrders(orders, drawProduct, random.fork("orders")),
    interactions: createVisits(sessions, drawProduct, random.fork("visits")),
  };
}

const idOf = (index: number): string => `p${index}`;

/** Descriptions of 30 words out of 20,000, which fall off as words do. */
const words: Sampler = createSampler(Float64Array.from({ length: 20_000 }, (_, rank) => 1 / (rank + 5)));

function createProduct(index: number, random: Random): Product {
  const text = (length: number): string => Array.from({ length }, () => `word${words.draw(random)}`).join(" ");
  const category = Math.floor(index / productsPerCategory);
  return {
    id: idOf(index),
    title: text(5),
    description: text(30),
    brand: `Brand ${random.integer(1 + Math.floor(index / productsPerBrand))}`,
    category: [`Department ${category % 20}`, `Category ${category}`],
    attributes: { colour: `colour ${random.integer(12)}`, material: `material ${random.integer(30)}` },
    variants: [
      { id: `${idOf(index)}-1`, prices: { default: 500 + random.integer(20_000) }, stock: 1 + random.integer(50) },
    ],
  };
}

/** Draws the products of one order or visit, its first one by popularity. */
type Draw = (random: Random, count: number) => number[];

function createDraw(products: number): Draw {
  // Popular products lie all over the categories.
  const stride = 7919;
  const byRank = createSampler(Float64Array.from({ length: products }, (_, rank) => 1 / (rank + 20)));
  const popular = (random: Random): number => (byRank.draw(random) * stride) % products;
  return (random, count) => {
    const first = popular(random);
    const shelf = first - (first % productsPerCategory);
    const width = Math.min(productsPerCategory, products - shelf);
    return Array.from({ length: count }, (_, place) => {
      if (place === 0) return first;
      return random.next() < loyalty ? shelf + random.integer(width) : popular(random);
    });
  };
}

/** @param share of the year that has passed */
function timeOf(share: number): string {
  return new Date(until - year + Math.floor(share * year)).toISOString();
}

function* createOrders(count: number, draw: Draw, random: Random): Generator<Order> {
  for (let order = 0; order < count; order++) {
    yield {
      id: `o${order}`,
      placedAt: timeOf(order / count),
      customerId: `c${random.integer(Math.ceil(count / 4))}`,
      currency: "EUR",
      lines: draw(random, 1 + random.integer(6)).map((product) => ({
        productId: idOf(product),
        quantity: 1,
        unitPrice: 1000,
      })),
    };
  }
}

function* createVisits(count: number, draw: Draw, random: Random): Generator<Interaction> {
  for (let visit = 0; visit < count; visit++) {
    for (const product of draw(random, 2 + random.integer(7))) {
      yield { kind: "view", visitorId: `v${visit}`, productId: idOf(product), occurredAt: timeOf(visit / count) };
    }
  }
}
