/** What a relative lift comes to in money. */
import type { Estimate } from "../../api/contract.ts";

/**
 * Of a revenue that was made with a lift, the part that would not have been made without it: `net * lift / (1 + lift)`.
 * @param net net revenue of the visitors who could see recommendations, in minor units
 * @param lift relative lift of net revenue per visitor
 * @returns undefined where the interval is too wide to mean an amount
 */
export function incrementalRevenue(net: number, lift: Estimate): Estimate | undefined {
  const { value, lower, upper, level } = lift;
  if (lower <= -1) return undefined;
  const part = (share: number): number => (net * share) / (1 + share);
  return { value: part(value), lower: part(lower), upper: part(upper), level };
}
