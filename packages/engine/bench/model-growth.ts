/** How long models take to train, and how that grows with the shop: three sizes each, one thread. */
import {
  trainEase,
  trainIals,
  trainItemNeighbours,
  trainLocalRidge,
  trainRp3Beta,
  trainSlim,
} from "../src/filtering/index.ts";
import { incidence, type Incidence } from "../src/matrix/index.ts";
import type { Recommender } from "../src/models/index.ts";
import { createRandom, createSampler } from "../src/random/index.ts";
import { growthExponent, timeRuns, type GrowthPoint } from "./growth.ts";
import { megabytesOf } from "./model-size.ts";
import type { BenchSection } from "./section.ts";

interface Contestant {
  readonly name: string;
  /** What the cost is told to grow with. */
  readonly by: "products" | "purchases";
  readonly shops: readonly ShopSize[];
  readonly train: (purchases: Incidence) => Promise<Recommender>;
}

interface ShopSize {
  readonly customers: number;
  readonly products: number;
}

/** Products a customer buys. */
const [fewest, most] = [4, 40];
const growing: readonly ShopSize[] = [20_000, 40_000, 80_000].map((customers) => ({ customers, products: customers }));
const small: readonly ShopSize[] = [500, 1000, 2000].map((products) => ({ customers: 20_000, products }));

const contestants: readonly Contestant[] = [
  { name: "EASE", by: "products", shops: small, train: (purchases) => trainEase(purchases) },
  { name: "item neighbours", by: "purchases", shops: growing, train: (purchases) => trainItemNeighbours(purchases) },
  { name: "RP3beta", by: "purchases", shops: growing, train: (purchases) => trainRp3Beta(purchases) },
  { name: "SLIM", by: "purchases", shops: growing, train: (purchases) => trainSlim(purchases) },
  { name: "local ridge", by: "purchases", shops: growing, train: (purchases) => trainLocalRidge(purchases) },
  {
    name: "iALS, one iteration of 64 factors",
    by: "purchases",
    shops: growing,
    train: (purchases) => trainIals(purchases, { factors: 64, iterations: 1 }),
  },
];

export async function benchModelGrowth(): Promise<BenchSection> {
  const rows: string[][] = [];
  for (const contestant of contestants) rows.push(...(await measure(contestant)));
  return {
    title: "Training models, and how it grows",
    conditions: [
      `Synthetic shops: each customer buys ${fewest} to ${most} products, half of them from one shelf, the others by Zipf's law. Seconds of one run: processor time of the whole process, and the clock with whatever else the machine had to do.`,
      "The exponent is the slope of CPU over the size it stands beside, on logarithmic scales: 1 is in proportion. Model is what is saved.",
    ],
    columns: ["Model", "products", "customers", "purchases", "CPU", "clock", "model, MB", "exponent"],
    rows,
  };
}

async function measure({ name, by, shops, train }: Contestant): Promise<string[][]> {
  const points: GrowthPoint[] = [];
  const rows: string[][] = [];
  for (const shop of shops) {
    const purchases = drawPurchases(shop);
    const { result, times } = await timeRuns(() => train(purchases), 1);
    points.push({ size: by === "products" ? shop.products : purchases.indices.length, cost: Number(times[0]) });
    const counts = [shop.products, shop.customers, purchases.indices.length].map(String);
    rows.push([name, ...counts, ...times, megabytesOf(result).toFixed(1), ""]);
  }
  rows[rows.length - 1].splice(-1, 1, `${by}^${growthExponent(points).toFixed(2)}`);
  return rows;
}

function drawPurchases({ customers, products }: ShopSize): Incidence {
  const random = createRandom("purchases");
  const popularity = createSampler(Float64Array.from({ length: products }, (_, rank) => 1 / (rank + 20)));
  const shelf = 50;
  const row: number[] = [];
  const column: number[] = [];
  for (let customer = 0; customer < customers; customer++) {
    const from = random.integer(Math.max(1, products - shelf));
    const count = fewest + Math.floor((most - fewest) * random.next() ** 2);
    for (let i = 0; i < count; i++) {
      row.push(customer);
      column.push(random.next() < 0.5 ? from + random.integer(Math.min(shelf, products)) : popularity.draw(random));
    }
  }
  return incidence({ rows: customers, columns: products, row, column });
}
