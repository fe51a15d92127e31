/**
 * How long one recommendation takes in the server without HTTP, and how long a swap of the engine or a change of price
 * holds the event loop: `node -C source packages/server-adapter/bench/recommendation-handlers.ts [products]`. Without a
 * number the demo shop at full size; with one a shop of as many products whose orders are drawn by chance.
 */
import { trainEngine, type Engine, type ShopData } from "@basketlift/engine";
import { createCatalogue, type Product } from "@basketlift/engine/catalogue";
import { createPublicSnapshot } from "@basketlift/engine/snapshot";
import { createOrderHistoryBuilder, createTrainingView, sessionize } from "@basketlift/engine/history";
import { createRandom } from "@basketlift/engine/random";
import { createDemoShop } from "@basketlift/engine/simulation";
import { recommend } from "../src/serving/decide.ts";
import { readEngineFiles, writeEngineFiles } from "../src/serving/engine-files.ts";
import { liveEngine } from "../src/serving/live-engine.ts";

const size = process.argv[2] === undefined ? undefined : Number(process.argv[2]);
const data = size === undefined ? demoShop() : chanceShop(size);
const trained = await trainEngine(data);
const snapshot = await createPublicSnapshot(trained, data);
const { baskets } = createTrainingView(data);
const files = writeEngineFiles({ engine: trained, snapshot, baskets, readAt: 0 });

report(
  "load an engine from its files",
  once(() => readEngineFiles(files, {})),
);
const live = liveEngine(trained);
const product = trained.catalogue.products[0];
report(
  "change one price",
  once(() => live.withProducts([{ ...product, title: "Changed" }])),
);
report(
  "add one product",
  once(() => live.withProducts([renamed(product)])),
);
benchGenerate(live.engine);

function demoShop(): ShopData {
  const shop = createDemoShop();
  const catalogue = createCatalogue(shop);
  const builder = createOrderHistoryBuilder();
  for (const order of shop.orders) builder.addOrder(order);
  const { sessions } = sessionize(shop.interactions, catalogue.ids);
  return { catalogue, orders: builder.finish(catalogue.ids).history, sessions };
}

/** Orders of three products each, popular ones more often. */
function chanceShop(products: number): ShopData {
  const random = createRandom("bench");
  const catalogue = createCatalogue({
    products: Array.from({ length: products }, (_, i) => ({
      id: `product-${i}`,
      title: `Product ${i} ${["blue", "red", "green"][i % 3]} ${["mug", "lamp", "rug", "pot"][i % 4]}`,
      category: [`Category ${i % 200}`],
      variants: [{ id: `variant-${i}`, prices: { default: 1000 + (i % 5000) }, cost: 500, stock: 10 }],
    })),
  });
  const builder = createOrderHistoryBuilder();
  for (let order = 0; order < 2 * products; order++) {
    const head = {
      id: `o${order}`,
      placedAt: 1.7e12 + order * 1000,
      customerId: `c${order % products}`,
      currency: "EUR",
    };
    for (let line = 0; line < 3; line++) {
      const index = Math.floor(products * random.next() ** 2);
      builder.addLine(head, { productId: `product-${index}`, quantity: 1, unitPrice: 1000 });
    }
  }
  return { catalogue, orders: builder.finish(catalogue.ids).history };
}

function renamed(known: Product): Product {
  return { ...known, id: "new", variants: known.variants.map((variant) => ({ ...variant, id: `new-${variant.id}` })) };
}

function benchGenerate(engine: Engine): void {
  const serving = { engine, runId: "bench", trainedAt: new Date(0) };
  const services = {
    engine: { current: () => serving },
    decisions: { record: () => {}, waiting: () => 0, close: async () => {} },
    secrets: { receiptKey: new Uint8Array(32), shopperKey: new Uint8Array(32) },
  };
  const { products } = engine.catalogue;
  const random = createRandom("requests");
  const draw = (): string => products[random.integer(products.length)].id;
  const ask = (): unknown =>
    recommend(
      { placement: "pdp", productId: draw(), session: [draw(), draw()], visitorId: "visitor-1234", limit: 8 },
      services,
    );
  const decideOnly = (): unknown =>
    engine.recommend({
      placement: "pdp",
      productId: draw(),
      session: [draw(), draw()],
      visitorId: "visitor-1234",
      limit: 8,
    });
  for (let i = 0; i < 2000; i++) ask();
  const times = Float64Array.from({ length: 5000 }, () => once(ask)).sort();
  const quantile = (share: number): string => `${(times[Math.floor(share * times.length)] * 1000).toFixed(0)} µs`;
  console.log(`generate: median ${quantile(0.5)}, p95 ${quantile(0.95)}, p99 ${quantile(0.99)}`);
  console.log(
    `generate: ${processorTime(ask)} of processor time, of which the engine's decision ${processorTime(decideOnly)}`,
  );
}

/** Beside others on the machine, what a request costs is told better by the processor than by the clock. */
function processorTime(work: () => unknown): string {
  const rounds = 5000;
  const begin = process.cpuUsage();
  for (let i = 0; i < rounds; i++) work();
  const { user, system } = process.cpuUsage(begin);
  return `${((user + system) / rounds).toFixed(0)} µs`;
}

function once(work: () => unknown): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

function report(name: string, milliseconds: number): void {
  console.log(`${name}: ${milliseconds.toFixed(1)} ms`);
}
