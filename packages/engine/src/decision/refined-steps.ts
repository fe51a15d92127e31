/** The shape of the steps that only some strategies and shops ask for; `refine.ts` holds them. */
import type { Eligibility } from "./eligibility.ts";
import type { Question } from "./question.ts";
import type { Pool } from "./rank.ts";
import type { Pick } from "./sample.ts";
import type { ScoredPool } from "./scored-pool.ts";
import type { Strategy } from "./strategy.ts";
import type { FallbackUse, Gathered } from "./supplement.ts";
import type { Steps } from "./trace.ts";

/** Prepared for one question. */
export interface RefinedSteps {
  /** The one asked for, unless a rule puts another into its place. */
  readonly strategy: Strategy;
  /** What has to hold besides everything else. */
  readonly admission: Eligibility | undefined;
  supplement(
    gathered: Gathered,
    eligibility: Eligibility,
    limit: number,
  ): Gathered & { readonly fallbacks: readonly FallbackUse[] };
  score(pool: Pool): ScoredPool;
  sample(pool: ScoredPool, limit: number): readonly Pick[];
  /**
   * Adds what the plain steps know nothing of.
   * @param decideBy takes all steps by another strategy
   */
  finish(steps: Steps, decideBy: (strategy: Strategy) => Steps): Steps;
}

/** @param asShadow whether the strategy is decided beside another one */
export type Refine = (question: Question, strategy: Strategy, asShadow?: boolean) => RefinedSteps;
