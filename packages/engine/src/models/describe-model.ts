/**
 * The one test every model must pass, after implicit's `recommender_base_test.py`: the promises of `Recommender` on
 * random shops, and a checkerboard on which the right answer can be proved. For tests only.
 */
/* oxlint-disable eslint/no-restricted-imports -- only tests import this file: it never ships */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidFile, InvalidInput, InvalidOption } from "../errors.ts";
import { readModel, writeModel, type ModelFile } from "../files/model-file.ts";
import { sealView, type TrainingView } from "../history/training-view.ts";
import { groupByRow, incidence, type Cells } from "../matrix/sparse.ts";
import type { Ranked } from "../matrix/top-k.ts";
import type { Contribution, Query, Recommender } from "./recommender.ts";
import type { Progress, TrainingControls } from "./training.ts";

/** Trains the model under test; one that learns from other data may use the view's `productCount` alone. */
export type Train = (view: TrainingView, controls: TrainingControls) => Promise<Recommender>;
/** Loads what the model saved. */
export type Load = (file: ModelFile) => Promise<Recommender>;

/**
 * @param hasCheckerboard false for models that answer everyone alike
 * @example
 * describeModel("item neighbours", (view, controls) => trainItemNeighbours(view.baskets, controls), loadItemNeighbours);
 */
export function describeModel(name: string, train: Train, load: Load, { hasCheckerboard = true } = {}): void {
  describe(`${name}, as every model,`, () => {
    describeAnswers(train);
    if (hasCheckerboard) describeCheckerboard(train);
    describeMistakes(train);
    describeFiles(train, load);
    describeTraining(train);
  });
}

