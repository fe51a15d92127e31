/** Settings of the session neighbours of the literature, and those that session-rec found best on RSC15. */
import { InvalidFile } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { integerSetting, numberSetting } from "../models/model-columns.ts";

/**
 * How a weight falls with the steps back from the newest entry of a history of `length` entries: not at all; as
 * (length - steps) / length, squared; as 1 / (1 + steps); as exp(-steps / fade).
 */
export type StepWeight = "equal" | "quadratic" | "division" | { readonly fade: number };

export interface SessionKnnSettings {
  /** Most similar sessions that vote. */
  readonly k: number;
  /** Newest sessions that share a product with the history, among which they are looked for. */
  readonly sampleSize: number;
  /** Weight of each product of the history. */
  readonly stepWeight: StepWeight;
  /** What the sum of weights is divided by: the lengths of both as vectors, or the number of products. */
  readonly similarity: "cosine" | "share";
  /**
   * Which of equally similar sessions vote: `newer` by default, which finds more; `scattered` leaves it to a hash, as the
   * sets of the reference implementation do.
   */
  readonly ties?: "newer" | "scattered" | undefined;
  /** Weight of a session by the newest of its products that the history holds. */
  readonly matchWeight: StepWeight;
  /** Days after which a session counts a third; it does not fade when left out. */
  readonly fadeDays?: number | undefined;
  /** Places around the last match after which a product counts a third; all count alike when left out. */
  readonly placeFade?: number | undefined;
  /** Weight of rarity; 0 when left out. */
  readonly idfWeight?: number | undefined;
}

export const sknn: SessionKnnSettings = {
  k: 100,
  sampleSize: 500,
  stepWeight: "equal",
  similarity: "cosine",
  ties: "scattered",
  matchWeight: "equal",
};

export const vsknn: SessionKnnSettings = {
  k: 500,
  sampleSize: 5000,
  stepWeight: "quadratic",
  similarity: "share",
  matchWeight: "division",
  idfWeight: 5,
};

export const stan: SessionKnnSettings = {
  k: 1000,
  sampleSize: 10_000,
  stepWeight: { fade: 0.5 },
  similarity: "cosine",
  matchWeight: "equal",
  fadeDays: 20,
  placeFade: 0.5,
};

export const vstan: SessionKnnSettings = {
  k: 1500,
  sampleSize: 10_000,
  stepWeight: { fade: 0.5 },
  similarity: "cosine",
  matchWeight: { fade: 2 },
  fadeDays: 5,
  placeFade: 2,
  idfWeight: 2,
};

/**
 * @param length entries of the history
 * @example
 * stepWeightOf("quadratic", 0, 4); // 1
 */
export function stepWeightOf(weight: StepWeight, stepsBack: number, length: number): number {
  if (weight === "equal") return 1;
  if (weight === "quadratic") return ((length - stepsBack) / length) ** 2;
  if (weight === "division") return 1 / (1 + stepsBack);
  return Math.exp(-stepsBack / weight.fade);
}

/** Flat settings for a model file; 0 stands for what was left out. */
export function saveSessionKnnSettings(settings: SessionKnnSettings): Record<string, number | string> {
  const { k, sampleSize, similarity, ties = "newer", fadeDays = 0, placeFade = 0, idfWeight = 0 } = settings;
  return {
    k,
    sampleSize,
    similarity,
    ties,
    stepWeight: saveStepWeight(settings.stepWeight),
    matchWeight: saveStepWeight(settings.matchWeight),
    fadeDays,
    placeFade,
    idfWeight,
  };
}

/** @throws InvalidFile when a setting is absent or unknown */
export function readSessionKnnSettings(file: ModelFile): SessionKnnSettings {
  const similarity = file.settings["similarity"];
  if (similarity !== "cosine" && similarity !== "share") {
    throw new InvalidFile(`The ${file.kind} model names no similarity that is known.`);
  }
  const ties = file.settings["ties"];
  if (ties !== "newer" && ties !== "scattered") {
    throw new InvalidFile(`The ${file.kind} model does not say which of equally similar sessions vote.`);
  }
  return {
    k: integerSetting(file, "k", 1),
    sampleSize: integerSetting(file, "sampleSize", 1),
    similarity,
    ties,
    stepWeight: readStepWeight(file, "stepWeight"),
    matchWeight: readStepWeight(file, "matchWeight"),
    fadeDays: numberSetting(file, "fadeDays") || undefined,
    placeFade: numberSetting(file, "placeFade") || undefined,
    idfWeight: numberSetting(file, "idfWeight"),
  };
}

function saveStepWeight(weight: StepWeight): number | string {
  return typeof weight === "string" ? weight : weight.fade;
}

function readStepWeight(file: ModelFile, name: string): StepWeight {
  const saved = file.settings[name];
  if (saved === "equal" || saved === "quadratic" || saved === "division") return saved;
  return { fade: numberSetting(file, name, Number.MIN_VALUE) };
}
