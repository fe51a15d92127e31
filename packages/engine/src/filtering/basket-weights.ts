/** Counting baskets by product, each basket with a weight by its age: the ground of popularity and trending. */
import { InvalidInput, InvalidOption, requireNumber } from "../errors.ts";
import type { Incidence } from "../matrix/sparse.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";

/** Baskets with their times. A `TrainingView` is one. */
export interface DatedBaskets {
  /** Baskets x products, each product once a basket. */
  readonly baskets: Incidence;
  /** Milliseconds since 1970, UTC, of each basket. */
  readonly basketAt: Float64Array;
  /** Milliseconds since 1970, UTC: the moment the model speaks for. Baskets at or after it are left out. */
  readonly until: number;
}

export const millisecondsADay = 86_400_000;

/**
 * Visits every basket before `until`, oldest row first, with its age in days.
 * @throws InvalidInput when there is not one finite time a basket, or `until` is not finite
 */
export async function visitBaskets(
  { baskets, basketAt, until }: DatedBaskets,
  controls: TrainingControls,
  visit: (basket: number, ageInDays: number) => void,
): Promise<void> {
  if (!Number.isFinite(until)) throw new InvalidInput("until", until, "milliseconds since 1970");
  if (basketAt.length !== baskets.rows) {
    throw new InvalidInput("basketAt", `${basketAt.length} times`, `one time for each of ${baskets.rows} baskets`);
  }
  const pace = createPacer("counting baskets", baskets.rows, controls);
  for (let basket = 0; basket < baskets.rows; basket++) {
    if (pace.isDue()) await pace.rest(basket);
    const at = basketAt[basket];
    if (!Number.isFinite(at)) throw new InvalidInput(`basketAt[${basket}]`, at, "milliseconds since 1970");
    if (at < until) visit(basket, (until - at) / millisecondsADay);
  }
  pace.finish();
}

/** Weight of what happened `ageInDays` ago: 1 now, a half at the half-life, always 1 without one. */
export function fadingOf(ageInDays: number, halfLifeDays: number): number {
  return 2 ** (-ageInDays / halfLifeDays);
}

/** Adds `weight` to every product of a basket. */
export function addBasket({ offsets, indices }: Incidence, basket: number, weight: number, counts: Float64Array): void {
  for (let i = offsets[basket]; i < offsets[basket + 1]; i++) counts[indices[i]] += weight;
}

/** @throws InvalidOption unless `days` is above 0; Infinity is allowed */
export function requireDays(option: string, days: number): void {
  if (days === Infinity) return;
  requireNumber(option, days, 0);
  if (days === 0) throw new InvalidOption(option, days, "more than 0 days");
}
