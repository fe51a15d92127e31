/** Which brands are bought together: the matrix of all, and each one's neighbours. See `label-affinity.ts`. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { TrainingView } from "../history/training-view.ts";
import { measureLabelAffinity, type LabelAffinity, type LabelAffinityOptions } from "./label-affinity.ts";
import { brandLabels } from "./product-labels.ts";

/**
 * @returns labels are indices of `catalogue.brands`; products without a brand are in none
 * @throws InvalidInput when the catalogue is not the view's; InvalidOption on wrong options
 * @example
 * const brands = await measureBrandAffinity(view, catalogue);
 * const [closest] = relatedLabels(brands, catalogue.brands.indexOf("Marlow Lane") ?? 0);
 */
export function measureBrandAffinity(
  { baskets }: Pick<TrainingView, "baskets">,
  catalogue: Catalogue,
  options: LabelAffinityOptions = {},
): Promise<LabelAffinity> {
  return measureLabelAffinity(baskets, brandLabels(catalogue), options);
}
