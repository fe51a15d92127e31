/**
 * Real logs of two policies on one page of a fashion shop, 10,000 decisions each: Open Bandit Dataset, campaign "men",
 * small. Its uniform policy is judged by the log of its Thompson sampling, and what it really brought is known.
 */
import { evaluateOffPolicy, uniformPolicy } from "@basketlift/engine/bandits";
import { createRandom } from "@basketlift/engine/random";
import { describe, expect, it } from "vitest";
import { readOpenBandit } from "./open-bandit.ts";

const logs = readOpenBandit();
if (!logs) console.warn("Skipped: the Open Bandit data are not there; set DATA_DIR to the data folder.");

describe.skipIf(!logs)("the uniform policy of the Open Bandit shop, by the log of Thompson sampling", () => {
  // Reference implementation on the same file: IPS .00301, SNIPS .00319, mean weight .943.
  it("is worth what the reference estimators say, and intervals by weights cover what it really brought", async () => {
    if (!logs) return;
    const random = createRandom("open-bandit");
    const { estimates, overlap, logged, verdict } = await evaluateOffPolicy(logs.thompson, uniformPolicy, { random });
    const truth = mean(logs.uniform.reward);
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

function mean(column: ArrayLike<number>): number {
  return Array.from(column).reduce((sum, value) => sum + value, 0) / column.length;
}
