/**
 * Direct method: mean over the rows of the reward that a model expects of the policy. Little variance, and the whole bias
 * of the model, which no interval shows. Beygelzimer and Langford, "The offset tree for learning with partial labels",
 * KDD 2009, compare with it.
 */
import type { EstimationRows } from "./estimation-rows.ts";
import type { Terms } from "./terms.ts";

export function directMethodTerms({ direct }: EstimationRows): Terms {
  return { base: direct };
}
