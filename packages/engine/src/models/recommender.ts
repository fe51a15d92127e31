/** What every trained model is: immutable, deterministic, with one method to ask and one to explain. */
import type { Ranked } from "../matrix/top-k.ts";
import type { ModelFile } from "../files/model-file.ts";

/** A question to a model. All products are catalogue indices. */
export interface Query {
  /** The products to start from, oldest first: a session, a cart or a customer's purchases. */
  readonly history: ArrayLike<number>;
  /** Products that must not come back, on top of those in `history`. */
  readonly exclude?: ReadonlySet<number>;
  /** Lets products of `history` come back too, as next-item benchmarks and buy-again do. Default false. */
  readonly repeats?: boolean;
}

/** How much one product of the history added to a score. Shares of one score sum to 1. */
export interface Contribution {
  readonly product: number;
  readonly share: number;
}

/**
 * A trained model. `recommend` keeps these promises: at most `count` products, never one twice, never an excluded
 * one, never one of the history unless `repeats`; scores descend and are finite; equal queries get equal answers.
 * Products at or beyond `productCount` are younger than the model and count for nothing; one that the history repeats
 * counts once, at its newest place.
 * @throws InvalidInput when the history holds anything but non-negative integers
 * @throws InvalidOption when `count` is not an integer of at least 0
 */
export interface Recommender {
  /** Name of the method, as it stands in model files, for example `item-neighbours`. */
  readonly kind: string;
  readonly productCount: number;
  recommend(query: Query, count: number): Ranked;
  /** Which products of the history speak for `product`; empty where the history plays no part. */
  explain(query: Query, product: number): readonly Contribution[];
  /** The whole model as named typed columns, ready for `writeModel`. */
  save(): ModelFile;
}

/**
 * A test for products that may not be answered: the query's exclusions and, unless it repeats, its history.
 * @example
 * const isForbidden = forbidden({ history: [3], exclude: new Set([5]) });
 * isForbidden(3); // true
 */
export function forbidden({ history, exclude, repeats = false }: Query): (product: number) => boolean {
  const seen = repeats ? undefined : new Set(Array.from(history));
  return (product) => (seen?.has(product) ?? false) || (exclude?.has(product) ?? false);
}
