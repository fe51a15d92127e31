/**
 * Who stays with a brand and who changes: from one purchase of a category to the customer's next purchase of it, against
 * what chance would give. Chance keeps how often each brand is left and arrived at *within each category*: where a category
 * knows one brand only, nobody is loyal for buying it.
 *
 * A purchase of several brands of the category counts for each in equal parts, so that every step weighs one. Customers are
 * not alike and make many steps each, so intervals are Jeffreys' (Brown, Cai and DasGupta, "Interval estimation for a
 * binomial proportion", 2001) at the effective number of steps: steps over the design effect of customers as clusters
 * (Kish, "Survey Sampling", 1965).
 */
import { requireInteger, requireNumber } from "../errors.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { betaQuantile } from "../statistics/incomplete-beta.ts";
import { createSwitchCounter, type SwitchCounts } from "./brand-switch-counter.ts";
import { basketsByCustomerInPieces, type DatedPurchases } from "../history/customer-baskets.ts";
import { requireLabels, type ProductLabels } from "./product-labels.ts";

export interface BrandSwitchingOptions extends TrainingControls {
  /** Only this category; all of them, each compared within itself, when left out. */
  readonly category?: number | undefined;
  /** Whether buying the very same product again is a step; without it only new products of a brand speak for loyalty. */
  readonly sameProduct?: boolean;
  /** Coverage of the intervals, in (0, 1). */
  readonly confidence?: number;
}

/** From brand by to brand: the step from `a` to `b` stands at `a * size + b`; loyalty is the diagonal. */
export interface BrandSwitching {
  /** Brands. */
  readonly size: number;
  readonly steps: Float64Array;
  /** Steps that chance would give. */
  readonly expected: Float64Array;
  /** Share of the steps from a brand that lead to another, and the ends of its interval; NaN where none lead away. */
  readonly share: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** steps / expected, and its interval, which takes the expectation for known; NaN where chance gives none. */
  readonly lift: Float64Array;
  readonly liftLower: Float64Array;
  readonly liftUpper: Float64Array;
  /** Steps in all. */
  readonly total: number;
}

/**
 * O(cells log cells + brands^2); memory 80 bytes a pair of brands, 8 a category and brand that meet.
 * @param purchases guests are left out, for nobody knows what they bought before
 * @throws InvalidInput when labels do not fit; InvalidOption on wrong options
 * @example
 * const switching = await measureBrandSwitching(view, { brands: brandLabels(catalogue), categories: categoryLabels(catalogue) });
 * switching.lift[brand * switching.size + brand]; // 1.7: loyal beyond chance
 */
export async function measureBrandSwitching(
  purchases: DatedPurchases,
  labels: { readonly brands: ProductLabels; readonly categories: ProductLabels },
  { category, sameProduct = true, confidence = 0.95, ...controls }: BrandSwitchingOptions = {},
): Promise<BrandSwitching> {
  requireNumber("confidence", confidence, Number.EPSILON, 1 - Number.EPSILON);
  if (category !== undefined) requireInteger("category", category, 0);
  requireLabels(labels.brands, purchases.baskets.columns);
  requireLabels(labels.categories, purchases.baskets.columns);
  const pace = createPacer("following brands", purchases.baskets.rows, controls);
  const { indices: inOrder } = await pace.through(basketsByCustomerInPieces(purchases), 0);
  const counter = createSwitchCounter(purchases, labels, { category, sameProduct });
  for (const [done, basket] of inOrder.entries()) {
    if ((done & 63) === 0 && pace.isDue()) await pace.rest(done);
    counter.add(basket);
  }
  pace.finish();
  return describe(counter.finish(), confidence);
}

function describe(counts: SwitchCounts, confidence: number): BrandSwitching {
  const { size, steps, expected, leaving } = counts;
  const [share, lower, upper, lift, liftLower, liftUpper] = Array.from({ length: 6 }, () =>
    new Float64Array(size * size).fill(NaN),
  );
  const miss = (1 - confidence) / 2;
  for (let from = 0; from < size; from++) {
    if (leaving[from] === 0) continue;
    for (let to = 0; to < size; to++) {
      const at = from * size + to;
      share[at] = steps[at] / leaving[from];
      const effective = leaving[from] / designEffect(counts, from, to);
      const reached = share[at] * effective;
      lower[at] = steps[at] > 0 ? betaQuantile(miss, reached + 0.5, effective - reached + 0.5) : 0;
      upper[at] = share[at] < 1 ? betaQuantile(1 - miss, reached + 0.5, effective - reached + 0.5) : 1;
      if (!(expected[at] > 0)) continue;
      lift[at] = steps[at] / expected[at];
      liftLower[at] = (lower[at] * leaving[from]) / expected[at];
      liftUpper[at] = (upper[at] * leaving[from]) / expected[at];
    }
  }
  return { size, steps, expected, share, lower, upper, lift, liftLower, liftUpper, total: counts.total };
}

/** Variance of the share between customers over that of as many independent steps; at least 1. */
function designEffect(
  { size, steps, leaving, squares, products, leavingSquares }: SwitchCounts,
  from: number,
  to: number,
) {
  const at = from * size + to;
  const share = steps[at] / leaving[from];
  const independent = leaving[from] * share * (1 - share);
  const between = squares[at] - 2 * share * products[at] + share * share * leavingSquares[from];
  // A step in parts varies less than a whole one; it is not taken to say more.
  return independent > 0 ? Math.max(1, between / independent) : 1;
}
