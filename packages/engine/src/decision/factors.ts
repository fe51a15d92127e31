/**
 * What bends a score besides relevance, each from 0, worst, to 1, best:
 *
 * - margin: the expected net margin after returns as a share of the net price (`margin.ts`), 0 where a sale loses money.
 *   A share, not an amount: amounts would push dear products, which fewer shoppers buy.
 * - stock cover: days of supply d = units / expected units a day, as d / (d + 30).
 * - novelty: new or unseen, fresh + unseen - fresh x unseen. Fresh is 30 / (30 + days since publication); unseen is
 *   1 / (1 + exposures / mean exposures), a falling function of how likely a shopper knows the product already: Vargas
 *   and Castells, "Rank and relevance in novelty and diversity metrics", RecSys 2011, section 3.
 *
 * NaN where it is not known.
 */
import { ledgerOf } from "../catalogue/ledger.ts";
import { expectedMargin } from "./margin.ts";
import type { Question } from "./question.ts";

/** Names of the factors with a value of their own. */
export const factorNames = ["margin", "stockCover", "novelty"] as const;
/** A factor with a value of its own. */
export type FactorName = (typeof factorNames)[number];

/** Value of a factor for a product. */
export type Factor = (product: number) => number;

const day = 86_400_000;
/** Days of supply, and days since publication, at which the factor is one half. */
const halfDays = 30;

/** How each factor is worked out for one request. */
export const factors: Readonly<Record<FactorName, (question: Question) => Factor>> = {
  margin(question) {
    const { rate } = expectedMargin(question);
    return (product) => Math.min(1, Math.max(0, rate(product)));
  },
  stockCover({ context, state: { catalogue, facts } }) {
    const { units } = ledgerOf(catalogue, context.market);
    return (product) => units(product) / (units(product) + halfDays * (facts?.dailyDemand[product] ?? NaN));
  },
  novelty({ context, state: { catalogue, facts }, occasion: { now } }) {
    const { publishedAt } = ledgerOf(catalogue, context.market);
    const exposures = facts?.exposures;
    const mean = exposures ? meanOf(exposures) : 0;
    return (product) => {
      const age = Math.max(0, now - publishedAt(product)) / day;
      const fresh = Number.isNaN(age) ? 0 : halfDays / (halfDays + age);
      const unseen = exposures && mean > 0 ? 1 / (1 + (exposures[product] ?? 0) / mean) : NaN;
      if (Number.isNaN(unseen)) return Number.isNaN(age) ? NaN : fresh;
      return fresh + unseen - fresh * unseen;
    };
  },
};

/** Means of columns that never change. */
const means = new WeakMap<Float64Array, number>();

function meanOf(column: Float64Array): number {
  const mean = means.get(column) ?? column.reduce((sum, value) => sum + value, 0) / Math.max(1, column.length);
  means.set(column, mean);
  return mean;
}
