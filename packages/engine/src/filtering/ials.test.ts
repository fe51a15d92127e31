import { describe, expect, it } from "vitest";
import { InvalidFile, InvalidOption } from "../errors.ts";
import { atOnce } from "../matrix/pieces.ts";
import { incidence, rowOf } from "../matrix/sparse.ts";
import { checkerboard, describeModel } from "../models/describe-model.ts";
import { createRandom } from "../random/generator.ts";
import { alignAxes } from "./ials-axes.ts";
import { createCholeskyStep, createConjugateGradientStep } from "./ials-step.ts";
import { loadIals, trainIals } from "./ials.ts";

const small = { factors: 4, iterations: 4 } as const;

describeModel(
  "iALS",
  (view, controls) => trainIals(view.baskets, { ...small, regularisation: 0.1, ...controls }),
  loadIals,
);
describeModel(
  "iALS by Cholesky",
  (view, controls) => trainIals(view.baskets, { ...small, regularisation: 0.1, solver: "cholesky", ...controls }),
  loadIals,
);

const random = createRandom("ials");
const draw = (length: number): Float32Array => Float32Array.from({ length }, () => random.next() - 0.5);

describe("a step of iALS", () => {
  it("solves the normal equations, exactly or nearly so", () => {
    const factors = draw(10 * 8);
    const gram = Float64Array.from({ length: 8 }, (_, i) => 0.1 * i);
    const held = Uint32Array.of(9, 1, 4, 7, 2);
    const exact = new Float64Array(8);
    const near = new Float64Array(8);
    atOnce(createCholeskyStep({ factors, gram, width: 8 })(held, 1, 4, 0.3, exact));
    atOnce(createConjugateGradientStep({ factors, gram, width: 8 }, 20)(held, 1, 4, 0.3, near));
    for (let i = 0; i < 8; i++) {
      let left = (gram[i] + 0.3) * exact[i];
      let right = 0;
      for (const row of [1, 4, 7]) {
        const score = exact.reduce((sum, value, j) => sum + value * factors[row * 8 + j], 0);
        left += factors[row * 8 + i] * score;
        right += factors[row * 8 + i];
      }
      expect(left).toBeCloseTo(right, 9);
      expect(near[i]).toBeCloseTo(exact[i], 5);
    }
  });

  it("finds axes on which one side is orthogonal, and changes no score on the way", () => {
    const [fixed, moving] = [draw(30 * 8), draw(21 * 8)];
    const scoreOf = (a: Float32Array, b: Float32Array, i: number, j: number): number =>
      a.subarray(8 * i, 8 * i + 8).reduce((sum, value, k) => sum + value * b[8 * j + k], 0);
    const before = [scoreOf(fixed, moving, 0, 0), scoreOf(fixed, moving, 29, 20)];
    const lengths = atOnce(alignAxes(fixed, moving, 8));
    expect(scoreOf(fixed, moving, 0, 0)).toBeCloseTo(before[0], 5);
    expect(scoreOf(fixed, moving, 29, 20)).toBeCloseTo(before[1], 5);
    for (let a = 0; a < 8; a++) {
      for (let b = 0; b < 8; b++) {
        let sum = 0;
        for (let row = 0; row < 30; row++) sum += fixed[8 * row + a] * fixed[8 * row + b];
        expect(sum).toBeCloseTo(a === b ? lengths[a] : 0, 4);
      }
    }
  });
});

