import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { pieceSize } from "../matrix/pieces.ts";
import { createRandom } from "../random/generator.ts";
import { benjaminiHochbergLogInPieces } from "./benjamini-hochberg.ts";
import { benjaminiHochberg, benjaminiHochbergLog } from "./index.ts";

/** Benjamini and Hochberg 1995, section 4: fifteen comparisons of two treatments of heart attack. */
const heartAttack = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
];

describe("Benjamini-Hochberg", () => {
  it("rejects the four hypotheses that its authors reject", () => {
    const { rejections, rejected } = benjaminiHochberg(heartAttack, { level: 0.05 });
    expect(rejections).toBe(4);
    expect([...rejected]).toEqual([1, 1, 1, 1, ...Array.from({ length: 11 }, () => 0)]);
  });

  it("adjusts by hand-computed fractions, in whatever order the p-values come", () => {
    // min over j >= i of 15 p_j / j, for example 15 * 0.0344 / 8 = 0.0645 shadows the sixth and seventh.
    const { qValues } = benjaminiHochberg(heartAttack.toReversed());
    const expected = [0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714285714286, 0.06385714285714286, 0.0645];
    for (const [i, q] of expected.entries()) expect(qValues[14 - i]).toBeCloseTo(q, 12);
  });

  it("counts hypotheses that were never computed as certain nulls", () => {
    const computed = [0.001, 0.02, 0.3];
    const untested = Array.from({ length: 97 }, () => 1);
    const given = benjaminiHochberg([...computed, ...untested]);
    const implied = benjaminiHochberg(computed, { familySize: 100 });
    expect(implied.qValues).toEqual(given.qValues.slice(0, 3));
    expect(implied.qValues[0]).toBeCloseTo(0.1, 12);
  });

  it("says the same in logs, and goes on where floats end", () => {
    const plain = benjaminiHochberg(heartAttack, { familySize: 40, level: 0.05 });
    const logs = benjaminiHochbergLog(heartAttack.map(Math.log), { familySize: 40, level: 0.05 });
    for (const [i, q] of plain.qValues.entries()) expect(Math.exp(logs.qValues[i])).toBeCloseTo(q, 12);
    expect(logs.rejections).toBe(plain.rejections);

    const overwhelming = benjaminiHochbergLog([-5000, -2000, -9000], { familySize: 1_000_000 });
    expect(overwhelming.qValues[2]).toBeLessThan(overwhelming.qValues[0]);
    expect(overwhelming.qValues[0]).toBeLessThan(overwhelming.qValues[1]);
  });

  it("gives equal evidence equal q-values and never reorders it", () => {
    const pValues = fc.array(fc.constantFrom(0, 1e-9, 0.001, 0.01, 0.02, 0.2, 0.9, 1), { maxLength: 40 });
    fc.assert(
      fc.property(pValues, fc.integer({ min: 0, max: 500 }), (p, untested) => {
        const { qValues } = benjaminiHochberg(p, { familySize: p.length + untested });
        const places = [...p.keys()].toSorted((a, b) => p[a] - p[b]);
        for (const [rank, place] of places.entries()) {
          const before = places[Math.max(0, rank - 1)];
          expect(qValues[place]).toBeGreaterThanOrEqual(p[place]);
          expect(qValues[place]).toBeGreaterThanOrEqual(qValues[before]);
          expect(p[place] === p[before] && qValues[place] !== qValues[before]).toBe(false);
        }
      }),
    );
  });

  it("rejects exactly what the step-up procedure of the paper rejects", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 }), (p) => {
        const sorted = p.toSorted((a, b) => a - b);
        let rejections = 0;
        for (const [i, value] of sorted.entries()) if (value * (p.length / (i + 1)) <= 0.2) rejections = i + 1;
        expect(benjaminiHochberg(p, { level: 0.2 }).rejections).toBe(rejections);
      }),
    );
  });

  it("has nothing to say about an empty list", () => {
    expect(benjaminiHochberg([], { familySize: 10 })).toMatchObject({ rejections: 0 });
  });

  it("refuses what is no p-value and a family smaller than the list", () => {
    expect(() => benjaminiHochberg([0.5, NaN])).toThrow(InvalidInput);
    expect(() => benjaminiHochbergLog([0.5])).toThrow("logPValues[0]");
    expect(() => benjaminiHochberg([0.5, 0.1], { familySize: 1 })).toThrow(InvalidOption);
    expect(() => benjaminiHochberg([0.5], { level: 2 })).toThrow(InvalidOption);
  });

  it("lets others run while it judges the millions of pairs of a shop, and comes to the same", () => {
    const random = createRandom("pairs");
    const logPValues = Float64Array.from({ length: 4 * pieceSize }, () => Math.log(1 - random.next()));
    const pieces = benjaminiHochbergLogInPieces(logPValues);
    let pauses = 0;
    let piece = pieces.next();
    for (; !piece.done; piece = pieces.next()) pauses++;
    expect(piece.value).toEqual(benjaminiHochbergLog(logPValues));
    // Checked, sorted and merged twice, adjusted, judged.
    expect(pauses).toBeGreaterThanOrEqual(6 * 4);
  });
});
