/**
 * What a row of a page is worth, so that rows compete for the shopper's attention: the sum over its places of
 * 0.8^place x strength x expected margin after returns. A shopper who looks at one place goes on to the next with
 * probability 0.8: Moffat and Zobel, "Rank-biased precision for measurement of retrieval effectiveness", TOIS 2008. The
 * strength of a product is its share, from 0 to 1, of the relevance it would have if every source that spoke put it
 * first: that makes rows of different strategies comparable. In minor units of the home market, and in no other sense a
 * forecast: strength is no probability of purchase.
 */
import { ledgerOf } from "../catalogue/ledger.ts";
import { expectedMargin } from "./margin.ts";
import type { Question } from "./question.ts";
import type { Steps } from "./trace.ts";

/** Chance of going on to the next place. */
const persistence = 0.8;

/** @returns 0 for a row that shows nothing or rests on no evidence */
export function valueOf({ context, candidates, scored, picks }: Steps, state: Question["state"]): number {
  const loudest = candidates.proposals.filter(({ tier }) => tier === 0).reduce((sum, { use }) => sum + use.weight, 0);
  const earned = earnings({ context, state }, picks);
  let value = 0;
  let weight = 1;
  for (const { product } of picks) {
    const relevance = scored.relevance[scored.products.indexOf(product)];
    value += weight * (loudest > 0 ? Math.max(0, relevance) / loudest : 0) * earned(product);
    weight *= persistence;
  }
  return value;
}

/** Expected margin of a product; where its cost is unknown, by the row's mean rate; the price where all are unknown. */
function earnings(question: Pick<Question, "context" | "state">, picks: Steps["picks"]): (product: number) => number {
  const { amount, rate } = expectedMargin(question);
  const { homePrice } = ledgerOf(question.state.catalogue, question.context.market);
  const rates = picks.map(({ product }) => rate(product)).filter((own) => !Number.isNaN(own));
  const mean = rates.length === 0 ? 1 : rates.reduce((sum, own) => sum + own, 0) / rates.length;
  return (product) => {
    const own = amount(product);
    const known = Number.isNaN(own) ? homePrice(product) * mean : own;
    return Number.isNaN(known) ? 0 : Math.max(0, known);
  };
}
