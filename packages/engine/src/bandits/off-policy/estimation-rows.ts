/**
 * What the estimators read: four figures a row. The importance weight of Horvitz and Thompson, "A generalization of
 * sampling without replacement from a finite universe", JASA 47 (1952): the policy's chance of the action taken, over
 * the chance it was logged with.
 */
import { InvalidInput } from "../../errors.ts";
import { createPacer, type TrainingControls } from "../../models/training.ts";
import type { DecisionLog } from "./decision-log.ts";
import type { CrossFitted } from "./cross-fitting.ts";
import { createOverlapTally, heaviest, type Overlap } from "./overlap.ts";

/** One entry a logged decision. */
export interface EstimationRows {
  readonly reward: Float64Array;
  /** Importance weights w. */
  readonly weight: Float64Array;
  /** Reward that the reward model expects of the policy: the mean over its actions. */
  readonly direct: Float64Array;
  /** Reward that the reward model expects of the action taken. */
  readonly predicted: Float64Array;
}

/**
 * @param policyOf overwrites the second argument with the policy's chances in a row
 * @param fitted reward models, none of which has seen the rows it is asked about
 * @throws InvalidInput when a weight is beyond all measure
 */
export async function prepareRows(
  log: DecisionLog,
  policyOf: (row: number, chances: Float64Array) => void,
  fitted: CrossFitted,
  controls: TrainingControls,
): Promise<{ rows: EstimationRows; overlap: Overlap }> {
  const count = log.action.length;
  const column = (): Float64Array => new Float64Array(count);
  const rows = { reward: Float64Array.from(log.reward), weight: column(), direct: column(), predicted: column() };
  const chances = new Float64Array(log.actions);
  const expected = new Float64Array(log.actions);
  const tally = createOverlapTally(log);
  const pace = createPacer("weighing decisions", count, controls);
  for (let row = 0; row < count; row++) {
    if (pace.isDue()) await pace.rest(row);
    policyOf(row, chances);
    fitted.models[fitted.foldOf[row]](row, expected);
    const action = log.action[row];
    rows.weight[row] = chances[action] / log.propensity[row];
    if (!(rows.weight[row] <= heaviest)) {
      const expected = `large enough to weigh by: the policy takes this action with ${chances[action]}`;
      throw new InvalidInput(`rows[${row}].propensity`, log.propensity[row], expected);
    }
    rows.predicted[row] = expected[action];
    for (let a = 0; a < log.actions; a++) rows.direct[row] += chances[a] * expected[a];
    tally.add(row, chances);
  }
  pace.finish();
  return { rows, overlap: tally.overlap(rows.weight) };
}
