import { describe, expect, it } from "vitest";
import { groupByRow } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import { createRandom } from "../random/generator.ts";
import { loadSessionRanker, trainSessionRanker } from "./session-ranker.ts";
import type { SessionBuild } from "./session-settings.ts";
import type { SessionData } from "../sequences/index.ts";

const builds: readonly SessionBuild[] = ["full", "cheap", "light"];
for (const build of builds) {
  describeModel(
    `the ${build} session ranker`,
    (view, controls) => trainSessionRanker(view, { build, ...controls }),
    loadSessionRanker,
  );
}

const hour = 3_600_000;

/** Shoppers of a ring road: from each product to the next one, sometimes to the one after, now and then anywhere. */
function ringRoad(sessions: number): SessionData {
  const random = createRandom("ring road");
  const row: number[] = [];
  const column: number[] = [];
  for (let session = 0; session < sessions; session++) {
    let product = random.integer(40);
    for (let step = 0; step < 5; step++) {
      row.push(session);
      column.push(product);
      const chance = random.next();
      product = chance < 0.7 ? (product + 1) % 40 : chance < 0.9 ? (product + 2) % 40 : random.integer(40);
    }
  }
  return {
    sessions: groupByRow({ rows: sessions, columns: 40, row, column }),
    sessionEndedAt: Float64Array.from({ length: sessions }, (_, session) => session * hour),
  };
}

describe("a session ranker", () => {
  it("fits its weights to the shop where there are sessions enough, and learns the way shoppers walk", async () => {
    const model = await trainSessionRanker(ringRoad(900));
    expect(model.fittedOn).toBeGreaterThanOrEqual(500);
    for (const product of [0, 17, 38]) {
      const { products } = model.recommend({ history: [(product + 39) % 40, product], repeats: true }, 2);
      expect(products[0]).toBe((product + 1) % 40);
    }
  });

  it("serves default weights to a shop with few sessions, and says so", async () => {
    const model = await trainSessionRanker(ringRoad(60));
    expect(model.fittedOn).toBe(0);
    expect(model.recommend({ history: [5] }, 1).products[0]).toBe(6);
  });

  it("says what each signal added", async () => {
    const model = await trainSessionRanker(ringRoad(60));
    const query = { history: [4, 5] };
    const { products, scores } = model.recommend(query, 3);
    const shares = model.signalsOf(query, products[0]);
    expect(shares.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(scores[0], 5);
    expect(shares.map(({ signal }) => signal)).toContain("next");
  });
});
