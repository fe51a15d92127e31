import { describe, expect, it } from "vitest";
import { factorCholesky, solveCholesky } from "../matrix/cholesky.ts";
import { normal } from "../random/distributions.ts";
import { createRandom } from "../random/generator.ts";
import { createLinearPosterior } from "./create-posterior.ts";
import { linearBeliefs } from "./linear-beliefs.ts";
import type { Observation } from "./observation.ts";
import type { LinearPosterior } from "./posterior.ts";
import { update, withArms } from "./update.ts";

const arms = ["a", "b", "c"];
const now = 1000;
const precision = 2;
const noise = 0.7;
const open = new Uint8Array(arms.length).fill(1);

/** Rows of a hybrid model in which the shared part is always [z1, z2] and the own part [1, x]. */
function observe(contextSize: number, attributesSize: number, rows = 60): Observation[] {
  const random = createRandom("rows");
  return Array.from({ length: rows }, () => ({
    arm: arms[random.integer(arms.length)],
    reward: normal(random),
    exposure: 0.25 + 0.75 * random.next(),
    at: now,
    context: Array.from({ length: contextSize }, () => normal(random)),
    attributes: Array.from({ length: attributesSize }, () => normal(random)),
  }));
}

/** The same model as one ridge regression with a block of columns an arm: solved without any of the algebra. */
function directly(observations: readonly Observation[], contextSize: number, attributesSize: number) {
  const size = attributesSize + arms.length * contextSize;
  const matrix = new Float64Array(size * size);
  const moments = new Float64Array(size);
  for (let i = 0; i < size; i++) matrix[i * size + i] = precision;
  const rowOf = (arm: string, context: ArrayLike<number>, attributes: ArrayLike<number>): Float64Array => {
    const row = new Float64Array(size);
    row.set(Array.from(attributes));
    row.set(Array.from(context), attributesSize + arms.indexOf(arm) * contextSize);
    return row;
  };
  for (const { arm, reward, exposure = 1, context = [], attributes = [] } of observations) {
    const row = rowOf(arm, context, attributes);
    for (let i = 0; i < size; i++) {
      moments[i] += reward * row[i];
      for (let j = 0; j < size; j++) matrix[i * size + j] += exposure * row[i] * row[j];
    }
  }
  factorCholesky(matrix, size);
  const solve = (vector: Float64Array): Float64Array => {
    const solved = vector.slice();
    solveCholesky(matrix, size, solved);
    return solved;
  };
  const dot = (one: Float64Array, other: Float64Array): number =>
    one.reduce((sum, value, i) => sum + value * other[i], 0);
  const covariance = (one: Float64Array, other: Float64Array): number => dot(one, solve(other));
  return { rowOf, covariance, mean: (row: Float64Array) => dot(row, solve(moments)) };
}

describe.each([
  ["each arm learning alone", 3, 0],
  ["all arms learning as one", 0, 3],
  ["own and shared coefficients together", 2, 3],
])("linear beliefs with %s", (_, contextSize, attributesSize) => {
  const observations = observe(contextSize, attributesSize);
  // So many pseudo-observations that the noise is what it was said to be.
  const prior = { precision, deviation: noise, deviationStrength: 1e12 };
  const posterior = learn(createLinearPosterior(arms, { contextSize, attributesSize, prior }), observations);
  const direct = directly(observations, contextSize, attributesSize);
  const context = [1, -0.5, 0.3].slice(0, contextSize);
  const attributes = {
    a: [1, 0.2, 0].slice(0, attributesSize),
    b: [0, 1, 1].slice(0, attributesSize),
    c: [1, 1, -1].slice(0, attributesSize),
  };
  const rows = arms.map((arm) => direct.rowOf(arm, context, Object.entries(attributes)[arms.indexOf(arm)][1]));
  const beliefs = linearBeliefs(posterior, { count: 20_000, seed: "worlds" });
  const situation = { context, attributes };

  it("predict as one large ridge regression does", () => {
    const expected = rows.map((row) => expect.closeTo(direct.mean(row), 9));
    expect(Array.from(beliefs.means(situation, open))).toEqual(expected);
  });

  it("bound a prediction by its standard deviation", () => {
    const expected = rows.map((row) =>
      expect.closeTo(direct.mean(row) + 2 * noise * Math.sqrt(direct.covariance(row, row)), 6),
    );
    expect(Array.from(beliefs.bounds(2, situation, open))).toEqual(expected);
  });

  it("draw arms with the means and covariances of the posterior", () => {
    const { rewards } = beliefs.draws(situation, open);
    const count = rewards.length / arms.length;
    for (const [i, one] of rows.entries()) {
      for (const [j, other] of rows.entries()) {
        let sum = 0;
        for (let draw = 0; draw < count; draw++) {
          const [a, b] = [rewards[i * count + draw] - direct.mean(one), rewards[j * count + draw] - direct.mean(other)];
          sum += a * b;
        }
        const scale = noise ** 2 * Math.sqrt(direct.covariance(one, one) * direct.covariance(other, other));
        const error = sum / count - noise ** 2 * direct.covariance(one, other);
        expect(Math.abs(error)).toBeLessThan(5 * scale * Math.sqrt(2 / count));
      }
    }
  });
});

describe("linear beliefs", () => {
  it("of the arms that stay do not change when another is left out, nor does the noise", () => {
    const sizes = { contextSize: 2, attributesSize: 3 };
    const posterior = learn(createLinearPosterior(arms, sizes), observe(2, 3));
    const fewer = withArms(posterior, ["c", "a"]);
    if (fewer.kind !== "linear") throw new Error("A linear posterior stays linear.");
    const situation = { context: [1, 2], attributes: { a: [1, 0, 2], b: [0, 0, 0], c: [1, 1, 0] } };
    const before = linearBeliefs(posterior, { count: 0, seed: "" }).bounds(2, situation, open);
    const after = linearBeliefs(fewer, { count: 0, seed: "" }).bounds(2, situation, new Uint8Array([1, 1]));
    expect(Array.from(after)).toEqual([expect.closeTo(before[2], 9), expect.closeTo(before[0], 9)]);
  });

  it("find the noise of rewards in what the line leaves over", () => {
    const random = createRandom("noise");
    const observations = Array.from({ length: 4000 }, (_, i): Observation => {
      const x = normal(random);
      return { arm: arms[i % 3], reward: 2 - x + 3 * normal(random), at: now, context: [1, x] };
    });
    const posterior = learn(createLinearPosterior(arms, { contextSize: 2 }), observations);
    const situation = { context: [1, 0] };
    const [mean] = linearBeliefs(posterior, { count: 0, seed: "" }).means(situation, open);
    const [bound] = linearBeliefs(posterior, { count: 0, seed: "" }).bounds(1, situation, open);
    // A third of 4000 observations fix an intercept to 3 / sqrt(4000 / 3).
    expect((bound - mean) * Math.sqrt(4000 / 3)).toBeCloseTo(3, 0);
  });
});

function learn(posterior: LinearPosterior, observations: readonly Observation[]): LinearPosterior {
  const learnt = update(posterior, observations, now);
  if (learnt.kind !== "linear") throw new Error("A linear posterior stays linear.");
  return learnt;
}
