/** A strategy while it is written: what the form holds, and what is sent of it. */
import { sourceNames } from "@basketlift/engine/decision";
import type { StrategyDefinition, StrategyLine } from "../../api/contract.ts";
import type { Problem } from "../../api/problem.ts";

export type SourceDraft = StrategyDefinition["sources"][number];

/** @returns what a strategy says, ready to be changed */
export function draftOf(strategy: StrategyLine): StrategyDefinition {
  const { type, sources, owned, whenShort, candidates, limit, temperature, perCategory, marginWeight } = strategy;
  return {
    type,
    sources: sources.map(({ source, insteadOf, ...use }) => ({
      source: sourceNamed(source),
      ...use,
      ...(insteadOf !== undefined && { insteadOf: sourceNamed(insteadOf) }),
    })),
    owned,
    whenShort,
    candidates,
    limit,
    temperature,
    ...(perCategory !== undefined && { perCategory }),
    marginWeight,
  };
}

/** @returns the source of that name; popularity where there is none, which fits everywhere */
export const sourceNamed = (name: string): SourceDraft["source"] =>
  sourceNames.find((each) => each === name) ?? "popularity";

/** @example idOf("Évening  picks!"); // "évening-picks" */
export function idOf(name: string): string {
  const words =
    name
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{Ll}\p{Lo}\p{N}]+/gu) ?? [];
  return words.join("-").slice(0, 60).replace(/-$/, "");
}

/** What the server says about a field, by its JSON pointer. */
export function complaintAbout(problem: Problem | undefined, pointer: string): string | undefined {
  return problem?.errors.find((error) => error.pointer === pointer)?.detail;
}
