/**
 * A reward model that knows nothing of the context: the mean of each action at each position, drawn towards the common
 * mean. For logs without context, or with few rewards.
 */
import { cellMeans } from "./cell-means.ts";
import type { RewardLearner } from "./reward-model.ts";

/**
 * @example
 * const report = await evaluateOffPolicy(log, policy, { random, rewardModel: learnRewardMeans });
 */
// oxlint-disable-next-line require-yield -- one pass over the rows needs no pause
export const learnRewardMeans: RewardLearner = function* ({ actions, action, reward, position }, rows) {
  let positions = 1;
  if (position) for (let row = 0; row < position.length; row++) positions = Math.max(positions, position[row] + 1);
  const placeOf = (row: number): number => (position ? position[row] : 0) * actions;
  const means = cellMeans(
    Float64Array.from(rows, (row) => reward[row]),
    Uint32Array.from(rows, (row) => placeOf(row) + action[row]),
    positions * actions,
  );
  return (row, rewards) => rewards.set(means.subarray(placeOf(row), placeOf(row) + actions));
};
