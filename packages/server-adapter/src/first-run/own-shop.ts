/** A merchant's files as a first start fills the database with them. */
import type { TrainingControls } from "@basketlift/engine/models";
import type { ImportedShop } from "../importing/index.ts";
import { orderRowAt } from "../ingest/order-rows.ts";
import { batched, writeMarkets, writeOrders, writeProducts } from "../ingest/write-shop.ts";
import type { Services } from "../server/services.ts";

/** What these orders say they come from. */
const importId = "first-start";

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
  const linesOf = (order: number): number => history.lineOffsets[order + 1] - history.lineOffsets[order];
  function* rows() {
    for (const batch of batched(history.orderIds.keys(), linesOf)) {
      yield batch.map((order) => orderRowAt(history, order, productAt, importId));
    }
  }
  await writeOrders(services, rows(), history.orderIds.length, controls);
  await writeProducts(services, catalogue.products, controls);
}
