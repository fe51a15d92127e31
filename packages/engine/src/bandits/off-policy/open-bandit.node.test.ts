/**
 * Real logs of two policies on one page of a fashion shop, 10,000 decisions each: Open Bandit Dataset, campaign "men",
 * small. Its uniform policy is judged by the log of its Thompson sampling, and what it really brought is known.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../random/index.ts";
import { uniformPolicy, type DecisionLog } from "./decision-log.ts";
import { evaluateOffPolicy } from "./evaluate-off-policy.ts";

const folder = join(
  process.env["DATA_DIR"] ?? join(import.meta.dirname, "../../../../../../shared/data"),
  "open-bandit-men",
);
const isPresent = existsSync(folder);
// oxlint-disable-next-line no-console -- a skipped measurement must say so
if (!isPresent) console.warn(`Skipped: the Open Bandit data are not at ${folder}; set DATA_DIR to the data folder.`);

describe.skipIf(!isPresent)("the uniform policy of the Open Bandit shop, by the log of Thompson sampling", () => {
  // Reference implementation on the same file: IPS .00301, SNIPS .00319, mean weight .943.
  it("is worth what the reference estimators say, and intervals by weights cover what it really brought", async () => {
    const { estimates, overlap, logged, verdict } = await evaluateOffPolicy(readLog("bts.csv.gz"), uniformPolicy, {
      random: createRandom("open-bandit"),
    });
    const truth = mean(readLog("random.csv.gz").reward);
    expect(truth).toBe(0.0046);
    expect(logged.value).toBe(0.0069);
    expect(estimates.ips.value.toFixed(5)).toBe("0.00301");
    expect(estimates.snips.value.toFixed(5)).toBe("0.00319");
    expect(overlap.meanWeight.toFixed(3)).toBe("0.943");
    for (const { lower, upper } of [estimates.ips, estimates.snips, estimates.dr, estimates.sndr]) {
      expect(lower).toBeLessThan(truth);
      expect(upper).toBeGreaterThan(truth);
    }
    // 656 decisions of the uniform policy, of which a log with 69 clicks in 10,000 rewards four or five: no ground to stand on.
    expect(verdict).toMatchObject({ kind: "refused", reasons: [{ code: "few-rewards" }] });
    // 69 clicks tell no action from another, so the model hands the policy what ran: a bias that its interval hides.
    expect(estimates.dm.value).toBeCloseTo(logged.value, 4);
  });
});

function readLog(file: string): DecisionLog {
  const [header, ...lines] = gunzipSync(readFileSync(join(folder, file)))
    .toString()
    .trim()
    .split("\n");
  const names = header.split(",");
  const cells = lines.map((line) => line.split(","));
  const column = (name: string): Float64Array => Float64Array.from(cells, (row) => Number(row[names.indexOf(name)]));
  return {
    actions: 34,
    action: column("item_id"),
    reward: column("click"),
    propensity: column("propensity_score"),
    position: column("position").map((place) => place - 1),
  };
}

function mean(column: ArrayLike<number>): number {
  return Array.from(column).reduce((sum, value) => sum + value, 0) / column.length;
}
