/** A strategy while it is written: what the form holds, and what is sent of it. */
import { sourceNames } from "@basketlift/engine/decision";
import type { StrategyDefinition, StrategyLine } from "../../api/contract.ts";
import type { Problem } from "../../api/problem.ts";

export type SourceDraft = StrategyDefinition["sources"][number];
export type Weights = NonNullable<StrategyDefinition["weights"]>;

/** Parts that change; a part that a strategy may lack is taken out by undefined. */
export type DraftChange = {
  readonly [Key in keyof StrategyDefinition]?:
    | StrategyDefinition[Key]
    | (object extends Pick<StrategyDefinition, Key> ? undefined : never);
};

/** @returns what a strategy says, ready to be changed: all of it, also what no field shows */
export function draftOf(strategy: StrategyLine): StrategyDefinition {
  const { id: _id, version: _version, origin: _origin, updatedAt: _updatedAt, sources, fallbacks, ...rest } = strategy;
  return withoutAbsent({
    ...rest,
    sources: sources.map(knownUse),
    fallbacks: fallbacks?.map(({ sources: own, ...fallback }) => ({
      ...fallback,
      ...(own && { sources: own.map(knownUse) }),
    })),
  });
}

function knownUse({ source, insteadOf, ...use }: StrategyLine["sources"][number]): SourceDraft {
  return { source: sourceNamed(source), ...use, ...(insteadOf !== undefined && { insteadOf: sourceNamed(insteadOf) }) };
}

/** @returns the draft with these parts changed */
export function changed(draft: StrategyDefinition, change: DraftChange): StrategyDefinition {
  return withoutAbsent({ ...draft, ...change });
}

/** How much each factor counts where a strategy does not say. */
const usualWeights = { relevance: 1, stockCover: 0, novelty: 0 } as const;
/** A weight with a field of its own. */
export type WeightName = keyof typeof usualWeights;

export const weightIn = ({ weights }: Pick<StrategyDefinition, "weights">, name: WeightName): number =>
  weights?.[name] ?? usualWeights[name];

export function withWeight(draft: StrategyDefinition, name: WeightName, weight: number): StrategyDefinition {
  return withWeights(draft, { [name]: weight === usualWeights[name] ? undefined : weight });
}

/** A weight of the margin stands in for the older number beside the weights. */
export const marginPullIn = ({ weights, marginWeight }: StrategyDefinition): number =>
  weights?.margin ?? marginWeight ?? 0;

export function withMarginPull(draft: StrategyDefinition, pull: number): StrategyDefinition {
  return draft.weights?.margin === undefined
    ? changed(draft, { marginWeight: pull })
    : withWeights(draft, { margin: pull });
}

function withWeights(draft: StrategyDefinition, weights: { readonly [Name in keyof Weights]?: number | undefined }) {
  return changed(draft, { weights: orNothing(withoutAbsent<Weights>({ ...draft.weights, ...weights })) });
}

/** @param variety 0 for plain ranking: the complement of the engine's `lambda` */
export function withVariety(draft: StrategyDefinition, variety: number): StrategyDefinition {
  return withDiversity(draft, { lambda: variety === 0 ? undefined : complement(variety) });
}

export const varietyIn = ({ diversity }: Pick<StrategyDefinition, "diversity">): number =>
  complement(diversity?.lambda ?? 1);

export function withCalibration(draft: StrategyDefinition, calibration: number): StrategyDefinition {
  return withDiversity(draft, { calibration: calibration === 0 ? undefined : calibration });
}

type Diversity = NonNullable<StrategyDefinition["diversity"]>;

function withDiversity(draft: StrategyDefinition, part: { readonly [Name in keyof Diversity]?: number | undefined }) {
  return changed(draft, { diversity: orNothing(withoutAbsent<Diversity>({ ...draft.diversity, ...part })) });
}

/** @param rate undefined for none; an amount beside it stays */
export function withLeastMargin(draft: StrategyDefinition, rate: number | undefined): StrategyDefinition {
  type MinimumMargin = NonNullable<StrategyDefinition["minimumMargin"]>;
  return changed(draft, {
    minimumMargin: orNothing(withoutAbsent<MinimumMargin>({ ...draft.minimumMargin, rate })),
  });
}

/** Sources that stand in for one that is gone, or now stands behind them, speak for themselves. */
export function withoutLostStandIns(sources: readonly SourceDraft[]): SourceDraft[] {
  return sources.map(({ insteadOf, ...use }, index) =>
    insteadOf !== undefined && sources.slice(0, index).some(({ source }) => source === insteadOf)
      ? { ...use, insteadOf }
      : use,
  );
}

/** Whether two say the same, in whatever order they say it. */
export const isSameStrategy = (one: StrategyDefinition, other: StrategyDefinition): boolean =>
  inOrder(one) === inOrder(other);

function inOrder(draft: StrategyDefinition): string {
  return JSON.stringify(draft, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function withoutAbsent<Whole extends object>(value: { readonly [Key in keyof Whole]: Whole[Key] | undefined }): Whole;
function withoutAbsent(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined));
}

const orNothing = <Part extends object>(part: Part): Part | undefined =>
  Object.keys(part).length > 0 ? part : undefined;

/** 1 - 0.7 is 0.3 to a reader. */
const complement = (share: number): number => Number((1 - share).toPrecision(12));

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
