import { describe, expect, it } from "vitest";
import { InvalidFile, InvalidOption } from "../errors.ts";
import { groupByRow } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import { loadRecentlyViewed, trainRecentlyViewed } from "./recently-viewed.ts";

describeModel(
  "recently viewed",
  (view, controls) => trainRecentlyViewed(view.sessions, { depth: 5, ...controls }),
  loadRecentlyViewed,
  { hasCheckerboard: false },
);

function sessionsOf(...lists: readonly (readonly number[])[]) {
  return groupByRow({
    rows: lists.length,
    columns: 10,
    row: lists.flatMap((products, row) => products.map(() => row)),
    column: lists.flat(),
  });
}

describe("recently viewed", () => {
  const sessions = sessionsOf([1, 2, 1, 2, 1], [3, 4, 5], [6, 7, 6]);

  it("shows what was seen last first, each product once", async () => {
    const model = await trainRecentlyViewed(sessions);
    expect([...model.recommend({ history: [3, 8, 3, 5], repeats: true }, 6).products]).toEqual([5, 3, 8]);
  });

  it("leaves out the product that is on the page", async () => {
    const model = await trainRecentlyViewed(sessions);
    expect([...model.recommend({ history: [3, 8], repeats: true, exclude: new Set([8]) }, 6).products]).toEqual([3]);
  });

  it("shows nothing where nothing seen may come back", async () => {
    const model = await trainRecentlyViewed(sessions);
    expect([...model.recommend({ history: [3, 8] }, 6).products]).toEqual([]);
  });

  it("remembers no further than its depth", async () => {
    const model = await trainRecentlyViewed(sessions, { depth: 2 });
    expect([...model.recommend({ history: [1, 2, 3], repeats: true }, 6).products]).toEqual([3, 2]);
  });

  it("scores by how often shoppers return from so far, never more from further away", async () => {
    const often = sessionsOf(...Array.from({ length: 400 }, () => [1, 2, 1, 2, 1, 2]));
    const { scores } = (await trainRecentlyViewed(often)).recommend({ history: [1, 2, 3], repeats: true }, 3);
    // Of 2000 chances one step back none was taken, and nobody returned from further than two.
    expect(scores[0]).toBeLessThan(0.05);
    expect(scores).toEqual(scores.toSorted().reverse());
  });

  it("refuses settings and files that cannot be", async () => {
    await expect(trainRecentlyViewed(sessions, { depth: 0 })).rejects.toThrow(InvalidOption);
    const file = (await trainRecentlyViewed(sessions, { depth: 2 })).save();
    const columns = { rates: Float64Array.of(0.1, 0.2) };
    await expect(loadRecentlyViewed({ ...file, columns })).rejects.toThrow(InvalidFile);
  });
});
