/** The ranking plan for customers: what they buy next, again or for the first time, from their baskets. */
import { customerMatrix } from "../history/training-view.ts";
import { topOf } from "../matrix/top-k.ts";
import type { NeighbourTable } from "../models/neighbour-table.ts";
import type { TrainingControls } from "../models/training.ts";
import {
  basketTransitions,
  coPurchases,
  createPurchaseReader,
  purchaseHabits,
  purchasePriors,
  tableSignals,
  type CustomerBaskets,
  type PurchasePriors,
  type PurchaseQuestion,
} from "../sequences/index.ts";
import { bent, priorFeatures, straight } from "./feature.ts";
import type { RankingPlan } from "./plan.ts";

/** What the purchase signals are read from. */
export interface PurchaseParts {
  readonly productCount: number;
  readonly together: NeighbourTable;
  readonly follows: NeighbourTable;
  readonly priors: PurchasePriors;
}

/** How far the tables reach. Chosen on the last but one basket of Ta-Feng's customers. */
export const purchaseSettings = {
  together: { shrinkage: 10, diagonal: true, rowLength: 300 },
  follows: {
    weightOfGap: (gap: number): number => 0.8 ** (gap - 1),
    longestGap: 7,
    fromPower: 0.7,
    toPower: 0.25,
    shrinkage: 10,
    backward: 0,
    rowLength: 300,
  },
  /** Weight of a basket against the one after it, where each table is asked. */
  togetherMemory: 0.9,
  followsMemory: 0.7,
} as const;

/** Reads the baskets: everything but the weights. */
export async function buildPurchaseParts(
  data: CustomerBaskets,
  controls: TrainingControls = {},
): Promise<PurchaseParts> {
  const priors = purchasePriors(data);
  const popularity = priors.popularity.map((logarithm) => Math.exp(logarithm) - 1);
  return {
    productCount: data.productCount,
    together: await coPurchases(customerMatrix(data), purchaseSettings.together, controls),
    follows: await basketTransitions(data, popularity, purchaseSettings.follows, controls),
    priors,
  };
}

/** Products that are candidates for every customer, by how current they are. */
const currentCandidates = 200;

/**
 * @param poolSize candidates; all that a signal touches by default
 * @example
 * const plan = purchasePlan(await buildPurchaseParts(view));
 */
export function purchasePlan(
  { productCount, together, follows, priors }: PurchaseParts,
  poolSize = Infinity,
): RankingPlan<PurchaseQuestion> {
  const read = createPurchaseReader(productCount);
  const { togetherMemory, followsMemory } = purchaseSettings;
  const tables = tableSignals(
    [
      { name: "together", table: together, memory: togetherMemory, owned: true },
      { name: "follows", table: follows, memory: followsMemory, owned: true },
    ],
    read,
  );
  const habits = purchaseHabits(priors, read);
  const columns = { popularity: priors.popularity, current: priors.current, discovered: priors.discovered };
  return {
    productCount,
    sources: [tables, habits],
    priors: columns,
    features: [
      ...bent(["together"], [0.001]),
      ...straight(["follows", ...habits.signals]),
      ...priorFeatures(Object.keys(columns)),
    ],
    pool: {
      size: poolSize,
      weights: { together: 1, follows: 2, owned: 1, times: 1 },
      prior: { name: "current", weight: 0.2 },
      always: topOf(priors.current, currentCandidates).products,
    },
    bucketCount: 1,
    bucketOf: () => 0,
  };
}
