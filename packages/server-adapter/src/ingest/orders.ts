/** `POST /orders` and `GET /orders`: versioned upserts, the only source of revenue. */
import { and, desc, eq, sql } from "drizzle-orm";
import { orders } from "../database/schema.ts";
import type { Handlers } from "../server/handler.ts";
import { pageOf, placeAt } from "../server/page.ts";
import { plainLine, readOrders, type OrderRow } from "./order-rows.ts";
import { upsertOrderRows } from "./order-store.ts";

export const orderHandlers: Pick<Handlers, "upsertOrders" | "listOrders"> = {
  async upsertOrders({ body }, { database, now }) {
    const read = readOrders(body.orders, now());
    const rows = read.filter((order): order is OrderRow => !("fault" in order));
    const outcomes = (await upsertOrderRows(database.db, rows, now())).values();
    return {
      results: read.map((order) => {
        if ("fault" in order) return { id: order.id, status: "invalid", detail: order.fault };
        const outcome = outcomes.next().value;
        if (outcome === undefined) throw new Error(`Nothing became of order ${order.id}.`);
        return { id: order.id, ...outcome };
      }),
    };
  },

  async listOrders({ query: { limit, cursor, customerId } }, { database: { db } }) {
    const after = cursor === undefined ? undefined : placeAt(cursor, ["number", "string"]);
    const rows = await db
      .select()
      .from(orders)
      .where(
        and(
          customerId === undefined ? undefined : eq(orders.customerId, customerId),
          after && sql`(${orders.placedAt}, ${orders.id}) < (${new Date(after[0])}, ${after[1]})`,
        ),
      )
      .orderBy(desc(orders.placedAt), desc(orders.id))
      .limit(limit + 1);
    return pageOf(rows, limit, ({ placedAt, id }) => [placedAt.getTime(), id], orderAnswer);
  },
};

function orderAnswer({
  id,
  placedAt,
  customerId,
  visitorId,
  sessionId,
  currency,
  version,
  lines,
}: typeof orders.$inferSelect) {
  return {
    id,
    placedAt: placedAt.toISOString(),
    ...(customerId !== null && { customerId }),
    ...(visitorId !== null && { visitorId }),
    ...(sessionId !== null && { sessionId }),
    currency,
    version,
    lines: lines.map(plainLine),
  };
}
