/** Which categories are bought together: the matrix of all, and each one's neighbours. See `label-affinity.ts`. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { TrainingView } from "../history/training-view.ts";
import { measureLabelAffinity, type LabelAffinity, type LabelAffinityOptions } from "./label-affinity.ts";
import { categoryLabels } from "./product-labels.ts";

/**
 * @returns labels are indices of `catalogue.categories`; products without a category are in none
 * @throws InvalidInput when the catalogue is not the view's; InvalidOption on wrong options
 * @example
 * const categories = await measureCategoryAffinity(view, catalogue);
 * const [closest] = relatedLabels(categories, catalogue.categories.indexOf("Kitchen / Mugs") ?? 0);
 */
export function measureCategoryAffinity(
  { baskets }: Pick<TrainingView, "baskets">,
  catalogue: Catalogue,
  options: LabelAffinityOptions = {},
): Promise<LabelAffinity> {
  return measureLabelAffinity(baskets, categoryLabels(catalogue), options);
}
