/** Affinities to named columns and back. Only what cannot be derived is written: 36 bytes a pair. */
import { InvalidFile } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { pieceSize, type InPieces } from "../matrix/pieces.ts";
import { columnOf, indicesOf, integerSetting, numberSetting, requireKind } from "../models/model-columns.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import { affinitiesFrom, type Affinities, type AffinityColumns, type AffinityFacts } from "./affinity.ts";

/** @returns a file of kind `affinity` that `loadAffinities` reads back */
export function saveAffinities(affinities: Affinities): ModelFile {
  const { productA, productB, count, expected, logPValue, logQValue, productBaskets } = affinities;
  const { convergence, ...facts } = affinities.facts;
  return {
    kind: "affinity",
    settings: { ...facts, ...convergence },
    columns: { productA, productB, count, expected, logPValue, logQValue, productBaskets },
  };
}

/**
 * @throws InvalidFile when the file is of another kind, lacks a column or setting, or its columns disagree
 * @example
 * const affinities = await loadAffinities(affinityRecommender(found).save());
 */
export function loadAffinities(file: ModelFile, controls: TrainingControls = {}): Promise<Affinities> {
  return paced("loading affinities", readAffinities(file), controls);
}

function* readAffinities(file: ModelFile): InPieces<Affinities> {
  requireKind(file, "affinity");
  const productBaskets = yield* columnOf(file, "productBaskets", Uint32Array);
  const productA = yield* indicesOf(file, "productA", productBaskets.length);
  const pairs = productA.length;
  const columns: AffinityColumns = {
    productA,
    productB: yield* indicesOf(file, "productB", productBaskets.length, pairs),
    count: yield* columnOf(file, "count", Uint32Array, pairs),
    expected: yield* columnOf(file, "expected", Float64Array, pairs),
    logPValue: yield* columnOf(file, "logPValue", Float64Array, pairs),
    logQValue: yield* columnOf(file, "logQValue", Float64Array, pairs),
  };
  yield* requireOrder(columns);
  return yield* affinitiesFrom(columns, productBaskets, factsFrom(file));
}

/** Pairs are found by binary search. */
function* requireOrder({ productA, productB }: AffinityColumns): InPieces<void> {
  for (let i = 0; i < productA.length; i++) {
    const isPair = productA[i] < productB[i];
    const ascends =
      i === 0 || productA[i] > productA[i - 1] || (productA[i] === productA[i - 1] && productB[i] > productB[i - 1]);
    if (!isPair || !ascends) throw new InvalidFile(`Pair ${i} of the affinity model is out of order.`);
    if (i % pieceSize === 0) yield;
  }
}

function factsFrom(file: ModelFile): AffinityFacts {
  const { converged } = file.settings;
  if (typeof converged !== "boolean")
    throw new InvalidFile('Setting "converged" of the affinity model must be a boolean.');
  return {
    basketCount: integerSetting(file, "basketCount"),
    skippedBaskets: integerSetting(file, "skippedBaskets"),
    soldProducts: integerSetting(file, "soldProducts"),
    familySize: integerSetting(file, "familySize"),
    testedPairs: integerSetting(file, "testedPairs"),
    significantPairs: integerSetting(file, "significantPairs"),
    level: numberSetting(file, "level"),
    minimumLift: numberSetting(file, "minimumLift", 1),
    confidence: numberSetting(file, "confidence"),
    minimumCount: integerSetting(file, "minimumCount", 1),
    convergence: {
      converged,
      iterations: integerSetting(file, "iterations"),
      largestMarginError: numberSetting(file, "largestMarginError"),
    },
  };
}
