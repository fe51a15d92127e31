/**
 * Attributed revenue, the figure that every tool shows and that proves nothing: what visitors bought within seven days
 * after they clicked it in a recommendation. The model, in full:
 *
 * - A touch is a click on a recommended product, or putting one into the cart from a recommendation.
 * - An order line is credited when its product was touched by the same visitor in the seven days before the order.
 * - It is credited whole, with its net of discounts, cancellations and refunds, to the placement of the last such touch.
 * - Other lines of the order are not credited, whatever else was in the cart.
 *
 * The shopper may have bought it anyway. What recommendations cause is measured by the holdout (`incrementality.ts`), and
 * is always shown beside this.
 */
import { sql, type SQL } from "drizzle-orm";
import { trustworthy } from "../ingest/event-flaws.ts";
import type { Database } from "../server/services.ts";
import { at, dayOf, type Period, type ShopUnits } from "./period.ts";

/** How long a touch is remembered. */
export const attributionWindow = "7 days";

/** The model for those who read its figures. */
export const attributionInWords =
  "A product that was bought counts for the last recommendation in which the same visitor had clicked it, or put it into " +
  "the cart, in the seven days before the order: net of discounts, cancellations and refunds. Other products of the " +
  "order do not count. The shopper may have bought it anyway.";

export interface AttributedRevenue {
  /** In the shop's time zone. */
  readonly day: string;
  /** Of the touch. */
  readonly placement: string;
  /** Whether the order belongs to the period, or to the one before it. */
  readonly isCurrent: boolean;
  /** Minor units. */
  readonly revenue: number;
}

/** Attributed revenue of orders placed in `span`, by the day of the order. */
export async function loadAttribution(
  db: Database,
  span: Period,
  current: Period,
  units: ShopUnits,
): Promise<readonly AttributedRevenue[]> {
  const { rows } = await db.execute<{ day: string; placement: string; isCurrent: boolean; revenue: number }>(sql`
    with credited as (${creditedLines(span, units)})
    select ${dayOf("placed_at", units.timeZone)} as day, placement, placed_at >= ${at(current.from)} as "isCurrent",
      sum(net)::float8 as revenue
    from credited group by 1, 2, 3`);
  return rows;
}

/** The lines of the orders of a period that are credited: when, to which placement and strategy, from whom, how much. */
export function creditedLines({ from, until }: Period, { currency }: Pick<ShopUnits, "currency">): SQL {
  const window = sql.raw(`interval '${attributionWindow}'`);
  return sql`
    select bought.placed_at, bought.visitor_id, touch.placement, touch.strategy, (line ->> 'net')::float8 as net
    from orders bought
    cross join lateral (
      select distinct on (event.product_id) event.product_id, decision.placement, decision.strategy_id as strategy
      from events event join decisions decision on decision.id = event.decision_id
      where event.visitor_id = bought.visitor_id and event.kind in ('click', 'add-to-cart')
        and event.occurred_at <= bought.placed_at and event.occurred_at > bought.placed_at - ${window}
        and ${sql.raw(trustworthy("event"))} and decision.status <> 'holdout'
      order by event.product_id, event.occurred_at desc
    ) touch
    join lateral jsonb_array_elements(bought.lines) line on line ->> 'productId' = touch.product_id
    where bought.placed_at >= ${at(from)} and bought.placed_at < ${at(until)}
      and bought.currency = ${currency} and bought.net > 0 and bought.visitor_id is not null`;
}
