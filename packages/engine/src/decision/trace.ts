/** What each step of a decision saw and did, in the shop's own ids: for simulators, explanations and tests. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Candidates } from "./candidates.ts";
import type { Constrained } from "./constrain.ts";
import type { Arm, Context } from "./context.ts";
import type { Refusal } from "./eligibility.ts";
import { explainItem, type ItemExplanation } from "./explain.ts";
import type { OfferedPick } from "./offer.ts";
import type { Receipt } from "./receipt.ts";
import type { Recommendation } from "./recommendation.ts";
import type { Ruling } from "./ruling.ts";
import type { ScoredPool } from "./scored-pool.ts";
import type { SourceName } from "./state.ts";
import type { StartingPoint, Strategy } from "./strategy.ts";
import type { FallbackUse } from "./supplement.ts";

/** What every step of one decision saw and did. */
export interface Trace {
  readonly context: {
    readonly market: string;
    readonly arm: Arm;
    readonly startingPoints: Readonly<Record<StartingPoint, readonly string[]>>;
    readonly unknownProducts: readonly string[];
  };
  readonly strategy: Strategy;
  readonly candidates: readonly {
    readonly source: SourceName;
    readonly from: StartingPoint;
    readonly products: readonly { readonly productId: string; readonly score: number }[];
  }[];
  readonly missingSources: Candidates["missing"];
  readonly refused: readonly { readonly productId: string; readonly why: Refusal }[];
  readonly filled: number;
  /** The pool the slate was drawn from, best score first. */
  readonly pool: readonly { readonly productId: string; readonly relevance: number; readonly score: number }[];
  readonly slate: readonly ({ readonly productId: string; readonly propensity: number } & ItemExplanation)[];
}

/** The steps of one decision, as the pipeline leaves them behind. */
export interface Steps {
  readonly context: Context;
  readonly strategy: Strategy;
  readonly candidates: Candidates;
  readonly constrained: Constrained;
  readonly scored: ScoredPool;
  readonly picks: readonly OfferedPick[];
  /** How many products were asked for. */
  readonly limit: number;
  /** Fallbacks that were asked. */
  readonly fallbacks?: readonly FallbackUse[];
  readonly ruling?: Ruling;
  /** What refined steps add to the receipt. */
  readonly receiptBesides?: Pick<Receipt, "rules" | "shadow">;
  /** What refined steps add to the answer. */
  readonly answerBesides?: Pick<Recommendation, "offers">;
}

/** Turns the steps of a decision into words and ids; `full-trace.ts` adds what only refined steps do. */
export function plainTraceOf(
  { context, strategy, candidates, constrained, scored, picks }: Steps,
  catalogue: Catalogue,
): Trace {
  const id = (product: number): string => catalogue.ids.idOf(product);
  const { product, cart, session, purchases, nothing } = context.startingPoints;
  return {
    context: {
      market: context.market.id,
      arm: context.arm,
      startingPoints: {
        product: product.map(id),
        cart: cart.map(id),
        session: session.map(id),
        purchases: purchases.map(id),
        nothing: nothing.map(id),
      },
      unknownProducts: context.unknownProducts,
    },
    strategy,
    candidates: candidates.proposals.map(({ source, use, ranked }) => ({
      source: source.name,
      from: use.from,
      products: Array.from(ranked.products, (index, place) => ({ productId: id(index), score: ranked.scores[place] })),
    })),
    missingSources: candidates.missing,
    refused: constrained.refused.map((refusal) => ({ productId: id(refusal.product), why: refusal.why })),
    filled: constrained.filled,
    pool: Array.from(scored.products.keys())
      .toSorted((a, b) => scored.scores[b] - scored.scores[a] || a - b)
      .map((place) => ({
        productId: id(scored.products[place]),
        relevance: scored.relevance[place],
        score: scored.scores[place],
      })),
    slate: picks.map((pick) => ({
      productId: id(pick.product),
      propensity: pick.propensity,
      ...explainItem(pick.product, candidates.proposals, catalogue),
    })),
  };
}
