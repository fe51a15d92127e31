/**
 * Baskets by product with a weight each, and how much evidence they are. Weights w enter as the Poisson counts of equal
 * mean and variance: n = c x (sum of w over the product's baskets) of
 * N = c x (sum of w over all), c = sum w / sum w^2.
 */
import type { Incidence } from "../matrix/sparse.ts";
import { addBasket } from "./basket-weights.ts";

/** Faded baskets: in all and by product, with what is needed to read them as Poisson counts. */
export interface FadedCounts {
  total: number;
  squares: number;
  readonly counts: Float64Array;
}

/** A Poisson count and the number of baskets it was seen in. */
export interface Evidence {
  readonly count: number;
  readonly exposure: number;
}

/** @param productCount 8 bytes each */
export function createFadedCounts(productCount: number): FadedCounts {
  return { total: 0, squares: 0, counts: new Float64Array(productCount) };
}

export function addFaded(into: FadedCounts, baskets: Incidence, basket: number, weight: number): void {
  into.total += weight;
  into.squares += weight * weight;
  addBasket(baskets, basket, weight, into.counts);
}

/** @returns nothing seen in nothing where there are no baskets */
export function asPoisson({ total, squares, counts }: FadedCounts, product: number): Evidence {
  const scale = squares > 0 ? total / squares : 0;
  return { count: counts[product] * scale, exposure: total * scale };
}
