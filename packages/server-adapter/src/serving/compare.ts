/**
 * Strategies side by side on the same request: the same shopper, state and chance, so that what differs is theirs.
 * Nothing is logged, for nobody is shown anything.
 */
import { randomUUID } from "node:crypto";
import type { Engine } from "@basketlift/engine";
import { decide, traceOf, type Strategy } from "@basketlift/engine/decision";
import type { BasketliftContract } from "../contract/index.ts";
import type { RouteOutput } from "../contract/route.ts";
import { requestOf, withProblems, type Circumstances } from "./decide.ts";

type Comparison = RouteOutput<BasketliftContract["compareStrategies"]>;

/** A strategy that takes part. */
export type Contender = { readonly saved: Strategy } | { readonly draft: Strategy };

/**
 * @param circumstances without a visitor: a comparison is in no experiment
 * @param now milliseconds since 1970, UTC
 * @throws ProblemError `invalid-request` when the engine cannot use the circumstances
 */
export function compare(
  contenders: readonly Contender[],
  circumstances: Omit<Circumstances, "visitorId" | "strategy">,
  { state, catalogue }: Pick<Engine, "state" | "catalogue">,
  now: number,
): Comparison {
  const occasion = { decisionId: randomUUID(), now };
  const decided = contenders.map((contender) => {
    const strategy = "draft" in contender ? contender.draft : contender.saved;
    const strategies = new Map(state.strategies).set(strategy.id, strategy);
    const request = requestOf({ ...circumstances, strategy: strategy.id });
    const { recommendation, steps } = withProblems(() => decide(request, { ...state, strategies }, occasion));
    const { id, version } = strategy;
    return {
      strategy: "draft" in contender ? null : { id, version },
      recommendation,
      trace: traceOf(steps, catalogue),
    };
  });
  const shown = decided.map(({ recommendation }) => new Set(recommendation.recommendedProducts));
  return { results: decided, overlap: overlapOf(shown) };
}

/** Each two once. */
function overlapOf(shown: readonly ReadonlySet<string>[]): Comparison["overlap"] {
  const overlap: Comparison["overlap"] = [];
  for (const [b, other] of shown.entries()) {
    for (const [a, one] of shown.slice(0, b).entries()) {
      const shared = Array.from(one).filter((product) => other.has(product)).length;
      overlap.push({ a, b, shared, either: one.size + other.size - shared });
    }
  }
  return overlap;
}
