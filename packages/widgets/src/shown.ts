/**
 * What the widgets need of a recommendation, and nothing more: the engine's own answers have it, and so have the answers
 * of the REST API, which carry no figures.
 */
import type { Availability, Minor } from "@basketlift/engine/catalogue";

/** One product of a row. */
export interface ShownItem {
  readonly productId: string;
  readonly variantId: string;
  readonly title: string;
  /** First position is 0. */
  readonly position: number;
  /** In minor units of `currency`. */
  readonly price: Minor;
  readonly currency: string;
  readonly availability: Availability;
  /** Why it is here, in words. */
  readonly reason: string;
}

/** An answer that can be drawn. */
export interface ShownRecommendation<Item extends ShownItem = ShownItem> {
  readonly id: string;
  readonly status: "served" | "holdout" | "nothing-worth-showing" | "ineligible" | "degraded";
  readonly items: readonly Item[];
}

/** Whether there is anything to draw: not for a holdout, not without evidence, not without items. */
export function isShown({ status, items }: Pick<ShownRecommendation, "status" | "items">): boolean {
  return (status === "served" || status === "degraded") && items.length > 0;
}
