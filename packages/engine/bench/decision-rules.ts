/** What a decision costs when it asks for everything: 200 rules, factors, diversity, over 100,000 products. */
import { createEngine, type Engine } from "../src/index.ts";
import { defaultStrategies, type Strategy } from "../src/decision/index.ts";
import { openEngine } from "../src/facade/engine.ts";
import type { MerchandisingRule } from "../src/merchandising/index.ts";
import { createLargeShop } from "./large-shop.ts";
import type { BenchSection } from "./section.ts";
import { timeCalls, timingColumns, timingNote } from "./timing.ts";

const size = { products: 100_000, orders: 100_000, sessions: 100_000 };
const ruleCount = 200;
const rounds = 10_000;

const refined: Partial<Strategy> = {
  weights: { margin: 0.3, stockCover: 0.2, novelty: 0.2 },
  diversity: { lambda: 0.8, calibration: 0.2 },
  perBrand: 2,
  temperature: 0.1,
};

/** The engine's own strategies, as they are and with everything on top. */
const variants: Readonly<Record<string, (strategy: Strategy) => Strategy>> = {
  "200 rules": (strategy) => strategy,
  "200 rules, factors, caps, MMR and calibration": (strategy) => ({ ...strategy, ...refined }),
};

export async function benchDecisionRules(): Promise<BenchSection> {
  const rows: string[][] = [];
  const trained = await createEngine(createLargeShop(size));
  for (const [name, variant] of Object.entries(variants)) {
    const strategies = defaultStrategies.map(variant);
    rows.push(...measure(name, await openEngine(trained.parts, { strategies, rules: createRules(ruleCount) })));
  }
  const count = (number: number): string => number.toLocaleString("en");
  return {
    title: "Time of a decision with rules",
    conditions: [
      `In process, one thread, a synthetic shop of ${count(size.products)} products with ${count(size.orders)} orders and ${count(size.sessions)} sessions; ${count(rounds)} decisions of 8 items each after a warm-up, each of another product or session, explanations and receipt included. ${ruleCount} active rules: a third ask about the place and the cart, a third about the brand or category of the page's product, a third about the time; they boost, bury, filter, cap and pin.`,
      timingNote,
    ],
    columns: ["Decision", "Placement", ...timingColumns],
    rows,
  };
}

function measure(name: string, engine: Engine): string[][] {
  const { ids } = engine.catalogue;
  const productAt = (round: number): string => ids.idOf((round * 7) % ids.size);
  const asks = {
    "product page": (round: number) =>
      engine.recommend({ placement: "pdp", productId: productAt(round), visitorId: `v${round}` }),
    "home, in a session": (round: number) =>
      engine.recommend({
        placement: "homepage",
        session: [0, 1, 2, 3].map((step) => productAt(round * 5 + step)),
        visitorId: `v${round}`,
      }),
    "cart of three": (round: number) =>
      engine.recommend({
        placement: "cart",
        cart: [0, 1, 2].map((step) => ({ productId: productAt(round * 3 + step), quantity: 1 })),
        visitorId: `v${round}`,
      }),
  };
  return Object.entries(asks).map(([placement, ask]) => {
    timeCalls((round) => void ask(round), rounds / 5);
    return [name, placement, ...timeCalls((round) => void ask(round), rounds)];
  });
}

function createRules(count: number): MerchandisingRule[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `rule-${index}`,
    name: `Rule ${index}`,
    priority: index % 10,
    active: true,
    when: whenOf(index),
    actions: [actionOf(index)],
  }));
}

function whenOf(index: number): MerchandisingRule["when"] {
  if (index % 3 === 0) {
    return {
      all: [
        { field: "context.placement", operator: "in", value: index % 2 === 0 ? ["cart", "pdp"] : ["homepage"] },
        { not: { field: "cart.units", operator: "moreThan", value: 2 + (index % 40) } },
      ],
    };
  }
  if (index % 3 === 1) return { field: "product.brand", operator: "is", value: `Brand ${index}` };
  return { field: "time.hour", operator: "between", value: { from: index % 24, to: index % 24 } };
}

function actionOf(index: number): MerchandisingRule["actions"][number] {
  const products = { field: "product.brand", operator: "is", value: `Brand ${index * 3}` } as const;
  switch (index % 5) {
    case 0:
      return { type: "boost", products, factor: 1.5 };
    case 1:
      return { type: "bury", products, factor: 0.5 };
    case 2:
      return { type: "filter", products, show: "never" };
    case 3:
      return { type: "cap", products, most: 2 };
    default:
      return { type: "pin", product: `p${index}`, position: 1 + (index % 8) };
  }
}
