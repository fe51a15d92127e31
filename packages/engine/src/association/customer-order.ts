/** Baskets in the order in which each customer bought them: what all that happens "between two purchases" is read from. */
import { InvalidInput } from "../errors.ts";
import type { TrainingView } from "../history/training-view.ts";
import { sortByKeyInPieces } from "../matrix/sort.ts";
import type { InPieces } from "../matrix/pieces.ts";

/** What customers bought when; a `TrainingView` is one. */
export type DatedPurchases = Pick<TrainingView, "baskets" | "basketAt" | "basketCustomer" | "customerCount" | "until">;

/**
 * Baskets of known customers, customer by customer, oldest first. 12 bytes a basket.
 * @throws InvalidInput when there is not one customer and one time a basket
 */
export function* byCustomerInPieces({ baskets, basketAt, basketCustomer }: DatedPurchases): InPieces<Uint32Array> {
  if (basketAt.length !== baskets.rows || basketCustomer.length !== baskets.rows) {
    throw new InvalidInput("basketAt and basketCustomer", basketAt.length, `one of each for ${baskets.rows} baskets`);
  }
  const known = Uint32Array.from(basketCustomer.keys()).filter((basket) => basketCustomer[basket] >= 0);
  const oldestFirst = yield* sortByKeyInPieces(known, basketAt);
  // Sorted by customer with places as keys: equal customers keep the order of time.
  const byCustomer = yield* sortByKeyInPieces(
    Uint32Array.from(oldestFirst.keys()),
    Int32Array.from(oldestFirst, (basket) => basketCustomer[basket]),
  );
  return byCustomer.map((place) => oldestFirst[place]);
}
