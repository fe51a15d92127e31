/** What the merchant's view says about a decision as a whole, read from its own replay. */
import type { Engine } from "@basketlift/engine";
import type { Receipt, Replay } from "@basketlift/engine/decision";

export interface DecisionFacts {
  /** Distinct products that the sources proposed. */
  readonly candidates: number;
  /** Sources that proposed something, by name. */
  readonly sources: readonly string[];
  /** Candidates that may not be shown: out of stock, in the cart, already on the page ... */
  readonly refused: number;
  /** Products that only fill places. */
  readonly filled: number;
  readonly replay: { readonly identical: boolean; readonly inWords: string };
}

/** @returns the facts; all counts are zero when the receipt belongs to another state of the engine */
export function factsOf(engine: Engine, receipt: Receipt): DecisionFacts {
  const replay = engine.replay(receipt);
  const verdict = { identical: replay.outcome === "identical", inWords: inWords(replay) };
  if (replay.outcome === "impossible") return { candidates: 0, sources: [], refused: 0, filled: 0, replay: verdict };
  const { candidates, constrained } = replay.decision.steps;
  return {
    candidates: constrained.pool.products.length - constrained.filled + constrained.refused.length,
    sources: [...new Set(candidates.proposals.map(({ source }) => source.name))],
    refused: constrained.refused.length,
    filled: constrained.filled,
    replay: verdict,
  };
}

function inWords(replay: Replay): string {
  switch (replay.outcome) {
    case "identical":
      return "Replays bit for bit";
    case "different":
      return `Differs in ${replay.fields.join(", ")}`;
    case "impossible":
      return replay.why;
  }
}
