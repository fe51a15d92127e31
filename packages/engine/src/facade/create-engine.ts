/** `createEngine`: from a shop's products and orders to an engine that recommends, in one call. */
import { createCatalogueInPieces } from "../catalogue/catalogue.ts";
import type { Identifiers } from "../catalogue/identifiers.ts";
import type { Market, Product } from "../catalogue/product.ts";
import { filterBotsInPieces } from "../history/bots.ts";
import type { Interaction, Order } from "../history/order.ts";
import { createOrderHistoryBuilder } from "../history/order-history-builder.ts";
import type { OrderHistory } from "../history/order-history.ts";
import type { SessionHistory } from "../history/session-history.ts";
import { sessionizeInPieces } from "../history/sessionizer.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import { openEngine, type Engine, type Surroundings } from "./engine.ts";
import { measureProducts } from "./product-facts.ts";
import type { Policy } from "./state.ts";
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
 * Trains an engine on a shop's orders. Lets others run at least every 50 ms, from the first product to the last model.
 * @throws InvalidInput naming the product, order or strategy that cannot be used
 * @example
 * const engine = await createEngine({ products, orders });
 * const { items } = engine.recommend({ placement: "cart", cart: [{ productId: "mug", quantity: 2 }], limit: 4 });
 */
export async function createEngine(shop: ShopInput, options: EngineOptions = {}): Promise<Engine> {
  return trainEngine(await readShopInput(shop, options), options);
}

/**
 * The same from columns, for shops that were imported from files.
 * @example
 * const { history } = builder.finish(catalogue.ids);
 * const engine = await trainEngine({ catalogue, orders: history });
 */
export async function trainEngine(data: ShopData, options: EngineOptions = {}): Promise<Engine> {
  const trained = await trainShop(data, options, options);
  const facts = await paced("measuring products", measureProducts(data, options.until), options);
  return openEngine({ ...trained, catalogue: data.catalogue, dataVersion: trained.view.version, facts }, options);
}

async function readShopInput(
  { products, markets, orders, interactions = [] }: ShopInput,
  controls: TrainingControls,
): Promise<ShopData> {
  const input = { products, ...(markets && { markets }) };
  const catalogue = await paced("reading products", createCatalogueInPieces(input), controls);
  return {
    catalogue,
    orders: await paced("reading orders", readOrders(orders, catalogue.ids), controls),
    sessions: await paced("reading visits", readVisits(interactions, catalogue.ids), controls),
  };
}

/** Orders that are read between two pauses. */
const ordersAPiece = 256;

function* readOrders(orders: Iterable<Order>, catalogueIds: Identifiers): InPieces<OrderHistory> {
  const builder = createOrderHistoryBuilder();
  for (const order of orders) {
    builder.addOrder(order);
    if (builder.orderCount % ordersAPiece === 0) yield;
  }
  const { history } = yield* builder.finishInPieces(catalogueIds);
  return history;
}

function* readVisits(interactions: Iterable<Interaction>, catalogueIds: Identifiers): InPieces<SessionHistory> {
  const visits = yield* sessionizeInPieces(interactions, catalogueIds);
  const { sessions } = yield* filterBotsInPieces(visits.sessions);
  return sessions;
}
