/** Trains everything an engine needs from a shop's columns: affinities, models, rankers and customers' purchases. */
import { affinityRecommender, findAffinities, type Affinities, type AffinityOptions } from "../association/index.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { SourceModel, SourceName } from "../decision/state.ts";
import { trainContent, trainItemNeighbours, trainPopularity, trainTrending } from "../filtering/index.ts";
import { createTrainingViewInPieces } from "../history/create-training-view.ts";
import type { OrderHistory } from "../history/order-history.ts";
import type { SessionHistory } from "../history/session-history.ts";
import { customerMatrixInPieces, type TrainingView } from "../history/training-view.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { trainVmisKnn } from "../sequences/index.ts";
import { collectPurchases, type CustomerPurchaseColumns } from "./customer-purchases.ts";

/** A shop's data as columns. */
export interface ShopData {
  readonly catalogue: Catalogue;
  readonly orders: OrderHistory;
  /** Bots already removed. */
  readonly sessions?: SessionHistory;
}

/** What is learned from, and how strict affinities are. */
export interface TrainingOptions {
  /** Nothing at or after this time is learned from, in milliseconds since 1970; everything when left out. */
  readonly until?: number;
  readonly affinities?: AffinityOptions;
}

export interface TrainedShop {
  readonly view: TrainingView;
  readonly affinities: Affinities;
  readonly models: ReadonlyMap<SourceName, SourceModel>;
  readonly purchases: CustomerPurchaseColumns;
}

/** Chosen together with the weights of `personalStrategy`, on the same validation month. */
const neighbourOptions = { weighting: "bm25", neighbours: 500, shrinkage: 0 } as const;
/** Best of those tried on the validation part of Serenade's example sessions. */
const sessionOptions = { m: 1500, k: 300, maxItems: 4 } as const;

const day = 86_400_000;
/** Lines a product that one half-life of popularity should hold on average: fewer are noise, more are old news. */
const linesPerProduct = 3;
const shortestHalfLifeDays = 7;
const longestHalfLifeDays = 90;

/** Trains one model after another; `controls` see them all. */
export async function trainShop(
  { catalogue, orders, sessions }: ShopData,
  { until, affinities: affinityOptions }: TrainingOptions,
  controls: TrainingControls,
): Promise<TrainedShop> {
  const pace = createPacer("reading history", 3, controls);
  const dates = { ...(sessions && { sessions }), ...(until !== undefined && { until }) };
  const view = await pace.through(createTrainingViewInPieces({ orders, ...dates }), 0);
  const customers = await pace.through(customerMatrixInPieces(view), 1);
  const purchases = await pace.through(collectPurchases(view, orders.customers), 2);
  pace.finish();

  const affinities = await findAffinities(view.baskets, { ...affinityOptions, ...controls });
  const models = new Map<SourceName, SourceModel>();
  models.set("bought-together", affinityRecommender(affinities));
  models.set("item-neighbours", await trainItemNeighbours(customers, { ...neighbourOptions, ...controls }));
  if (view.sessions.rows > 0) {
    models.set("session", await trainVmisKnn(view, { ...sessionOptions, ...controls }));
  }
  const similar = await trainContent(catalogue, { ...controls });
  models.set("similar", similar);
  models.set("trending", await trainTrending(view, { ...controls }));
  const { trainRankers } = await import("./train-rankers.ts");
  for (const [name, ranker] of await trainRankers(view, similar, controls)) models.set(name, ranker);
  models.set("popularity", await trainPopularity(view, { halfLifeDays: halfLifeOf(view), ...controls }));
  return { view, affinities, models, purchases };
}

/** Busy shops forget within a week, quiet ones remember for a season. Judged by the sales of the last 90 days. */
function halfLifeOf({ baskets, basketAt, until }: TrainingView): number {
  const since = until - longestHalfLifeDays * day;
  let recentLines = 0;
  const isSold = new Uint8Array(baskets.columns);
  for (let basket = baskets.rows - 1; basket >= 0 && basketAt[basket] >= since; basket--) {
    for (let i = baskets.offsets[basket]; i < baskets.offsets[basket + 1]; i++) isSold[baskets.indices[i]] = 1;
    recentLines += baskets.offsets[basket + 1] - baskets.offsets[basket];
  }
  if (recentLines === 0) return longestHalfLifeDays;
  const soldProducts = isSold.reduce((count, sold) => count + sold, 0);
  const days = (linesPerProduct * soldProducts * longestHalfLifeDays) / recentLines;
  return Math.min(longestHalfLifeDays, Math.max(shortestHalfLifeDays, days));
}
