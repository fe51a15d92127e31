/**
 * Attributed revenue: orders shared out among the recommendations that were touched before them. It proves nothing - the
 * shopper may have bought anyway - so it never leaves this folder alone: `reportAttribution` sets what the holdout measured beside it.
 */
import { allocate, type Minor } from "../catalogue/index.ts";
import { requireNumber } from "../errors.ts";
import { creditWeights, type CreditModel } from "./credit-model.ts";
import type { Journey, JourneyOrder, Touch } from "./journey.ts";

/** How long a touch is remembered, in milliseconds, by kind. Kinds without a window do not count. */
export type CreditWindows = Readonly<Record<string, number>>;

const week = 7 * 86_400_000;

/** Clicks and what was put into the cart from a recommendation, for seven days. That something was shown does not count. */
export const defaultWindows: CreditWindows = { click: week, "add-to-cart": week };

/** What a group of decisions is credited with. */
export interface Credit {
  /** A decision, or what `groupOf` made of it: a placement, a strategy. */
  readonly group: string;
  readonly revenue: Minor;
  /** Orders with a part in it, however small. */
  readonly orders: number;
}

/** Credit by one model. Its groups and what was not credited add up to the revenue of all orders. */
export interface CreditedRevenue {
  readonly model: CreditModel;
  /** Largest first. */
  readonly credits: readonly Credit[];
  readonly credited: Minor;
  /** Orders that nothing was touched before. */
  readonly uncredited: Minor;
}

export interface CreditOptions {
  readonly windows?: CreditWindows;
  /** What credit is summed up by; decisions themselves when left out. */
  readonly groupOf?: (decisionId: string) => string;
}

/**
 * @param journeys checked before
 * @throws InvalidOption when a window is below zero or a setting of the model out of range
 */
export function creditRevenue(
  journeys: readonly Journey[],
  model: CreditModel,
  { windows = defaultWindows, groupOf = (decisionId) => decisionId }: CreditOptions = {},
): CreditedRevenue {
  for (const [kind, length] of Object.entries(windows)) requireNumber(`windows.${kind}`, length, 0);
  const groups = new Map<string, { revenue: Minor; orders: number }>();
  let credited = 0;
  let uncredited = 0;
  for (const { touches, orders } of journeys) {
    for (const order of orders) {
      const counting = touchesBefore(order, touches, windows);
      if (counting.length === 0) {
        uncredited += order.netRevenue;
        continue;
      }
      credited += order.netRevenue;
      for (const [group, revenue] of partsOf(order, counting, model, groupOf)) {
        const sum = groups.get(group) ?? { revenue: 0, orders: 0 };
        groups.set(group, { revenue: sum.revenue + revenue, orders: sum.orders + 1 });
      }
    }
  }
  const credits = Array.from(groups, ([group, sum]) => ({ group, ...sum }));
  credits.sort((a, b) => b.revenue - a.revenue || (a.group < b.group ? -1 : 1));
  return { model, credits, credited, uncredited };
}

/**
 * A decision counts once, by its latest touch: loading a page again makes it no more persuasive. Ascending by time; of one
 * instant in the order given.
 */
function touchesBefore({ at }: JourneyOrder, touches: readonly Touch[], windows: CreditWindows): Touch[] {
  const latest = new Map<string, Touch>();
  for (const touch of touches) {
    const age = at - touch.at;
    const window = Object.hasOwn(windows, touch.kind) ? windows[touch.kind] : -1;
    if (age < 0 || age > window) continue;
    const known = latest.get(touch.decisionId);
    if (!known || touch.at >= known.at) latest.set(touch.decisionId, touch);
  }
  return Array.from(latest.values()).sort((a, b) => a.at - b.at);
}

/** The order split over its groups, to the last minor unit. Groups that get nothing have no part in it. */
function partsOf(
  { netRevenue }: JourneyOrder,
  touches: readonly Touch[],
  model: CreditModel,
  groupOf: (decisionId: string) => string,
): Map<string, Minor> {
  const weights = creditWeights(
    model,
    touches.map(({ at }) => at),
  );
  const parts = allocate(netRevenue, weights);
  const byGroup = new Map<string, Minor>();
  for (const [place, { decisionId }] of touches.entries()) {
    if (weights[place] === 0) continue;
    const group = groupOf(decisionId);
    byGroup.set(group, (byGroup.get(group) ?? 0) + parts[place]);
  }
  return byGroup;
}
