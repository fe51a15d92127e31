/**
 * Attributed revenue: orders shared out among the recommendations that were touched before them. It proves nothing - the
 * shopper may have bought anyway - so it never leaves this folder alone: `reportAttribution` sets what the holdout measured beside it.
 */
import { allocate, type Minor } from "../catalogue/index.ts";
import { requireNumber } from "../errors.ts";
import { checkModel, weighTouches, type CreditModel } from "./credit-model.ts";
import { createCreditSums, type Credit, type CreditSums } from "./credit-sums.ts";
import type { Journey } from "./journey.ts";
import { createTouchReader, type CountingTouches, type CreditWindows } from "./touch-reader.ts";

const week = 7 * 86_400_000;

/** Clicks and what was put into the cart from a recommendation, for seven days. That something was shown does not count. */
export const defaultWindows: CreditWindows = { click: week, "add-to-cart": week };

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
  /** What credit is summed up by; decisions themselves when left out. Asked once a decision. */
  readonly groupOf?: (decisionId: string) => string;
}

/** What all models say: they share out the same revenue. */
export interface CreditByModel extends Pick<CreditedRevenue, "credited" | "uncredited"> {
  readonly byModel: readonly CreditedRevenue[];
}

/**
 * Credits by all models in one pass over the journeys: the touches that count are looked up once an order. Time in
 * proportion to touches and orders, and to groups x log groups for their order.
 * @param journeys checked before
 * @throws InvalidOption when a window is below zero or a setting of a model out of range
 */
export function creditRevenue(
  journeys: readonly Journey[],
  models: readonly CreditModel[],
  { windows = defaultWindows, groupOf }: CreditOptions = {},
): CreditByModel {
  for (const [kind, length] of Object.entries(windows)) requireNumber(`windows.${kind}`, length, 0);
  for (const model of models) checkModel(model);
  const reader = createTouchReader(windows, groupOf);
  const sums = models.map(() => createCreditSums());
  let credited = 0;
  let uncredited = 0;
  for (const { touches, orders } of journeys) {
    if (orders.length === 0) continue;
    reader.open(touches);
    for (const { at, netRevenue } of orders) {
      const { times, groups } = reader.before(at);
      if (times.length === 0) {
        uncredited += netRevenue;
        continue;
      }
      credited += netRevenue;
      for (let index = 0; index < models.length; index++) {
        creditOrder(sums[index], models[index], netRevenue, { times, groups });
      }
    }
  }
  const byModel = models.map((model, index) => ({
    model,
    credits: sums[index].ranked(reader.names()),
    credited,
    uncredited,
  }));
  return { byModel, credited, uncredited };
}

/** Touches without weight have no part in the order. */
function creditOrder(sums: CreditSums, model: CreditModel, revenue: Minor, { times, groups }: CountingTouches): void {
  sums.nextOrder();
  const sole = soleTouch(model, times.length);
  if (sole !== undefined) {
    sums.add(groups[sole], revenue);
    return;
  }
  const weights = weighTouches(model, times);
  const parts = allocate(revenue, weights);
  for (let place = 0; place < groups.length; place++) if (weights[place] > 0) sums.add(groups[place], parts[place]);
}

/** The place of the touch that gets it all, where one does. */
function soleTouch({ kind }: CreditModel, touches: number): number | undefined {
  if (touches === 1 || kind === "first-touch") return 0;
  return kind === "last-touch" ? touches - 1 : undefined;
}
