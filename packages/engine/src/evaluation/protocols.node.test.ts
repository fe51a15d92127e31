/** The evaluation against published figures of methods that leave nothing to chance. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { groupByRow, type Incidence } from "../matrix/sparse.ts";
import { createRandom } from "../random/generator.ts";
import { evaluate } from "./evaluate.ts";
import { fixedSplit } from "./fixed-split.ts";
import { metrics } from "./metric.ts";

const folder = join(process.env["DATA_DIR"] ?? join(import.meta.dirname, "../../../../../shared/data"), "gowalla");
const isPresent = existsSync(folder);
// oxlint-disable-next-line no-console -- a skipped measurement must say so
if (!isPresent) console.warn(`Skipped: Gowalla is not at ${folder}; set DATA_DIR to the data folder.`);

/** Reads `user item item ...` lines of LightGCN's split. */
function read(file: string): Incidence {
  const row: number[] = [];
  const column: number[] = [];
  for (const line of gunzipSync(readFileSync(join(folder, file)))
    .toString()
    .trim()
    .split("\n")) {
    const [user, ...items] = line.trim().split(" ").map(Number);
    for (const item of items) {
      row.push(user);
      column.push(item);
    }
  }
  return groupByRow({ rows: 29_858, columns: 40_981, row, column });
}

describe.skipIf(!isPresent)("full ranking on Gowalla", () => {
  // TopPop on LightGCN's split: recall@20 .0416, NDCG@20 .0317.
  it("gives popularity its published figures, which leave nothing to chance or tuning", async () => {
    const split = fixedSplit({ train: read("train.txt.gz"), test: read("test.txt.gz") });
    const { popularity, questions } = await evaluate(split, [], {
      metrics: [metrics.recall(20), metrics.ndcg(20)],
      random: createRandom("Gowalla"),
      resamples: 20,
    });
    expect(questions).toBe(29_858);
    expect(popularity.figures["recall@20 of relevant"].value).toBeCloseTo(0.0416, 4);
    expect(popularity.figures["NDCG@20, truncated ideal"].value).toBeCloseTo(0.0317, 4);
  });
});
