/** The newest products of the catalogue as it is now: the trained engine's source of that name knows it as it was. */
import type { Catalogue } from "@basketlift/engine/catalogue";
import type { Source } from "@basketlift/engine/decision";
import { newArrivalsRecommender } from "@basketlift/engine/filtering";

/** Name of the source in strategies. */
export const newArrivals = "new-arrivals";

/** A product published a second ago stands first. */
export function newArrivalsSource(catalogue: Catalogue): Source {
  return { name: newArrivals, model: newArrivalsRecommender(catalogue) };
}
