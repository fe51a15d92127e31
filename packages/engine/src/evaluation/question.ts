/** What methods are asked, and what they must find. */
import { InvalidInput, requireInteger } from "../errors.ts";
import { TopK } from "../matrix/top-k.ts";
import type { Query } from "../models/recommender.ts";
import type { Random } from "../random/generator.ts";

/** One question with its answer. */
export interface Question<Asked extends Query = Query> {
  /** All that a method is told. */
  readonly query: Asked;
  /** What the customer then took. */
  readonly relevant: ReadonlySet<number>;
  /** Whom it is about: questions of one customer or one session share a number, and vary together. */
  readonly unit: number;
}

/** Questions in a fixed order, each made when it is asked: a million of them take no memory. */
export interface Questions<Asked extends Query = Query> {
  readonly length: number;
  /** @param index below `length`; equal indices give equal questions */
  at(index: number): Question<Asked>;
}

/**
 * What a query forbids to answer, as a set.
 * @example
 * forbiddenProducts({ history: [3], exclude: new Set([5]) }); // Set {3, 5}
 */
export function forbiddenProducts({ history, exclude, repeats = false }: Query): ReadonlySet<number> {
  const forbidden = new Set(exclude);
  if (!repeats) for (let place = 0; place < history.length; place++) forbidden.add(history[place]);
  return forbidden;
}

/**
 * All questions, or `count` of them drawn without replacement, in their order.
 * @returns their indices, ascending
 * @throws InvalidInput when there are none
 * @example
 * drawQuestions(split.questions, 5000, random.fork("questions"));
 */
export function drawQuestions({ length }: Questions, count: number, random: Random): Uint32Array {
  if (length === 0) throw new InvalidInput("questions", "none", "at least one");
  if (count !== Infinity) requireInteger("maximumQuestions", count, 1);
  if (length <= count) return Uint32Array.from({ length }, (_, index) => index);
  const chosen = new TopK(count);
  for (let index = 0; index < length; index++) chosen.offer(index, random.next());
  return chosen.ranked().products.sort();
}
