/** Asks the engine once for each different question, not at every drawing. */
import type { Recommendation, RecommendationRequest } from "@basketlift/engine/decision";
import { useMemo } from "preact/hooks";
import { useStorefront } from "../storefront.ts";

/** @returns the decision for this request; the same one until the request changes */
export function useDecision(request: RecommendationRequest): Recommendation {
  const { shop } = useStorefront();
  return useMemo(() => shop.engine.recommend(request), [shop, JSON.stringify(request)]);
}
