/** Stock in words: nobody is shown a number. */
import type { Availability } from "@basketlift/engine/catalogue";
import { defaultLabels } from "@basketlift/widgets";

export const availabilityInWords: Readonly<Record<Availability, string>> = {
  "in-stock": defaultLabels.inStock,
  low: defaultLabels.low,
  "out-of-stock": defaultLabels.outOfStock,
};
