/**
 * What strategies earn from shoppers with known tastes: the demo shop of twenty seeds, each with an engine trained on its
 * own history, walked under every policy by the same visitors. The shoppers are those of docs/simulation.md.
 */
import type { Effect } from "../src/experiments/index.ts";
import { createEngine } from "../src/index.ts";
import {
  bestsellersOf,
  compareOutcomes,
  createDemoShop,
  createShopperPopulation,
  oraclePolicy,
  showNothing,
  simulateVisits,
  type Policies,
  type PolicyResult,
  type ShopperPopulation,
  type SimulatedLift,
  type SimulatedMetric,
  type VisitOutcomes,
  type WorldOutcomes,
} from "../src/simulation/index.ts";
import type { BenchSection } from "./section.ts";

const worlds = 20;
const visitors = 2000;
const months = 6;

/** The lift of the average order value that is aimed for. */
const aim = 0.15;

const names: Readonly<Record<string, string>> = {
  none: "no recommendations",
  bestsellers: "bestsellers everywhere",
  default: "default strategies",
  oracle: "oracle",
};

export async function benchSimulation(): Promise<BenchSection> {
  const outcomes: WorldOutcomes[] = [];
  for (let world = 0; world < worlds; world++) outcomes.push(await walkWorld(`world ${world + 1}`));
  const results = compareOutcomes(outcomes);
  return {
    title: "Simulated shoppers",
    conditions: [
      `${worlds} demo shops of as many seeds, an engine trained on each one's two years of orders and visits, and ${visitors} visitors for each shop, followed for ${months} months; every visitor walks under every policy with the same luck. How shoppers behave was frozen beforehand and stands with its sources in [simulation](simulation.md). Lifts are over no recommendations: the mean of the shops' lifts with a 95 % interval over shops. The oracle knows every taste and shows what earns most on the page. Revenue for each visitor is that of the first month, lifetime value that of all six, regret what the oracle earns more in them.`,
      verdictOf(outcomes, results),
    ],
    columns: [
      "Policy",
      "average order value",
      "revenue a visitor",
      "conversion",
      "lifetime value",
      "margin a visitor",
      "clicks of looks",
      "regret a visitor",
    ],
    rows: results.map(rowOf),
  };
}

async function walkWorld(seed: string): Promise<WorldOutcomes> {
  const shop = createDemoShop({ seed, picture: () => "" });
  const population = createShopperPopulation(shop);
  const outcomes: Record<string, VisitOutcomes> = {};
  for (const [name, policy] of Object.entries(await policiesOf(population))) {
    outcomes[name] = await simulateVisits(population, policy, { seed, visitors, months });
  }
  return outcomes;
}

/** Nobody is held out: the strategies themselves are measured, not a test of them. */
async function policiesOf(population: ShopperPopulation): Promise<Policies> {
  const { shop } = population;
  const engine = await createEngine(shop, { holdout: { salt: "none", share: 0 }, now: () => shop.until });
  return {
    none: showNothing,
    bestsellers: bestsellersOf(population),
    default: (request) => engine.recommend(request).recommendedProducts,
    oracle: oraclePolicy,
  };
}

function verdictOf(outcomes: readonly WorldOutcomes[], results: readonly PolicyResult[]): string {
  const mine = liftsOf(results, "default");
  const best = liftsOf(results, "oracle");
  const overBestsellers = liftsOf(compareOutcomes(outcomes, { baseline: "bestsellers" }), "default");
  const order = overWorlds(mine.averageOrderValue);
  const reached = order.value >= aim ? "met" : "not met";
  const ahead = overWorlds(overBestsellers.averageOrderValue);
  const beaten = ahead.lower > 0 ? "beat" : "do not certainly beat";
  const { lower, upper } = mine.averageOrderValue.split;
  return [
    `The aim of ${percent(aim, 0)} more for an average order is ${reached}: the default strategies raise it by ${percent(order.value)}, and the oracle itself by ${percent(overWorlds(best.averageOrderValue).value)}.`,
    `They ${beaten} bestsellers everywhere: average order value ${withInterval(ahead)}, lifetime value ${withInterval(overWorlds(overBestsellers.lifetimeValue))} over those.`,
    `A real test of all these visitors, half of them each way, would have found the average order value between ${signed(lower)} and ${signed(upper)} with the default strategies.`,
  ].join(" ");
}

function liftsOf(results: readonly PolicyResult[], name: string): NonNullable<PolicyResult["lifts"]> {
  const lifts = results.find(({ policy }) => policy === name)?.lifts;
  if (!lifts) throw new Error(`${name} was not measured.`);
  return lifts;
}

function overWorlds({ overWorlds: effect }: SimulatedLift): Effect {
  if (!effect) throw new Error("One world is not enough.");
  return effect;
}

function rowOf({ policy, figures, lifts, clickRate, regret }: PolicyResult): string[] {
  const money = (minor: number): string => `${(minor / 100).toFixed(2)} €`;
  const cell = (metric: SimulatedMetric): string => {
    const figure = metric === "conversion" ? percent(figures.conversion, 2) : money(figures[metric]);
    const lift = lifts?.[metric].overWorlds;
    return lift ? `${figure}, ${withInterval(lift)}` : figure;
  };
  return [
    names[policy] ?? policy,
    cell("averageOrderValue"),
    cell("revenuePerVisitor"),
    cell("conversion"),
    cell("lifetimeValue"),
    cell("marginPerVisitor"),
    percent(clickRate, 2),
    regret ? `${money(regret.value)} (${money(regret.lower)} to ${money(regret.upper)})` : "",
  ];
}

function withInterval({ value, lower, upper }: Effect): string {
  return `${signed(value)} (${signed(lower)} to ${signed(upper)})`;
}

function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`;
}

function signed(share: number): string {
  return `${share < 0 ? "" : "+"}${percent(share)}`;
}
