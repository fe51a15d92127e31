/** The ranking plan for customers: what they buy next, again or for the first time, from their baskets. */
import {
  attributeSignals,
  createPurchaseReader,
  purchaseHabits,
  tableSignals,
  type PurchaseQuestion,
  type Purchases,
} from "../sequences/index.ts";
import { topOf } from "../matrix/top-k.ts";
import { bent, priorFeatures, straight, type Feature } from "./feature.ts";
import type { RankingPlan } from "./plan.ts";
import { againstAverage } from "./priors.ts";
import type { PurchaseParts } from "./purchase-parts.ts";
import { attributeReadings, purchaseSettings } from "./purchase-settings.ts";

/** Products that are candidates for every customer where a pool is asked for. */
const popularCandidates = 200;

/** Whether what the customer owns may come back, and what may not: two kinds of questions, with weights of their own. */
export const purchaseBuckets = { withRepeats: 0, newOnly: 1 } as const;

/**
 * @returns a plan over the whole catalogue: see `createCatalogueRanker`
 * @example
 * const plan = purchasePlan(await buildPurchaseParts(view, "next-basket"));
 */
export function purchasePlan(parts: PurchaseParts): RankingPlan<PurchaseQuestion> {
  const { build, productCount, attributes, priors, dated } = parts;
  const settings = purchaseSettings[build];
  const readAll = createPurchaseReader(productCount);
  const read = newestOf(readAll, settings.longestMemory);
  const readings = settings.tables.flatMap(({ name, memory, owned }) => {
    const table = parts.tables.get(name);
    return table ? [{ name, table, memory, owned }] : [];
  });
  const habits = purchaseHabits(priors, readAll);
  const hasAttributes = settings.attributes && attributes.columns > 0;
  const priorNames = [...settings.priors, ...(dated ? settings.datedPriors : [])];
  const columns: Readonly<Record<string, Float32Array>> = { ...priors };
  return {
    productCount,
    sources: [
      tableSignals(readings, read),
      ...(hasAttributes ? [attributeSignals(attributes, attributeReadings, read)] : []),
      ...(settings.habits ? [habits] : []),
    ],
    priors: againstAverage(Object.fromEntries(priorNames.map((name) => [name, columns[name]]))),
    features: [
      ...settings.tables.flatMap(signalFeature),
      ...(hasAttributes ? attributeReadings.flatMap(signalFeature) : []),
      ...straight(settings.habits ? habits.signals : []),
      ...priorFeatures(priorNames),
    ],
    pool: { size: Infinity, weights: {}, always: topOf(priors.current, popularCandidates).products },
    // Where habits are not read, both kinds of questions are the same.
    bucketCount: settings.habits ? 2 : 1,
    bucketOf: ({ repeats = false }) =>
      settings.habits && !repeats ? purchaseBuckets.newOnly : purchaseBuckets.withRepeats,
  };
}

/** A reader that leaves out what is long past; what the customer owns stays known. */
export function newestOf(
  read: (question: PurchaseQuestion) => Purchases,
  most: number,
): (question: PurchaseQuestion) => Purchases {
  let all: Purchases | undefined;
  let newest: Purchases;
  return (question) => {
    const purchases = read(question);
    if (purchases !== all) {
      const { products, basketsAgo } = purchases;
      newest = { ...purchases, products: products.slice(-most), basketsAgo: basketsAgo.slice(-most) };
    }
    all = purchases;
    return newest;
  };
}

function signalFeature({ name, knot }: { readonly name: string; readonly knot?: number }): Feature[] {
  return knot === undefined ? straight([name]) : bent([name], [knot]);
}
