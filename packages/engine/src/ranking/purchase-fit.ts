/**
 * Fits a purchase ranker to its shop: the newest purchases are held back, everything is read from the older ones, and
 * the weights are those that would have ranked what was bought then best - fitted ones, or the default ones where these
 * do better by customers who took no part in the fit. Only then is all of it read.
 */
import { rowOf } from "../matrix/sparse.ts";
import { TopK } from "../matrix/top-k.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { createRandom, type Random } from "../random/generator.ts";
import { basketsByCustomer, selectBaskets, type CustomerBaskets } from "../history/customer-baskets.ts";
import { purchaseHistories, type PurchaseQuestion } from "../sequences/index.ts";
import { createCandidateFinder } from "./candidates.ts";
import { createCatalogueRanker } from "./catalogue-ranker.ts";
import type { Answered, RankingList } from "./lists.ts";
import { chooseWeights, type ChosenWeights, type PurchaseReach } from "./purchase-choice.ts";
import { createListMaker } from "./purchase-lists.ts";
import { buildPurchaseParts, type PurchaseKnowledge, type PurchaseParts } from "./purchase-parts.ts";
import { purchasePlan } from "./purchase-plan.ts";
import type { PurchaseBuild } from "./purchase-settings.ts";
import { defaultPurchaseWeights } from "./purchase-weights.ts";
import { featureNames } from "./ranker.ts";
import { namedWeights, type Weights } from "./weights.ts";

/**
 * What is held back to fit on: the last basket of each customer, whenever it was, or everything of the last so many days.
 * Days are honest about trends, baskets are all there is without dates.
 */
export type HeldBackPurchases = "last-basket" | { readonly days: number };

export interface PurchaseFitOptions extends PurchaseKnowledge, TrainingControls {
  readonly build: PurchaseBuild;
  readonly reach: PurchaseReach;
  readonly heldBack: HeldBackPurchases;
  /** Customers to fit on at most, drawn by chance: each takes about 30 kB while fitting. */
  readonly mostCustomers: number;
}

/** What was found for a shop. */
export interface PurchaseFit extends ChosenWeights {
  /** Customers the fitted weights are from; 0 where there were too few, or where the default weights rank better. */
  readonly customers: number;
}

/** Fewer customers would teach noise. */
const fewestCustomers = 200;
const samplingOf = { list: { leaders: 200, others: 0 }, catalogue: { leaders: 60, others: 100 } } as const;

/**
 * @returns undefined where there is too little to learn from: the default weights serve
 * @example
 * const fit = await fitPurchases(view, { build: "next-basket", heldBack: "last-basket", mostCustomers: 5000 });
 */
export async function fitPurchases(
  data: CustomerBaskets,
  { build, reach, heldBack, mostCustomers, attributes, alike, ...controls }: PurchaseFitOptions,
): Promise<PurchaseFit | undefined> {
  const { older, answered } = splitPurchases(data, heldBack);
  if (Math.min(answered.length, mostCustomers) < fewestCustomers) return undefined;
  const parts = await buildPurchaseParts(older, build, { attributes, alike, ...controls });
  const plan = purchasePlan(parts);
  const defaults = defaultWeights(parts);
  const random = createRandom("purchases held back");
  const makeList = createListMaker(
    plan.productCount,
    createCandidateFinder(plan),
    createCatalogueRanker(plan, defaults),
    { ...samplingOf[reach], random },
  );
  const drawn = drawSome(answered, mostCustomers, random.fork("customers"));
  const listsOf: RankingList[][] = [];
  const pace = createPacer("asking past customers", drawn.length, controls);
  for (const [place, { question, next }] of drawn.entries()) {
    if (pace.isDue()) await pace.rest(place);
    const lists = (plan.bucketCount === 1 ? [false] : [true, false]).map((repeats) => {
      const asked = { ...question, repeats };
      return makeList({ question: asked, next }, plan.bucketOf(asked));
    });
    listsOf.push(lists.filter((list) => list !== undefined));
  }
  pace.finish();
  const width = plan.features.length;
  const penalties = { sharedPenalty: 1e-4, bucketPenalty: 1e-4, iterations: 60 };
  const { bucketCount } = plan;
  const chosen = await chooseWeights(listsOf, defaults, reach, { width, bucketCount, ...penalties, ...controls });
  return { ...chosen, customers: chosen.choices.some((choice) => choice.chosen === "fitted") ? drawn.length : 0 };
}

/** The same weights for both kinds of questions. */
export function defaultWeights(parts: PurchaseParts): Weights {
  const names = featureNames(purchasePlan(parts));
  return namedWeights(names, defaultPurchaseWeights(names, parts.build));
}

/** A simple random sample without replacement, in the order given. */
function drawSome<Item>(items: readonly Item[], count: number, random: Random): readonly Item[] {
  if (items.length <= count) return items;
  const chosen = new TopK(count);
  for (let index = 0; index < items.length; index++) chosen.offer(index, random.next());
  return Array.from(chosen.ranked().products.sort(), (index) => items[index]);
}

/** The data as it was before, and what each customer who was known then bought after. */
export interface SplitPurchases {
  readonly older: CustomerBaskets;
  readonly answered: readonly Answered<PurchaseQuestion>[];
}

/**
 * @example
 * const { older, answered } = splitPurchases(view, { days: 30 });
 */
export function splitPurchases(data: CustomerBaskets, heldBack: HeldBackPurchases): SplitPurchases {
  const isHeldBack = markHeldBack(data, heldBack);
  const older = selectBaskets(data, (basket) => isHeldBack[basket] === 0);
  const newest = selectBaskets(data, (basket) => isHeldBack[basket] === 1);
  const before = purchaseHistories(older);
  const after = purchaseHistories(newest);
  const answered: Answered<PurchaseQuestion>[] = [];
  for (let customer = 0; customer < data.customerCount; customer++) {
    const question = before(customer);
    const next = new Set(Array.from(after(customer).history));
    if (question.history.length > 0 && next.size > 0) answered.push({ question, next: [...next] });
  }
  return { older, answered };
}

function markHeldBack(data: CustomerBaskets, heldBack: HeldBackPurchases): Uint8Array {
  const { basketAt, baskets } = data;
  if (heldBack !== "last-basket") {
    const newest = basketAt.reduce((most, time) => Math.max(most, time), -Infinity);
    const cut = newest - heldBack.days * 86_400_000;
    return Uint8Array.from(basketAt, (time) => (time > cut ? 1 : 0));
  }
  const isHeldBack = new Uint8Array(baskets.rows);
  const basketsOf = basketsByCustomer(data);
  for (let customer = 0; customer < basketsOf.rows; customer++) {
    const last = rowOf(basketsOf, customer).at(-1);
    if (last !== undefined) isHeldBack[last] = 1;
  }
  return isHeldBack;
}
