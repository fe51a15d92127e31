/** Trains everything an engine needs from a shop's columns: affinities, models and customers' purchases. */
import { affinityRecommender, findAffinities, type Affinities, type AffinityOptions } from "../association/index.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { SourceName } from "../decision/state.ts";
import { trainContent, trainItemNeighbours, trainPopularity, trainTrending } from "../filtering/index.ts";
import { createTrainingView, customerMatrix } from "../history/index.ts";
import type { OrderHistory } from "../history/order-history.ts";
import type { SessionHistory } from "../history/session-history.ts";
import type { TrainingView } from "../history/training-view.ts";
import type { Recommender } from "../models/recommender.ts";
import type { TrainingControls } from "../models/training.ts";
import { trainVmisKnn } from "../sequences/index.ts";
import { collectPurchases, type CustomerPurchaseColumns } from "./customer-purchases.ts";

/** A shop's data as columns. */
export interface ShopData {
  readonly catalogue: Catalogue;
  readonly orders: OrderHistory;
  /** Bots already removed. */
  readonly sessions?: SessionHistory;
}

export interface TrainingOptions {
  /** Nothing at or after this time is learned from, in milliseconds since 1970; everything when left out. */
  readonly until?: number;
  readonly affinities?: AffinityOptions;
}

export interface TrainedShop {
  readonly view: TrainingView;
  readonly affinities: Affinities;
  readonly models: ReadonlyMap<SourceName, Recommender>;
  readonly purchases: CustomerPurchaseColumns;
}

/** Chosen together with the weights of `personalStrategy`, on the same validation month. */
const neighbourOptions = { weighting: "bm25", neighbours: 500, shrinkage: 0 } as const;
const halfLifeDays = 7;

/** Trains one model after another; `controls` see them all. */
export async function trainShop(
  { catalogue, orders, sessions }: ShopData,
  { until, affinities: affinityOptions }: TrainingOptions,
  controls: TrainingControls,
): Promise<TrainedShop> {
  const view = createTrainingView({
    orders,
    ...(sessions && { sessions }),
    ...(until !== undefined && { until }),
  });
  const affinities = await findAffinities(view.baskets, { ...affinityOptions, ...controls });
  const models = new Map<SourceName, Recommender>();
  models.set("bought-together", affinityRecommender(affinities));
  models.set("item-neighbours", await trainItemNeighbours(customerMatrix(view), { ...neighbourOptions, ...controls }));
  if (view.sessions.rows > 0) {
    models.set("session", await trainVmisKnn(view, { ...controls }));
  }
  models.set("similar", await trainContent(catalogue, { ...controls }));
  models.set("trending", await trainTrending(view, { ...controls }));
  models.set("popularity", await trainPopularity(view, { halfLifeDays, ...controls }));
  return { view, affinities, models, purchases: collectPurchases(view, orders.customers) };
}
