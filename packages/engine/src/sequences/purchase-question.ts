/**
 * How next-basket signals read a customer: baskets in their order, newest last. A history without marks of baskets is
 * read as one product a basket, as plain sequences are.
 */
import { InvalidInput } from "../errors.ts";
import { rowOf } from "../matrix/sparse.ts";
import { requireHistory } from "../models/history.ts";
import type { Ranked } from "../matrix/top-k.ts";
import type { Contribution, Query, Recommender } from "../models/recommender.ts";
import { basketsByCustomer, type CustomerBaskets } from "../history/customer-baskets.ts";

/** A question about a customer. */
export interface PurchaseQuestion extends Query {
  /** Where each basket of `history` ends, ascending up to `history.length`. Each entry is a basket when left out. */
  readonly basketEnds?: ArrayLike<number>;
}

/** A model that may be told where baskets end. */
export interface NextBasketRecommender extends Recommender {
  recommend(query: PurchaseQuestion, count: number): Ranked;
  explain(query: PurchaseQuestion, product: number): readonly Contribution[];
}

/** One product of a customer, each once. */
export interface OwnedProduct {
  readonly product: number;
  /** Baskets that held it. */
  readonly count: number;
  /** Baskets since the newest that held it: 0 for the last one. */
  readonly basketsSince: number;
}

/** A customer's past, read once for all signals. */
export interface Purchases {
  readonly basketCount: number;
  readonly owned: readonly OwnedProduct[];
  /** Entries in order, with how many baskets ago each was. */
  readonly products: readonly number[];
  readonly basketsAgo: readonly number[];
}

/**
 * @param productCount products at or beyond it are younger than the model and are left out
 * @throws InvalidInput when `history` holds anything but catalogue indices, or `basketEnds` do not ascend to its end
 */
export function createPurchaseReader(productCount: number): (question: PurchaseQuestion) => Purchases {
  let asked: PurchaseQuestion | undefined;
  let read: Purchases = { basketCount: 0, owned: [], products: [], basketsAgo: [] };
  return (question) => {
    if (question !== asked) read = readPurchases(question, productCount);
    asked = question;
    return read;
  };
}

function readPurchases({ history, basketEnds }: PurchaseQuestion, productCount: number): Purchases {
  requireHistory(history);
  const ends = basketEnds ? Array.from(basketEnds) : Array.from(history, (_, place) => place + 1);
  requireEnds(ends, history.length);
  const products: number[] = [];
  const basketsAgo: number[] = [];
  const owned = new Map<number, OwnedProduct>();
  let place = 0;
  for (const [basket, end] of ends.entries()) {
    const basketsSince = ends.length - 1 - basket;
    for (; place < end; place++) {
      const product = history[place];
      if (product >= productCount) continue;
      const known = owned.get(product);
      if (known?.basketsSince === basketsSince) continue;
      products.push(product);
      basketsAgo.push(basketsSince);
      owned.set(product, { product, count: (known?.count ?? 0) + 1, basketsSince });
    }
  }
  return { basketCount: ends.length, owned: [...owned.values()], products, basketsAgo };
}

/** The question about one customer, from the baskets on file. */
export type AskAbout = (customer: number) => PurchaseQuestion;

/**
 * Reads customers' histories out of the baskets models are trained on.
 * @example
 * const about = purchaseHistories(view);
 * model.recommend({ ...about(17), repeats: true }, 10);
 */
export function purchaseHistories(data: CustomerBaskets): AskAbout {
  const basketsOf = basketsByCustomer(data);
  return (customer) => {
    const rows = Array.from(rowOf(basketsOf, customer), (basket) => rowOf(data.baskets, basket));
    const history = new Uint32Array(rows.reduce((sum, row) => sum + row.length, 0));
    let end = 0;
    const basketEnds = rows.map((row) => {
      history.set(row, end);
      return (end += row.length);
    });
    return { history, basketEnds };
  };
}

function requireEnds(ends: readonly number[], length: number): void {
  for (const [place, end] of ends.entries()) {
    const previous = place === 0 ? 0 : ends[place - 1];
    if (!(Number.isInteger(end) && end >= previous && end <= length)) {
      throw new InvalidInput(`query.basketEnds[${place}]`, end, `a whole number from ${previous} to ${length}`);
    }
  }
  if ((ends.at(-1) ?? 0) !== length) {
    throw new InvalidInput("query.basketEnds", ends.at(-1), `places that end with the history, at ${length}`);
  }
}
