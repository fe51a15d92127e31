/** A pool with the scores that order it, and what they were bent by. */
import type { FactorName } from "./factors.ts";
import type { Pool } from "./rank.ts";

export interface ScoredPool extends Pool {
  readonly scores: Float64Array;
  /** By name, a value a place: only what played a part. */
  readonly factors?: Readonly<Partial<Record<FactorName | "campaign" | "rules", Float64Array>>>;
}