describe("iALS", () => {
  it("comes to the same by Cholesky and by conjugate gradients", async () => {
    const exact = await trainIals(checkerboard.baskets, { factors: 8, solver: "cholesky", iterations: 20 });
    const near = await trainIals(checkerboard.baskets, { factors: 8, steps: 8, iterations: 20 });
    const [one, other] = [exact, near].map((model) => model.recommend({ history: [2, 6] }, 8));
    expect(new Set(one.products)).toEqual(new Set(other.products));
    one.scores.forEach((score, place) => expect(score).toBeCloseTo(other.scores[place], 3));
  });

  it("betters its objective with every iteration", async () => {
    const weights = { unobservedWeight: 0.1, regularisation: 0.01 };
    const losses: number[] = [];
    for (const iterations of [1, 2, 4, 8]) {
      const model = await trainIals(checkerboard.baskets, { factors: 4, iterations, solver: "cholesky", ...weights });
      losses.push(lossOf(model.save().columns["factors"], weights));
    }
    for (let i = 1; i < losses.length; i++) expect(losses[i]).toBeLessThan(losses[i - 1] + 1e-6);
  });

  it("answers a newcomer as it answers a customer of the same history", async () => {
    const model = await trainIals(checkerboard.baskets, { factors: 8, regularisation: 0.1 });
    const history = rowOf(checkerboard.baskets, 0);
    const { products, scores } = model.recommend({ history }, 1);
    // Customer 0 left out product 0 only, and that is near certain.
    expect([...products]).toEqual([0]);
    expect(scores[0]).toBeGreaterThan(0.5);
  });

  it("gives nothing to a product that nobody holds, and never answers it", async () => {
    const shop = incidence({ rows: 3, columns: 4, row: [0, 0, 1, 1, 2], column: [0, 1, 0, 1, 2] });
    const model = await trainIals(shop, small);
    expect([...model.recommend({ history: [0] }, 4).products][0]).toBe(1);
    expect([...model.recommend({ history: [0] }, 4).products]).not.toContain(3);
    expect([...model.recommend({ history: [3] }, 4).products]).toEqual([]);
  });

  it("starts elsewhere with another seed", async () => {
    const [one, other] = await Promise.all(
      ["a", "b"].map((seed) => trainIals(checkerboard.baskets, { factors: 4, iterations: 1, seed })),
    );
    expect(one.save().columns["factors"]).not.toEqual(other.save().columns["factors"]);
  });

  it("refuses a file whose factors do not fit the kernel", async () => {
    const file = (await trainIals(checkerboard.baskets, small)).save();
    await expect(loadIals({ ...file, settings: { ...file.settings, factors: 5, productCount: 16 } })).rejects.toThrow(
      InvalidFile,
    );
  });

  it("says which setting is wrong", async () => {
    const wrong = [
      { factors: 6 },
      { factors: 0 },
      { iterations: 0 },
      { steps: 0 },
      { unobservedWeight: 0 },
      { regularisation: 0 },
      { regularisationExponent: -1 },
    ];
    for (const options of wrong) await expect(trainIals(checkerboard.baskets, options)).rejects.toThrow(InvalidOption);
  });
});

/** The objective at the best customers' vectors for given product factors. */
function lossOf(factors: unknown, weights: { unobservedWeight: number; regularisation: number }): number {
  if (!(factors instanceof Float32Array)) throw new TypeError("factors are no Float32Array");
  const { baskets, productCount } = checkerboard;
  const products = factors.slice();
  const gram = atOnce(alignAxes(products, new Float32Array(), 4)).map((value) => value * weights.unobservedWeight);
  const step = createCholeskyStep({ factors: products, gram, width: 4 });
  let loss = 0;
  for (let row = 0; row < baskets.rows; row++) {
    const [begin, end] = [baskets.offsets[row], baskets.offsets[row + 1]];
    const penalty = weights.regularisation * (end - begin + weights.unobservedWeight * productCount);
    const vector = new Float64Array(4);
    atOnce(step(baskets.indices, begin, end, penalty, vector));
    for (let product = 0; product < productCount; product++) {
      const score = vector.reduce((sum, value, i) => sum + value * products[4 * product + i], 0);
      loss += weights.unobservedWeight * score ** 2;
      if (rowOf(baskets, row).includes(product)) loss += (score - 1) ** 2;
    }
    loss += penalty * vector.reduce((sum, value) => sum + value * value, 0);
  }
  for (let product = 0; product < productCount; product++) {
    const own = products.subarray(4 * product, 4 * product + 4);
    const held = baskets.indices.filter((index) => index === product).length;
    const penalty = weights.regularisation * (held + weights.unobservedWeight * baskets.rows);
    loss += penalty * own.reduce((sum, value) => sum + value * value, 0);
  }
  return loss;
}
