/** A merchant's files as a first start fills the database with them. */
import type { TrainingControls } from "@basketlift/engine/models";
import type { ImportedShop } from "../importing/index.ts";
import {
  historyBatches,
  refreshStatistics,
  seedId,
  writeMarkets,
  writeOrders,
  writeProducts,
} from "../ingest/write-shop.ts";
import type { Services } from "../server/services.ts";

/**
 * Fills an empty database; may be cut off and done again. Products come last: where there are some, the shop is whole.
 * @example
 * await seedOwnShop(services, await importShop({ orders: "orders.csv", now: new Date() }));
 */
export async function seedOwnShop(
  services: Pick<Services, "database" | "now">,
  { catalogue, history }: ImportedShop,
  controls: TrainingControls = {},
): Promise<void> {
  await writeMarkets(services, catalogue.markets);
  const productAt = (index: number) => ({ productId: catalogue.ids.idOf(index) });
  await writeOrders(services, historyBatches(history, productAt, seedId), history.orderIds.length, controls);
  await writeProducts(services, catalogue.products, controls);
  await refreshStatistics(services);
}
