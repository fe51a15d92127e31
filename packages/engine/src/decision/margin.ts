/**
 * What selling one unit is expected to leave, after what comes back of it:
 *
 *   margin = (net price - cost) x (1 - return rate) - return cost x return rate
 *
 * with prices and costs of the home market, net of tax. A unit that comes back is sold again, so its cost is not lost;
 * where that is not so, the loss belongs into the return cost.
 */
import { ledgerOf } from "../catalogue/ledger.ts";
import type { Question } from "./question.ts";

/** Expected figures of one unit. NaN where price or cost is unknown. */
export interface ExpectedMargin {
  /** In minor units of the home market's currency, fractions included. */
  readonly amount: (product: number) => number;
  /** Share of the net price; below 0 where a sale loses money. */
  readonly rate: (product: number) => number;
}

/** Prepares the figures of one request. */
export function expectedMargin({ context, state }: Pick<Question, "context" | "state">): ExpectedMargin {
  const { catalogue, facts, economics: { taxRate = 0, returnCost = 0 } = {} } = state;
  const { homePrice, cost } = ledgerOf(catalogue, context.market);
  const netPrice = (product: number): number => homePrice(product) / (1 + taxRate);
  function amount(product: number): number {
    const returned = facts ? (facts.returnRate[product] ?? facts.shopReturnRate) : 0;
    return (netPrice(product) - cost(product)) * (1 - returned) - returnCost * returned;
  }
  return { amount, rate: (product) => amount(product) / netPrice(product) };
}
