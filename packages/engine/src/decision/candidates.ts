/** Step 2, candidates: each source of the strategy proposes its best. A source that fails is left out and named. */
import type { Ranked } from "../matrix/top-k.ts";
import type { Query } from "../models/recommender.ts";
import type { Context } from "./context.ts";
import type { DecisionState, Source } from "./state.ts";
import type { SourceUse, Strategy } from "./strategy.ts";

/** What one source proposed, starting from some of the shopper's products. */
export interface Proposal {
  readonly use: SourceUse;
  readonly source: Source;
  readonly startedFrom: readonly number[];
  /** What the source was asked; asked again with the same object, models remember what they heard. */
  readonly query: Query;
  readonly ranked: Ranked;
}

export interface MissingSource {
  readonly source: string;
  /** `failed` makes the decision a degraded one; `not-trained` is a shop without that kind of data. */
  readonly why: "not-trained" | "failed";
  /** The error's message, where there is one. */
  readonly detail?: string;
}

export interface Candidates {
  readonly proposals: readonly Proposal[];
  /** Sources the strategy wants that gave nothing because they were never trained, or because they threw. */
  readonly missing: readonly MissingSource[];
}

/** Asks every source that has something to start from; those that stand in for another only where that one is silent. */
export function gatherCandidates(
  context: Context,
  strategy: Pick<Strategy, "sources" | "candidates" | "owned">,
  state: DecisionState,
): Candidates {
  const proposals: Proposal[] = [];
  const missing: MissingSource[] = [];
  for (const use of strategy.sources) {
    if (use.insteadOf && proposals.some((proposal) => proposal.use.source === use.insteadOf)) continue;
    const source = state.sources.get(use.source);
    const startedFrom = context.startingPoints[use.from];
    if (use.from !== "nothing" && startedFrom.length === 0) continue;
    if (!source) {
      missing.push({ source: use.source, why: "not-trained" });
      continue;
    }
    try {
      const query =
        use.from === "purchases"
          ? // What comes back and what is new are different questions to models of purchases.
            { history: startedFrom, repeats: strategy.owned !== "exclude", basketEnds: context.basketEnds }
          : { history: startedFrom, repeats: true };
      const ranked = source.model.recommend(query, strategy.candidates);
      if (ranked.products.length > 0) proposals.push({ use, source, startedFrom, query, ranked });
    } catch (error) {
      // One broken source must not take the answer down; the decision says that it is degraded.
      const detail = error instanceof Error ? error.message : String(error);
      missing.push({ source: use.source, why: "failed", detail });
    }
  }
  return { proposals, missing };
}
