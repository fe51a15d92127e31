/**
 * What models may learn from: a dated, immutable cut through orders and sessions. Nothing in a view happened at or
 * after `until`, so that a model trained on it can be judged on what came later.
 */
import type { Incidence } from "../matrix/sparse.ts";

/** A cut through a shop's history. Shared by all models of one training. */
export interface TrainingView {
  /** Milliseconds since 1970, UTC: `from <= time < until`. */
  readonly from: number;
  readonly until: number;
  /** The same for the same content: hash of the columns. */
  readonly version: string;
  readonly productCount: number;
  /** Orders x products, distinct: cancelled lines dropped, returned ones kept. Oldest order first. */
  readonly baskets: Incidence;
  /** Milliseconds since 1970 of each basket. */
  readonly basketAt: Float64Array;
  /** Customer index of each basket, -1 for guests. */
  readonly basketCustomer: Int32Array;
  readonly customerCount: number;
  /** Sessions x products in the order of events, repetitions kept. In order of the session's end. */
  readonly sessions: Incidence;
  readonly sessionEndedAt: Float64Array;
  /** What was left out on the way, by reason, in rows of the source. */
  readonly leftOut: Readonly<Record<string, number>>;
}
