/** How good would the engine have been last month? Trains on everything before and asks about what was bought then. */
import { gatherCandidates } from "../decision/candidates.ts";
import { rankCandidates } from "../decision/rank.ts";
import type { DecisionState } from "../decision/state.ts";
import { personalStrategy, type Strategy } from "../decision/strategy.ts";
import { marketOf } from "../catalogue/catalogue.ts";
import {
  evaluateNextPurchases,
  type Contender,
  type NextPurchaseReport,
  type PurchaseQuery,
} from "../evaluation/index.ts";
import type { OrderHistory } from "../history/order-history.ts";
import { createRandom } from "../random/generator.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import { assembleState } from "./state.ts";
import { trainShop, type ShopData } from "./train.ts";

/** What is asked about, and how many are asked. */
export interface LastMonthOptions extends TrainingControls {
  /** Days at the end of the history that are kept from training and asked about. */
  readonly horizonDays?: number;
  /** Customers judged at most, drawn by chance. A thousand, and fewer where the catalogue is very large. */
  readonly maximumCustomers?: number;
}

const day = 86_400_000;

/**
 * Judges the personal strategy and its sources on first purchases of known customers.
 * @throws InvalidInput when the history is too short to judge by: no known customer bought anything new in the horizon
 * @example
 * const report = await evaluateLastMonth({ catalogue, orders });
 * report.rows[0].areaUnderCurve.value - report.popularity.areaUnderCurve.value;
 */
export async function evaluateLastMonth(
  data: ShopData,
  { horizonDays = 30, maximumCustomers = affordableCustomers(data), ...controls }: LastMonthOptions = {},
): Promise<NextPurchaseReport> {
  const { placedAt } = data.orders;
  const cut = placedAt[placedAt.length - 1] + 1 - horizonDays * day;
  const trained = await trainShop(data, { until: cut }, controls);
  const parts = { ...trained, catalogue: data.catalogue, dataVersion: trained.view.version };
  const state = await paced("joining models", assembleState(parts, {}), controls);
  const sources = ["item-neighbours", "similar"] as const;
  return evaluateNextPurchases({
    view: trained.view,
    orders: data.orders,
    recommenders: [
      strategyContender("personal strategy", personalStrategy, state, data.orders),
      ...sources.flatMap((name) => {
        const recommender = trained.models.get(name);
        return recommender ? [{ name, recommender }] : [];
      }),
    ],
    random: createRandom("last month"),
    cut,
    horizonDays,
    maximumCustomers,
    ...controls,
  });
}

/** Each customer costs a ranking of the whole catalogue: with 100,000 products a thousand of them would take minutes. */
function affordableCustomers({ catalogue }: ShopData): number {
  return Math.round(Math.min(1000, Math.max(100, 1e7 / catalogue.products.length)));
}

/** A strategy's relevance over the whole catalogue, for a customer of whom only the purchases are known. */
function strategyContender(name: string, strategy: Strategy, state: DecisionState, orders: OrderHistory): Contender {
  const size = state.catalogue.products.length;
  const exhaustive = { ...strategy, candidates: size };
  const { customers } = orders;
  return {
    name,
    score({ customer }: PurchaseQuery) {
      const customerId = customers.idOf(customer);
      const purchases = Array.from(state.customers.of(customerId));
      const startingPoints = { product: [], cart: [], session: [], purchases, nothing: [] };
      const context = {
        market: marketOf(state.catalogue),
        arm: "unassigned",
        startingPoints,
        basketEnds: state.customers.basketEndsOf?.(customerId),
        unknownProducts: [],
      } as const;
      const scores = new Float64Array(size);
      const ranked = rankCandidates(gatherCandidates(context, exhaustive, state).proposals, state.catalogue);
      for (const [place, product] of ranked.products.entries()) scores[product] = ranked.relevance[place];
      return scores;
    },
  };
}
