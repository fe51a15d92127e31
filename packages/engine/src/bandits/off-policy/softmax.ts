/** Scores into chances. */

/**
 * In place: e^score over their sum. Scores of -Infinity get no chance.
 * @example
 * const chances = Float64Array.of(0, Math.log(3));
 * softmax(chances); // 0.25, 0.75
 */
export function softmax(scores: Float64Array): void {
  const largest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
  let sum = 0;
  for (let i = 0; i < scores.length; i++) sum += scores[i] = Math.exp(scores[i] - largest);
  for (let i = 0; i < scores.length; i++) scores[i] /= sum;
}
