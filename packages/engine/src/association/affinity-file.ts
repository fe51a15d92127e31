/** Affinities to named columns and back. Only what cannot be derived is written: 36 bytes a pair. */
import { InvalidFile } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { columnOf, indicesOf, integerSetting, numberSetting, requireKind } from "../models/model-columns.ts";
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
 * const affinities = loadAffinities(affinityRecommender(found).save());
 */
export function loadAffinities(file: ModelFile): Affinities {
  requireKind(file, "affinity");
  const productBaskets = columnOf(file, "productBaskets", Uint32Array);
  const productA = indicesOf(file, "productA", productBaskets.length);
  const pairs = productA.length;
  const columns: AffinityColumns = {
    productA,
    productB: indicesOf(file, "productB", productBaskets.length, pairs),
    count: columnOf(file, "count", Uint32Array, pairs),
    expected: columnOf(file, "expected", Float64Array, pairs),
    logPValue: columnOf(file, "logPValue", Float64Array, pairs),
    logQValue: columnOf(file, "logQValue", Float64Array, pairs),
  };
  requireOrder(columns);
  return affinitiesFrom(columns, productBaskets, factsFrom(file));
}

/** Pairs are found by binary search. */
function requireOrder({ productA, productB }: AffinityColumns): void {
  for (let i = 0; i < productA.length; i++) {
    const isPair = productA[i] < productB[i];
    const ascends =
      i === 0 || productA[i] > productA[i - 1] || (productA[i] === productA[i - 1] && productB[i] > productB[i - 1]);
    if (!isPair || !ascends) throw new InvalidFile(`Pair ${i} of the affinity model is out of order.`);
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
