/** Holds policies against one another: figures, lifts over a baseline with intervals, and regret against an oracle. */
import type { Effect } from "../experiments/index.ts";
import { InvalidInput, InvalidOption, requireNumber } from "../errors.ts";
import type { TrainingControls } from "../models/training.ts";
import { baseOf, figureOf, meanEffect, pairedLift, splitLift } from "./lift.ts";
import { totalOf, type SimulatedMetric, type VisitOutcomes } from "./outcomes.ts";
import type { ShopperPolicy } from "./shoppers/policy.ts";
import type { ShopperPopulation } from "./shoppers/population.ts";
import { simulateVisits } from "./simulate.ts";

/** One lift, seen in three ways. Relative: 0.15 is 15 % more. */
export interface SimulatedLift {
  /** All visitors, each walked both ways. Certain about these worlds, silent about others. */
  readonly paired: Effect;
  /** Half of the visitors each way, as a real test would see it. */
  readonly split: Effect;
  /** The mean of each world's paired lift with Student's interval over worlds; undefined for one world. */
  readonly overWorlds: Effect | undefined;
}

/** What came of one policy. */
export interface PolicyResult {
  readonly policy: string;
  readonly figures: Readonly<Record<SimulatedMetric, number>>;
  /** Clicks on products of strips that were looked at, as a share. 0 where nothing was looked at. */
  readonly clickRate: number;
  /** Share of the revenue that came out of a strip and was not meant to be spent. */
  readonly addedShare: number;
  /** Over the baseline; undefined for the baseline itself. */
  readonly lifts: Readonly<Record<SimulatedMetric, SimulatedLift>> | undefined;
  /** Revenue of a visitor, over all months, that the oracle earns more: minor units. Undefined without an oracle. */
  readonly regret: Effect | undefined;
}

/** Policies by name, the baseline among them. */
export type Policies = Readonly<Record<string, ShopperPolicy>>;

/** Outcomes of one world under every policy, by name. */
export type WorldOutcomes = Readonly<Record<string, VisitOutcomes>>;

export interface ComparisonOptions {
  /** What lifts are over. Default "none". */
  readonly baseline?: string;
  /** What regret is against. Default "oracle"; no regret where there is none of that name. */
  readonly oracle?: string;
  readonly level?: number;
}

export interface PolicyComparisonOptions extends ComparisonOptions, TrainingControls {
  readonly policies: Policies;
  /** One world of visitors each. */
  readonly seeds: readonly string[];
  /** Visitors of each world. Default 1000. */
  readonly visitors?: number;
  /** Default 6. */
  readonly months?: number;
}

/**
 * Lets the same visitors walk one shop under every policy.
 * @throws InvalidOption when there are no seeds, one is given twice, or no policy has the baseline's name; InvalidInput when
 * nobody ordered
 * @example
 * const results = await comparePolicies(population, {
 *   policies: { none: showNothing, mine, oracle: oraclePolicy },
 *   seeds: ["one", "two"],
 * });
 * results[1].lifts?.averageOrderValue.paired; // { value: 0.04, lower: 0.03, upper: 0.05, ... }
 */
export async function comparePolicies(
  population: ShopperPopulation,
  { policies, seeds, visitors, months, baseline = "none", oracle, level, ...controls }: PolicyComparisonOptions,
): Promise<readonly PolicyResult[]> {
  requireComparable(Object.keys(policies), seeds, baseline);
  const twice = seeds.find((seed, index) => seeds.indexOf(seed) < index);
  if (twice !== undefined)
    throw new InvalidOption("seeds", twice, "a seed given once: the same world twice proves nothing");
  const worlds: WorldOutcomes[] = [];
  const size = { ...(visitors !== undefined && { visitors }), ...(months !== undefined && { months }) };
  for (const seed of seeds) {
    const outcomes: Record<string, VisitOutcomes> = {};
    for (const [name, policy] of Object.entries(policies)) {
      outcomes[name] = await simulateVisits(population, policy, { seed, ...size, ...controls });
    }
    worlds.push(outcomes);
  }
  return compareOutcomes(worlds, {
    baseline,
    ...(oracle !== undefined && { oracle }),
    ...(level !== undefined && { level }),
  });
}

