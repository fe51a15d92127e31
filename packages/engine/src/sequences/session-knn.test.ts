import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { groupByRow } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import { sknn, stan, vsknn, vstan, type SessionKnnSettings } from "./session-knn-settings.ts";
import { loadSessionKnn, trainSessionKnn } from "./session-knn.ts";
import type { SessionData } from "./session-log.ts";

for (const [name, settings] of Object.entries({ sknn, vsknn, stan, vstan })) {
  describeModel(name, (view, controls) => trainSessionKnn(view, settings, controls), loadSessionKnn);
}
describeModel(
  "session neighbours with little to go by",
  (view, controls) => trainSessionKnn(view, { ...vstan, k: 2, sampleSize: 3 }, controls),
  loadSessionKnn,
);

const day = 86_400_000;

/** Sessions that end a day apart. */
function dailySessions(columns: number, lists: readonly (readonly number[])[]): SessionData {
  const row = lists.flatMap((products, session) => products.map(() => session));
  return {
    sessions: groupByRow({ rows: lists.length, columns, row, column: lists.flat() }),
    sessionEndedAt: lists.map((_, session) => session * day),
  };
}

const plain: SessionKnnSettings = {
  k: 10,
  sampleSize: 10,
  stepWeight: "equal",
  similarity: "share",
  matchWeight: "equal",
};
const two = dailySessions(5, [
  [0, 1, 2],
  [1, 3],
]);

async function scoresOf(data: SessionData, settings: SessionKnnSettings, history: number[]) {
  const { products, scores } = (await trainSessionKnn(data, settings)).recommend({ history }, 5);
  return Object.fromEntries(Array.from(products, (product, place) => [product, scores[place]]));
}

describe("session neighbours", () => {
  it("let the sessions that share the most vote the most", async () => {
    expect(await scoresOf(two, plain, [0, 1])).toEqual({ 2: 1, 3: 0.5 });
  });

  it("compare by the cosine, in which long sessions are less alike", async () => {
    const scores = await scoresOf(two, { ...plain, similarity: "cosine" }, [0, 1]);
    expect(scores[2]).toBeCloseTo(2 / Math.sqrt(2 * 3), 12);
    expect(scores[3]).toBeCloseTo(1 / Math.sqrt(2 * 2), 12);
  });

  it("weigh products of the history by how far back they lie", async () => {
    const scores = await scoresOf(two, { ...plain, stepWeight: "quadratic" }, [0, 1]);
    expect(scores).toEqual({ 2: (0.25 + 1) / 2, 3: 1 / 2 });
    const faded = await scoresOf(two, { ...plain, stepWeight: { fade: 1 } }, [0, 1]);
    expect(faded[2]).toBeCloseTo((1 + Math.exp(-1)) / 2, 12);
  });

  it("weigh a session by its newest product that the history holds", async () => {
    const scores = await scoresOf(two, { ...plain, matchWeight: "division" }, [1, 0]);
    expect(scores).toEqual({ 2: 1, 3: 0.5 * 0.5 });
  });

  it("let old sessions fade by the day", async () => {
    const scores = await scoresOf(two, { ...plain, fadeDays: 2 }, [1]);
    expect(scores[3]).toBe(1);
    expect(scores[2]).toBeCloseTo(Math.exp(-1 / 2), 6);
  });

  it("count what stands near the match for more, on either side", async () => {
    const data = dailySessions(5, [[0, 1, 2, 3, 4]]);
    const scores = await scoresOf(data, { ...plain, placeFade: 1 }, [2]);
    expect(scores[1]).toBeCloseTo(Math.exp(-1), 12);
    expect(scores[3]).toBe(scores[1]);
    expect(scores[4]).toBeCloseTo(Math.exp(-2), 12);
  });

  it("count the rare for more", async () => {
    const data = dailySessions(4, [[3], [3], [0, 1, 3]]);
    const scores = await scoresOf(data, { ...plain, idfWeight: 1 }, [0]);
    expect(scores[1]).toBeCloseTo(1 + Math.log(3), 12);
    expect(scores[3]).toBe(1);
  });

  it("look at the newest sessions only, and keep the most similar of them", async () => {
    const data = dailySessions(5, [
      [0, 1, 4],
      [0, 2],
      [0, 3],
    ]);
    expect(await scoresOf(data, { ...plain, sampleSize: 2 }, [0])).toEqual({ 2: 1, 3: 1 });
    expect(await scoresOf(data, { ...plain, k: 1 }, [0, 1])).toEqual({ 4: 1 });
  });

  it("answer long histories whose beginning has faded to nothing", async () => {
    const history = [0, ...Array.from({ length: 2000 }, () => 1)];
    expect(await scoresOf(two, { ...plain, stepWeight: { fade: 0.5 } }, history)).toEqual({ 2: 1, 3: 1 });
  });

  it("share an explanation by what each product of the history added", async () => {
    const model = await trainSessionKnn(two, { ...plain, stepWeight: "quadratic" });
    expect(model.explain({ history: [0, 1] }, 2)).toEqual([
      { product: 1, share: 0.8 },
      { product: 0, share: 0.2 },
    ]);
  });

  it("say which setting is wrong", async () => {
    for (const wrong of [{ k: 0 }, { sampleSize: 1.5 }, { fadeDays: 0 }, { placeFade: -1 }, { idfWeight: NaN }]) {
      await expect(trainSessionKnn(two, { ...plain, ...wrong })).rejects.toThrow(InvalidOption);
    }
  });
});
