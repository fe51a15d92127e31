import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chanceAt, fitCalibration, judgeChances } from "./calibration.ts";

describe("calibration", () => {
  it("pools scores that stand in the wrong order", () => {
    // Isotonic means are 0, 1/3 three times, 1 and 1; the ends stay an eighth away from certainty.
    const { scores, chances } = fitCalibration([1, 2, 3, 4, 5, 6], [0, 1, 0, 0, 1, 1]);
    expect(scores).toEqual([1, 3, 5.5]);
    expect(chances).toEqual([1 / 8, 1 / 3, 7 / 8]);
  });

  it("never lowers a chance for a higher score", () => {
    const row = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.constantFrom(0, 1));
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 60 }),
        fc.double({ min: -10, max: 10, noNaN: true }),
        (rows, at) => {
          const curve = fitCalibration(
            rows.map(([score]) => score),
            rows.map(([, label]) => label),
          );
          const chance = chanceAt(curve, at);
          expect(chance).toBeGreaterThan(0);
          expect(chance).toBeLessThan(1);
          expect(chanceAt(curve, at + 1)).toBeGreaterThanOrEqual(chance - 1e-12);
        },
      ),
    );
  });

  it("is judged by rank and by squared error", () => {
    // The example of scikit-learn's roc_auc_score: 0.75. Brier: (0.01 + 0.16 + 0.4225 + 0.04) / 4.
    const report = judgeChances([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1], 2);
    expect(report.auc).toBe(0.75);
    expect(report.brier).toBeCloseTo(0.158125, 12);
    expect(report.baselineBrier).toBe(0.25);
    expect(report.reliability.map(({ rows, predicted }) => [rows, predicted])).toEqual([
      [2, expect.closeTo(0.225, 12)],
      [2, expect.closeTo(0.6, 12)],
    ]);
  });
});
