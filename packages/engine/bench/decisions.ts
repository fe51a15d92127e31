/** How long one decision takes, receipt included, on the demo shop. */
import { createEngine, type Engine } from "../src/index.ts";
import type { RecommendationRequest } from "../src/decision/index.ts";
import { createDemoShop } from "../src/simulation/index.ts";
import { quantile, type BenchSection } from "./section.ts";

const rounds = 10_000;

/** One question a placement, over many products and customers. */
const placements: Readonly<Record<string, (engine: Engine, round: number) => RecommendationRequest>> = {
  "product page": (engine, round) => ({
    placement: "pdp",
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
  const engine = await createEngine(createDemoShop());
  const rows = Object.entries(placements).map(([name, ask]) => {
    measure(engine, ask, rounds / 5);
    const times = measure(engine, ask, rounds);
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    return [name, ...[mean, quantile(times, 0.5), quantile(times, 0.99)].map((time) => time.toFixed(0))];
  });
  return {
    title: "Time of a decision",
    conditions: [
      `In process, one thread, demo shop of ${engine.catalogue.products.length} products; ${rounds} decisions of 8 items each after a warm-up, explanations and receipt included. Microseconds.`,
    ],
    columns: ["Placement", "mean", "p50", "p99"],
    rows,
  };
}

/** @returns microseconds of each decision, ascending */
function measure(
  engine: Engine,
  ask: (engine: Engine, round: number) => RecommendationRequest,
  count: number,
): Float64Array {
  const times = new Float64Array(count);
  for (let round = 0; round < count; round++) {
    const request = ask(engine, round);
    const began = performance.now();
    engine.recommend(request);
    times[round] = (performance.now() - began) * 1000;
  }
  return times.sort();
}

/** Steps through the catalogue by a stride that visits all of it. */
function productAt({ catalogue }: Engine, round: number): string {
  return catalogue.ids.idOf((round * 7) % catalogue.ids.size);
}
