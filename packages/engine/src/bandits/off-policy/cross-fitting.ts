/**
 * Reward models that never judge the rows they learned from: each fold is predicted by a model of the others, so that
 * a doubly robust estimate is not drawn towards what the model remembers. Chernozhukov et al., "Double/debiased machine
 * learning for treatment and structural parameters", Econometrics Journal 21 (2018).
 */
import { InvalidInput, requireInteger } from "../../errors.ts";
import { createPacer, type TrainingControls } from "../../models/training.ts";
import { shuffle, type Random } from "../../random/index.ts";
import type { DecisionLog } from "./decision-log.ts";
import type { RewardLearner, RewardModel } from "./reward-model.ts";
import { numberUnits } from "./units.ts";

/** Models by fold; `models[foldOf[row]]` did not see the row. */
export interface CrossFitted {
  readonly foldOf: Uint32Array;
  readonly models: readonly RewardModel[];
}

/**
 * @throws InvalidOption when `folds` is below 2; InvalidInput when the log has fewer units than folds
 */
export async function crossFit(
  log: DecisionLog,
  learn: RewardLearner,
  { folds, random, ...controls }: { readonly folds: number; readonly random: Random } & TrainingControls,
): Promise<CrossFitted> {
  requireInteger("folds", folds, 2);
  const foldOf = drawFolds(log, folds, random);
  const pace = createPacer("learning what decisions bring", folds, controls);
  const models: RewardModel[] = [];
  const all = Uint32Array.from(foldOf.keys());
  for (let fold = 0; fold < folds; fold++) {
    const others = all.filter((row) => foldOf[row] !== fold);
    models.push(await pace.through(learn(log, others), fold));
  }
  pace.finish();
  return { foldOf, models };
}

/** Folds of equal size; rows of one unit stay together. */
function drawFolds(log: DecisionLog, folds: number, random: Random): Uint32Array {
  const { unitOfRow, units } = numberUnits(log);
  if (units < folds) throw new InvalidInput("rows", units, `at least ${folds} rows or units, one for each fold`);
  const foldOfUnit = shuffle(
    random,
    Uint32Array.from({ length: units }, (_, unit) => unit % folds),
  );
  return unitOfRow.map((unit) => foldOfUnit[unit]);
}
