/** Strategies, traces and recommendations as the engine makes them. The contract passes them on as they are; here they are checked. */
import type { FullTrace, Recommendation, Strategy } from "@basketlift/engine/decision";

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

const hasLists = (value: Readonly<Record<string, unknown>>, ...names: readonly string[]): boolean =>
  names.every((name) => Array.isArray(value[name]));

export function isStrategy(value: unknown): value is Strategy {
  return isRecord(value) && typeof value["id"] === "string" && hasLists(value, "sources");
}

export function isTrace(value: unknown): value is FullTrace {
  return (
    isRecord(value) &&
    isRecord(value["context"]) &&
    isRecord(value["context"]["startingPoints"]) &&
    isStrategy(value["strategy"]) &&
    hasLists(value, "candidates", "missingSources", "refused", "fallbacks", "rules", "pool", "slate")
  );
}

export function isRecommendation(value: unknown): value is Recommendation {
  return isRecord(value) && typeof value["status"] === "string" && hasLists(value, "items");
}
