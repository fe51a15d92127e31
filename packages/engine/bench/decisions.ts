/** How long one decision takes, receipt included, in a small shop and in a large one. */
import { createEngine, type Engine } from "../src/index.ts";
import type { RecommendationRequest } from "../src/decision/index.ts";
import { createDemoShop } from "../src/simulation/index.ts";
import { createLargeShop } from "./large-shop.ts";
import type { BenchSection } from "./section.ts";
import { timeCalls, timingColumns, timingNote } from "./timing.ts";

const rounds = 10_000;
const largeShop = { products: 100_000, orders: 200_000, sessions: 400_000 };

/** One question a placement, over many products and customers. */
const placements: Readonly<Record<string, (engine: Engine, round: number) => RecommendationRequest>> = {
  "product page": (engine, round) => ({
    placement: "pdp",
    productId: productAt(engine, round),
    visitorId: `v${round}`,
  }),
  "product page, similar ones": (engine, round) => ({
    placement: "pdp",
    strategy: "similar",
    productId: productAt(engine, round),
    visitorId: `v${round}`,
  }),
  "cart of three": (engine, round) => ({
    placement: "cart",
    cart: [0, 1, 2].map((step) => ({ productId: productAt(engine, round * 3 + step), quantity: 1 })),
    visitorId: `v${round}`,
  }),
  "home, in a session": (engine, round) => ({
    placement: "homepage",
    session: [0, 1, 2, 3].map((step) => productAt(engine, round * 5 + step)),
    visitorId: `v${round}`,
  }),
  "home, known customer": (engine, round) => {
    const { customers } = engine.parts.purchases;
    return { placement: "homepage", customerId: customers.idOf(round % customers.size), visitorId: `v${round}` };
  },
};

export async function benchDecisions(): Promise<BenchSection> {
  const small = measureShop("demo", await createEngine(createDemoShop()));
  const large = measureShop("large", await createEngine(createLargeShop(largeShop)));
  const { products, orders, sessions } = largeShop;
  const count = (number: number): string => number.toLocaleString("en");
  return {
    title: "Time of a decision",
    conditions: [
      `In process, one thread, demo shop of ${small.products} products and a synthetic one of ${count(products)} with ${count(orders)} orders and ${count(sessions)} sessions; ${count(rounds)} decisions of 8 items each after a warm-up, explanations and receipt included.`,
      timingNote,
    ],
    columns: ["Shop", "Placement", ...timingColumns],
    rows: [...small.rows, ...large.rows],
  };
}

function measureShop(name: string, engine: Engine): { products: number; rows: string[][] } {
  const rows = Object.entries(placements).map(([placement, ask]) => {
    const decide = (round: number): void => void engine.recommend(ask(engine, round));
    timeCalls(decide, rounds / 5);
    return [name, placement, ...timeCalls(decide, rounds)];
  });
  return { products: engine.catalogue.products.length, rows };
}

/** Steps through the catalogue by a stride that visits all of it. */
function productAt({ catalogue }: Engine, round: number): string {
  return catalogue.ids.idOf((round * 7) % catalogue.ids.size);
}