function describeAnswers(train: Train): void {
  it("keeps its promises in any shop, whatever is asked", async () => {
    await fc.assert(
      fc.asyncProperty(anyShop, anyQuestions, async (view, questions) => {
        const model = await train(view, {});
        for (const { count, ...query } of questions) {
          const answer = model.recommend(query, count);
          expectPromisesKept(answer, query, count, view.productCount);
          expect(model.recommend(query, count)).toEqual(answer);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("gives a shorter answer as the beginning of a longer one", async () => {
    const model = await train(checkerboard, {});
    const longer = model.recommend({ history: [2, 6] }, 8);
    const shorter = model.recommend({ history: [2, 6] }, 3);
    expect([...shorter.products]).toEqual([...longer.products].slice(0, 3));
  });

  it("explains a score by shares of the history that sum to 1", async () => {
    await fc.assert(
      fc.asyncProperty(anyShop, anyQuestions, async (view, questions) => {
        const model = await train(view, {});
        for (const { count, ...query } of questions) {
          for (const product of model.recommend(query, count).products) {
            const shares = model.explain(query, product);
            expect(Array.from(query.history)).toEqual(expect.arrayContaining(shares.map(({ product }) => product)));
            expectShares(shares);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it("answers a product it does not know with no explanation", async () => {
    const model = await train(checkerboard, {});
    expect(model.explain({ history: [2] }, checkerboard.productCount + 1)).toEqual([]);
  });
}

function describeCheckerboard(train: Train): void {
  it("never puts an odd product first for who holds even ones, nor an even one for who holds odd ones", async () => {
    const model = await train(checkerboard, {});
    for (let product = 0; product < checkerboard.productCount; product++) {
      const { products } = model.recommend({ history: [product] }, 5);
      expect(Array.from(products, (other) => other % 2)).toEqual(Array(5).fill(product % 2));
    }
  });

  it("names the product that speaks for an answer", async () => {
    const model = await train(checkerboard, {});
    const [best] = model.recommend({ history: [4] }, 1).products;
    expect(model.explain({ history: [4] }, best)).toEqual([{ product: 4, share: 1 }]);
  });

  it("answers nobody without a history, and nothing to products it does not know", async () => {
    const model = await train(checkerboard, {});
    expect([...model.recommend({ history: [] }, 5).products]).toEqual([]);
    expect([...model.recommend({ history: [checkerboard.productCount] }, 5).products]).toEqual([]);
  });
}

function describeMistakes(train: Train): void {
  it("refuses a history of anything but catalogue indices", async () => {
    const model = await train(checkerboard, {});
    for (const history of [[-1], [0, 1.5], [NaN]]) {
      expect(() => model.recommend({ history }, 3)).toThrow(InvalidInput);
    }
  });

  it("refuses a count that is no number of products", async () => {
    const model = await train(checkerboard, {});
    for (const count of [-1, 1.5, NaN]) expect(() => model.recommend({ history: [2] }, count)).toThrow(InvalidOption);
  });

  it("answers as ever after a query that failed half-way", async () => {
    const model = await train(checkerboard, {});
    const query: Query = { history: [2, 4] };
    const before = model.recommend(query, 6);
    const failing = new Set<number>();
    failing.has = () => {
      throw new Error("the exclusions failed");
    };
    if (before.products.length > 0) {
      expect(() => model.recommend({ history: [3, 2], repeats: true, exclude: failing }, 6)).toThrow("exclusions");
    }
    expect(model.recommend(query, 6)).toEqual(before);
  });
}

function describeFiles(train: Train, load: Load): void {
  it("answers and explains the same after it was saved and loaded", async () => {
    await fc.assert(
      fc.asyncProperty(anyShop, anyQuestions, async (view, questions) => {
        const model = await train(view, {});
        const loaded = await load(readModel(writeModel(model.save())));
        expect([loaded.kind, loaded.productCount]).toEqual([model.kind, model.productCount]);
        for (const { count, ...query } of questions) {
          const answer = model.recommend(query, count);
          expect(loaded.recommend(query, count)).toEqual(answer);
          for (const product of answer.products) {
            expect(loaded.explain(query, product)).toEqual(model.explain(query, product));
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it("refuses the file of another model, and one that lacks a column or a number", async () => {
    const file = (await train(checkerboard, {})).save();
    await expect(load({ ...file, kind: "another" })).rejects.toThrow(InvalidFile);
    for (const lost of Object.keys(file.columns)) {
      const columns = Object.fromEntries(Object.entries(file.columns).filter(([column]) => column !== lost));
      await expect(load({ ...file, columns }), `without ${lost}`).rejects.toThrow(InvalidFile);
    }
    for (const lost of Object.keys(file.settings)) {
      const settings = Object.fromEntries(Object.entries(file.settings).filter(([setting]) => setting !== lost));
      await expect(load({ ...file, settings }), `without ${lost}`).rejects.toThrow(InvalidFile);
    }
  });
}

function describeTraining(train: Train): void {
  it("learns the same from the same data, byte for byte", async () => {
    const [one, two] = [await train(checkerboard, {}), await train(checkerboard, {})];
    expect(writeModel(one.save())).toEqual(writeModel(two.save()));
  });

  it("says how far it is, up to the end of every step", async () => {
    const reports: Progress[] = [];
    await train(checkerboard, { onProgress: (progress) => reports.push(progress) });
    const steps = Map.groupBy(reports, ({ step }) => step);
    expect(steps.size).toBeGreaterThan(0);
    for (const [step, ofStep] of steps) {
      const done = ofStep.map((report) => report.done);
      expect(step).not.toBe("");
      expect(done).toEqual(done.toSorted((a, b) => a - b));
      expect(ofStep.at(-1)?.done).toBe(ofStep.at(-1)?.total);
    }
  });

  it("does not begin when it was called off before", async () => {
    const reason = new Error("no longer needed");
    await expect(train(checkerboard, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it("stops when it is called off at work", async () => {
    const reason = new Error("changed my mind");
    const controller = new AbortController();
    const onProgress = () => controller.abort(reason);
    await expect(train(checkerboard, { onProgress, signal: controller.signal })).rejects.toBe(reason);
  });
}

function expectPromisesKept({ products, scores }: Ranked, query: Query, count: number, productCount: number): void {
  const answered = Array.from(products);
  expect(answered.length).toBe(scores.length);
  expect(answered.length).toBeLessThanOrEqual(count);
  expect(new Set(answered).size, "no product twice").toBe(answered.length);
  const seen = new Set(query.repeats ? [] : Array.from(query.history));
  for (const product of answered) {
    expect(product).toBeLessThan(productCount);
    expect(seen.has(product), "nothing of the history").toBe(false);
    expect(query.exclude?.has(product) ?? false, "nothing excluded").toBe(false);
  }
  expect(scores.every(Number.isFinite), "finite scores").toBe(true);
  expect(scores, "best first").toEqual(scores.toSorted().reverse());
}

function expectShares(contributions: readonly Contribution[]): void {
  if (contributions.length === 0) return;
  const products = contributions.map(({ product }) => product);
  expect(new Set(products).size, "no product twice").toBe(products.length);
  for (const { share } of contributions) expect(share).toBeGreaterThan(0);
  expect(contributions.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
}

const hour = 3_600_000;

/** A shop from lists of products: each list is a basket of a customer and a session at once, an hour after the last. */
function shopOf(productCount: number, lists: readonly (readonly number[])[], customerCount: number): TrainingView {
  const cells: Cells = {
    rows: lists.length,
    columns: productCount,
    row: lists.flatMap((products, row) => products.map(() => row)),
    column: lists.flat(),
  };
  const times = Float64Array.from(lists, (_, row) => row * hour);
  return sealView({
    from: 0,
    until: lists.length * hour,
    productCount,
    baskets: incidence(cells),
    basketAt: times,
    basketCustomer: Int32Array.from(lists, (_, row) => row % customerCount),
    customerCount,
    sessions: groupByRow(cells),
    sessionEndedAt: times,
    leftOut: {},
  });
}

/**
 * Even customers take even products and odd customers odd ones, each leaving out one, so that there is something to
 * recommend.
 */
export const checkerboard: TrainingView = shopOf(
  20,
  Array.from({ length: 40 }, (_, customer) =>
    Array.from({ length: 10 }, (_, i) => 2 * i + (customer % 2)).filter((_, i) => i !== (customer >> 1) % 10),
  ),
  40,
);

const anyShop: fc.Arbitrary<TrainingView> = fc
  .integer({ min: 1, max: 12 })
  .chain((productCount) =>
    fc
      .array(fc.array(fc.nat(productCount - 1), { maxLength: 6 }), { maxLength: 25 })
      .map((lists) => shopOf(productCount, lists, 4)),
  );

/** Histories and exclusions may name products that the model does not know. */
const anyQuestions: fc.Arbitrary<(Query & { count: number })[]> = fc.array(
  fc.record({
    history: fc.array(fc.nat(14), { maxLength: 8 }),
    exclude: fc.uniqueArray(fc.nat(14), { maxLength: 4 }).map((products) => new Set(products)),
    repeats: fc.boolean(),
    count: fc.nat(15),
  }),
  { minLength: 1, maxLength: 5 },
);
