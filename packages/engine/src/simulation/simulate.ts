/** Lets visitors walk the shop under one policy. */
import { requireInteger } from "../errors.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { createOutcomes, type VisitOutcomes } from "./outcomes.ts";
import { month, type ShopperPopulation } from "./shoppers/population.ts";
import type { ShopperPolicy } from "./shoppers/policy.ts";
import { visitsOf, type Visit } from "./shoppers/visits.ts";

/** Who walks, and how long they are followed. */
export interface SimulationOptions extends TrainingControls {
  /** Any text. The same seed brings the same visitors with the same luck, whatever the policy. */
  readonly seed: string;
  /** Default 1000. */
  readonly visitors?: number;
  /** Months of 30 days from each visitor's first visit, at least 1. Default 6. */
  readonly months?: number;
}

/**
 * Walks every visitor through their months. Lets others run at least every 50 ms of its own work.
 * @returns a row a visitor; under another policy with the same seed, the same row is the same visitor
 * @throws InvalidOption when `visitors` or `months` is not a positive integer
 * @example
 * const outcomes = await simulateVisits(population, showNothing, { seed: "spring", visitors: 500 });
 * outcomes.revenue[0]; // of the first visitor, in cents
 */
export async function simulateVisits(
  population: ShopperPopulation,
  policy: ShopperPolicy,
  { seed, visitors = 1000, months = 6, ...controls }: SimulationOptions,
): Promise<VisitOutcomes> {
  requireInteger("visitors", visitors, 1);
  requireInteger("months", months, 1);
  const outcomes = createOutcomes(visitors);
  const pace = createPacer("walking the shop", visitors, controls);
  for (let visitor = 0; visitor < visitors; visitor++) {
    if (pace.isDue()) await pace.rest(visitor);
    let firstMonthEnds = Infinity;
    for (const visit of visitsOf(`${seed} ${visitor}`, population, policy, months)) {
      firstMonthEnds = Math.min(firstMonthEnds, visit.at + month);
      note(outcomes, visitor, visit, visit.at < firstMonthEnds, population);
    }
  }
  pace.finish();
  return outcomes;
}

function note(
  outcomes: VisitOutcomes,
  visitor: number,
  { bought, added, views, looks, clicks }: Visit,
  inFirstMonth: boolean,
  { prices, margins }: ShopperPopulation,
): void {
  outcomes.visits[visitor]++;
  outcomes.views[visitor] += views;
  outcomes.looks[visitor] += looks;
  outcomes.clicks[visitor] += clicks;
  if (bought.length === 0) return;
  const revenue = sumAt(prices, bought);
  outcomes.orders[visitor]++;
  outcomes.units[visitor] += bought.length;
  outcomes.revenue[visitor] += revenue;
  if (inFirstMonth) outcomes.firstMonthRevenue[visitor] += revenue;
  outcomes.margin[visitor] += sumAt(margins, bought);
  outcomes.addedRevenue[visitor] += sumAt(prices, added);
}

function sumAt(column: Float64Array, products: readonly number[]): number {
  return products.reduce((sum, product) => sum + column[product], 0);
}