/**
 * The same for worlds that were walked already, for example shops of several seeds with an engine each.
 * @throws InvalidOption when a world lacks the baseline; InvalidInput when nobody ordered
 * @example
 * const [none, mine] = compareOutcomes([{ none: first, mine: second }]);
 */
export function compareOutcomes(
  worlds: readonly WorldOutcomes[],
  { baseline = "none", oracle = "oracle", level = 0.95 }: ComparisonOptions = {},
): readonly PolicyResult[] {
  requireNumber("level", level, Number.EPSILON, 1 - Number.EPSILON);
  const names = Object.keys(worlds[0] ?? {});
  requireComparable(names, worlds, baseline);
  const control = armOf(worlds, baseline);
  const best = names.includes(oracle) ? armOf(worlds, oracle) : undefined;
  return names.map((name) => {
    const arm = armOf(worlds, name);
    return {
      policy: name,
      figures: byMetric((metric) => figureOf(arm, metric)),
      clickRate: share(arm, "clicks", "looks"),
      addedShare: share(arm, "addedRevenue", "revenue"),
      lifts: name === baseline ? undefined : byMetric((metric) => liftOf(control, arm, metric, level)),
      regret: best && regretOf(best, arm, level),
    };
  });
}

/** Before hours of walking, not after. */
function requireComparable(names: readonly string[], worlds: { readonly length: number }, baseline: string): void {
  if (worlds.length === 0) throw new InvalidOption("seeds", "[]", "at least one seed");
  if (!names.includes(baseline)) throw new InvalidOption("baseline", baseline, `one of ${names.join(", ")}`);
}

function armOf(worlds: readonly WorldOutcomes[], name: string): VisitOutcomes[] {
  return worlds.map((outcomes, world) => {
    const arm = outcomes[name];
    const expected = Object.values(outcomes)[0]?.visitors;
    if (arm === undefined || arm.visitors !== expected) {
      throw new InvalidInput(`worlds[${world}].${name}`, arm?.visitors, "walked by the same visitors as the others");
    }
    return arm;
  });
}

function liftOf(
  control: readonly VisitOutcomes[],
  arm: readonly VisitOutcomes[],
  metric: SimulatedMetric,
  level: number,
): SimulatedLift {
  const ofWorld = (world: number): number => figureOf([arm[world]], metric) / baseOf([control[world]], metric) - 1;
  return {
    paired: pairedLift(control, arm, metric, level),
    split: splitLift(control, arm, metric, level),
    overWorlds: arm.length > 1 ? meanEffect(Float64Array.from(arm.keys(), ofWorld), level) : undefined,
  };
}

function regretOf(best: readonly VisitOutcomes[], arm: readonly VisitOutcomes[], level: number): Effect {
  const lost = arm.flatMap(({ revenue }, world) => Array.from(revenue, (own, row) => best[world].revenue[row] - own));
  return meanEffect(lost, level);
}

function share(arm: readonly VisitOutcomes[], above: "clicks" | "addedRevenue", below: "looks" | "revenue"): number {
  const whole = totalOf(arm.map((outcomes) => outcomes[below]));
  return whole === 0 ? 0 : totalOf(arm.map((outcomes) => outcomes[above])) / whole;
}

function byMetric<Value>(make: (metric: SimulatedMetric) => Value): Record<SimulatedMetric, Value> {
  return {
    revenuePerVisitor: make("revenuePerVisitor"),
    averageOrderValue: make("averageOrderValue"),
    conversion: make("conversion"),
    lifetimeValue: make("lifetimeValue"),
    marginPerVisitor: make("marginPerVisitor"),
  };
}
