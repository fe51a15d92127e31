/**
 * Fills a data directory with a shop, trains it and makes its keys, as a first start does, and prints one line of JSON:
 * `SeededShop`. A process of its own, so that memory and processor time of the server that is measured are its own:
 * `node -C source packages/server-adapter/bench/seed-shop.ts DIRECTORY [products]`. Without a number the demo shop, with
 * one the large shop of the engine's benchmarks.
 */
import type { Product } from "@basketlift/engine/catalogue";
import type { Interaction, Order } from "@basketlift/engine/history";
import { createLargeShop } from "../../engine/bench/large-shop.ts";
import { seedDemoShop, trainFirst } from "../src/first-run/index.ts";
import type { EventRow } from "../src/ingest/event-row.ts";
import { insertEvents } from "../src/ingest/event-writer.ts";
import { seedShop } from "../src/ingest/write-shop.ts";
import { startServer } from "../src/server/start.ts";
import type { Services } from "../src/server/services.ts";
import { drawRequests, shopOrigin } from "./requests.ts";

/** What a load generator must know of the shop. */
export interface SeededShop {
  readonly products: number;
  readonly orders: number;
  readonly events: number;
  readonly fillingSeconds: number;
  readonly trainingSeconds: number;
  readonly secretKey: string;
  /** Bodies as pages send them, the publishable key inside. */
  readonly fromPages: readonly string[];
  /** Bodies as the shop's own server sends them, beside its secret key. */
  readonly fromServer: readonly string[];
}

const requestCount = 5000;
const eventsAtOnce = 5000;

const [directory, products] = process.argv.slice(2);
const server = await startServer({ dataDirectory: directory, port: 0, onProblem: console.error });
try {
  console.log(JSON.stringify(await seed()));
} finally {
  await server.close();
}

async function seed(): Promise<SeededShop> {
  const { services, engine, keys } = server;
  const fillingSeconds = await secondsOf(() =>
    products === undefined ? seedDemoShop(services) : fillLarge(services, Number(products)),
  );
  const trainingSeconds = await secondsOf(() => trainFirst(services, engine));
  const trained = engine.current()?.engine;
  if (!trained) throw new Error("Nothing was trained.");
  const { key } = await keys.create({ kind: "publishable", name: "Pages", origins: [shopOrigin] });
  const secret = await keys.create({ kind: "secret", name: "The shop's server", scopes: ["read"] });
  const { shopperKey } = services.secrets;
  return {
    products: trained.catalogue.products.length,
    orders: await countOf("orders"),
    events: await countOf("events"),
    fillingSeconds,
    trainingSeconds,
    secretKey: secret.key,
    fromPages: drawRequests(trained, requestCount, { key, shopperKey }),
    fromServer: drawRequests(trained, requestCount),
  };
}

async function countOf(table: "orders" | "events"): Promise<number> {
  const { rows } = await server.database.pool.query<{ count: number }>(`select count(*)::int from ${table}`);
  return rows[0].count;
}

/** As if the shop had been open until now: what lies a year back teaches nothing of what is popular. */
async function fillLarge(services: Services, size: number): Promise<void> {
  const shop = createLargeShop({ products: size, orders: size, sessions: size / 2 });
  const orders = [...shop.orders];
  const shift = services.now() - Date.parse(orders[orders.length - 1].placedAt);
  const moved = (time: string): string => new Date(Date.parse(time) + shift).toISOString();
  await writeVisits(services, shop.interactions ?? [], moved);
  const ordersNow = orders.map((order): Order => ({ ...order, placedAt: moved(order.placedAt) }));
  const products = shop.products.map(withPage);
  await seedShop(services, { products, markets: [], orders: ordersNow });
}

/** Answers hold these addresses: without them they would be shorter than a shop's are. */
function withPage(product: Product): Product {
  const { id } = product;
  return { ...product, url: `/products/${id}`, image: `https://images.shop.example/products/${id}-400.webp` };
}

async function writeVisits(
  { database: { pool } }: Services,
  interactions: Iterable<Interaction>,
  moved: (time: string) => string,
): Promise<void> {
  let batch: EventRow[] = [];
  let number = 0;
  for (const { visitorId, productId, occurredAt } of interactions) {
    const at = new Date(moved(occurredAt));
    batch.push({
      id: `visit-${number++}`,
      kind: "view",
      occurredAt: at,
      receivedAt: at,
      visitorId,
      productId,
      consentMeasurement: true,
      consentPersonalisation: true,
    });
    if (batch.length < eventsAtOnce) continue;
    await insertEvents(pool, batch);
    batch = [];
  }
  if (batch.length > 0) await insertEvents(pool, batch);
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
