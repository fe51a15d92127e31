/**
 * The protocol of published top-N splits, such as LightGCN's of Gowalla (He et al., SIGIR 2020): the parts are given, the
 * whole catalogue is ranked. Krichene and Rendle (KDD 2020) show why nothing is sampled.
 */
import { InvalidInput } from "../errors.ts";
import { rowOf, type Incidence } from "../matrix/sparse.ts";
import { splitOfRows, type HeldOutOptions } from "./held-out-rows.ts";
import type { Split } from "./split.ts";

/** Users x products, the same users in both. */
export interface FixedParts {
  readonly train: Incidence;
  readonly test: Incidence;
}

/**
 * @throws InvalidInput when the parts differ in shape or, unless `repeats`, share a product of a user: an overlap is a
 * test interaction in the training data
 * @example
 * const split = fixedSplit({ train, test });
 * const model = await trainRp3Beta(split.training);
 */
export function fixedSplit({ train, test }: FixedParts, options: HeldOutOptions = {}): Split<Incidence> {
  const split = splitOfRows(
    "given parts: all test products of a user, from all of the training part",
    train,
    test,
    options,
  );
  if (!options.repeats) refuseOverlap(train, test);
  return split;
}

function refuseOverlap(train: Incidence, test: Incidence): void {
  for (let user = 0; user < test.rows; user++) {
    const known = new Set(rowOf(train, user));
    const both = rowOf(test, user).find((product) => known.has(product));
    if (both === undefined) continue;
    throw new InvalidInput(`train row ${user}`, `product ${both}`, "without the products of the same row of `test`");
  }
}
