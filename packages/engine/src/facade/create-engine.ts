/** `createEngine`: from a shop's products and orders to an engine that recommends, in one call. */
import { createCatalogue } from "../catalogue/catalogue.ts";
import type { Market, Product } from "../catalogue/product.ts";
import { createOrderHistoryBuilder, filterBots, sessionize } from "../history/index.ts";
import type { Interaction, Order } from "../history/order.ts";
import type { TrainingControls } from "../models/training.ts";
import { assembleState, type Policy } from "./state.ts";
import { engineOf, type Engine, type Surroundings } from "./engine.ts";
import { trainShop, type ShopData, type TrainingOptions } from "./train.ts";

/** A shop as plain objects. */
export interface ShopInput {
  readonly products: readonly Product[];
  /** The home market first; one market in euros when left out. */
  readonly markets?: readonly Market[];
  readonly orders: Iterable<Order>;
  /** What visitors looked at, in any order. Bots are filtered out. */
  readonly interactions?: Iterable<Interaction>;
}

/** How an engine is trained, decides, gets its ids, and reports progress. */
export type EngineOptions = TrainingOptions & Policy & Surroundings & TrainingControls;

/**
 * Trains an engine on a shop's orders. Products, orders and interactions are read in one go, about a second for 200,000
 * orders; training then lets others run at least every 50 ms.
 * @throws InvalidInput naming the product, order or strategy that cannot be used
 * @example
 * const engine = await createEngine({ products, orders });
 * const { items } = engine.recommend({ placement: "cart", cart: [{ productId: "mug", quantity: 2 }], limit: 4 });
 */
export async function createEngine(
  { products, markets, orders, interactions }: ShopInput,
  options: EngineOptions = {},
): Promise<Engine> {
  const catalogue = createCatalogue({ products, ...(markets && { markets }) });
  const builder = createOrderHistoryBuilder();
  for (const order of orders) builder.addOrder(order);
  const { history } = builder.finish(catalogue.ids);
  const sessions = interactions && filterBots(sessionize(interactions, catalogue.ids).sessions).sessions;
  return trainEngine({ catalogue, orders: history, ...(sessions && { sessions }) }, options);
}

/**
 * The same from columns, for shops that were imported from files.
 * @example
 * const { history } = builder.finish(catalogue.ids);
 * const engine = await trainEngine({ catalogue, orders: history });
 */
export async function trainEngine(data: ShopData, options: EngineOptions = {}): Promise<Engine> {
  const trained = await trainShop(data, options, options);
  const parts = { ...trained, catalogue: data.catalogue, dataVersion: trained.view.version };
  return engineOf(parts, assembleState(parts, options), options);
}
