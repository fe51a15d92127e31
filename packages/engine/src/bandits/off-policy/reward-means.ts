/**
 * A reward model that knows nothing of the context: the mean of each action at each position, drawn towards the common
 * mean as far as its own uncertainty calls for (see `shrinkMeans`). For logs without context, or with few rewards.
 */
import { momentsOf, shrinkMeans } from "../../statistics/index.ts";
import type { RewardLearner } from "./reward-model.ts";

/**
 * @example
 * const report = await evaluateOffPolicy(log, policy, { random, rewardModel: learnRewardMeans });
 */
// oxlint-disable-next-line require-yield -- one pass over the rows needs no pause
export const learnRewardMeans: RewardLearner = function* ({ actions, action, reward, position }, rows) {
  const cellOf = (row: number): number => (position ? position[row] : 0) * actions + action[row];
  const cells = rows.reduce((most, row) => Math.max(most, cellOf(row) + 1), 0);
  const count = new Float64Array(cells);
  const sum = new Float64Array(cells);
  for (const row of rows) {
    count[cellOf(row)]++;
    sum[cellOf(row)] += reward[row];
  }
  const { mean, variance } = momentsOf(Float64Array.from(rows, (row) => reward[row]));
  const known = Uint32Array.from(count.keys()).filter((cell) => count[cell] > 0);
  const expected = new Float64Array(cells).fill(mean);
  if (variance > 0) {
    const shrunk = shrinkMeans(
      Float64Array.from(known, (cell) => sum[cell] / count[cell]),
      Float64Array.from(known, (cell) => variance / count[cell]),
    );
    expected.fill(shrunk.centre);
    for (const [index, cell] of known.entries()) expected[cell] = shrunk.mean[index];
  }
  const elsewhere = expected.length > 0 && variance > 0 ? expected : undefined;
  return (row, rewards) => {
    const begin = (position ? position[row] : 0) * actions;
    for (let a = 0; a < actions; a++) rewards[a] = elsewhere?.[begin + a] ?? mean;
  };
};
