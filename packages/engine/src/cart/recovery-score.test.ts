import { describe, expect, it } from "vitest";
import { normal } from "../random/distributions.ts";
import { createRandom } from "../random/generator.ts";
import { reminderGain, scoreAbandoned, trainRecovery } from "./recovery-score.ts";
import { chanceOfReturn, reminderTime } from "./reminder-time.ts";

const count = 8000;

/** Abandoned carts; a reminder adds to the odds of known shoppers and does nothing for the others. */
function simulate(seed: string, effect: number) {
  const random = createRandom(seed);
  const column = (draw: (cart: number) => number): Float64Array =>
    Float64Array.from({ length: count }, (_, cart) => draw(cart));
  const isKnown = column(() => random.integer(2));
  const lines = column(() => 1 + random.integer(4));
  const idleHours = column(() => 48 * random.next());
  const reminded = column(() => random.integer(2));
  const completed = column((cart) => {
    const logOdds = -1.5 + 0.6 * isKnown[cart] - 0.02 * idleHours[cart] + effect * reminded[cart] * isKnown[cart];
    return random.next() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
  });
  return {
    value: lines.map((units) => Math.round(units * 2000 * Math.exp(0.4 * normal(random)))),
    lines,
    units: lines,
    minutes: column(() => 60 * random.next()),
    sessions: column(() => 1 + random.integer(3)),
    isKnown,
    idleHours,
    reminded,
    completed,
  };
}

const cart = { value: 4000, lines: 2, units: 2, minutes: 20, sessions: 1, idleHours: 10 };

describe("abandoned carts", () => {
  it("are scored by what a reminder adds: much for shoppers who are known, nothing for the others", async () => {
    const model = await trainRecovery(simulate("effect", 1), { randomised: true });
    expect(model.basis).toBe("uplift");
    const known = scoreAbandoned(model, { ...cart, isKnown: true });
    const stranger = scoreAbandoned(model, { ...cart, isKnown: false });
    // Odds of e^-1.1 without and e^-0.1 with a reminder: 25 % and 47.5 %.
    expect(known.completion).toBeCloseTo(0.25, 1);
    expect(known.uplift).toBeGreaterThan(0.15);
    expect(known.uplift).toBeLessThan(0.3);
    expect(Math.abs(stranger.uplift ?? 1)).toBeLessThan(0.05);
    expect(reminderGain(known, 2000, 100)).toBeGreaterThan(0);
    expect(reminderGain(stranger, 2000, 100)).toBeLessThan(0);
    expect(model.report.averageUplift?.lower).toBeGreaterThan(0.05);
    const { above, below } = model.report.upliftByPrediction ?? {};
    expect(above?.lower).toBeGreaterThan(below?.value ?? 1);
  });

  it("claim no uplift where a reminder does nothing", async () => {
    const model = await trainRecovery(simulate("no effect", 0), { randomised: true });
    expect(Math.abs(scoreAbandoned(model, { ...cart, isKnown: true }).uplift ?? 1)).toBeLessThan(0.05);
    expect(model.report.averageUplift?.lower).toBeLessThan(0);
    expect(model.report.averageUplift?.upper).toBeGreaterThan(0);
  });

  it("say nothing of uplift where chance did not decide who was reminded, or hardly anybody was", async () => {
    const carts = simulate("chosen", 1);
    const chosen = await trainRecovery(carts, { randomised: false });
    expect(chosen).toMatchObject({ basis: "completion", caveat: expect.stringContaining("Chance did not decide") });
    const score = scoreAbandoned(chosen, { ...cart, isKnown: true });
    expect(score).not.toHaveProperty("uplift");
    expect(reminderGain(score, 2000, 100)).toBeUndefined();
    expect(chosen.report.completion.auc).toBeGreaterThan(0.6);
    const rare = await trainRecovery(
      { ...carts, reminded: carts.reminded.map((_, row) => (row < 20 ? 1 : 0)) },
      { randomised: true },
    );
    expect(rare).toMatchObject({ basis: "completion", caveat: expect.stringContaining("too few to compare") });
  });

  it("refuse tables that cannot be", async () => {
    const carts = simulate("wrong", 0);
    const train = (wrong: object) => () => trainRecovery({ ...carts, ...wrong }, { randomised: true });
    await expect(train({ reminded: carts.reminded.with(2, 0.5) })).rejects.toThrow(/carts\.reminded\[2\]/);
    await expect(train({ idleHours: [1] })).rejects.toThrow(/carts\.idleHours/);
    await expect(train({ idleHours: carts.idleHours.with(4, -1) })).rejects.toThrow(/carts\.idleHours\[4\]/);
    await expect(train({ completed: carts.completed.map(() => 0) })).rejects.toThrow(/collect more first/);
  });
});

describe("the time to remind", () => {
  const times = { hours: [0.5, 1, 2, 4, 30, 200, 200, 200, 200, 200], returned: [1, 1, 1, 1, 1, 0, 0, 0, 0, 0] };

  it("is when four in five have come back of those who do by themselves", () => {
    expect(reminderTime(times)).toEqual({
      afterHours: 4,
      returnedBefore: expect.closeTo(0.4, 12),
      returnedByHorizon: expect.closeTo(0.5, 12),
    });
    expect(reminderTime(times, { share: 0.2 }).afterHours).toBe(1);
  });

  it("is any time when nobody comes back", () => {
    expect(reminderTime({ hours: [50], returned: [0] })).toEqual({ returnedBefore: 0, returnedByHorizon: 0 });
  });

  it("goes with the chance that a cart still comes back", () => {
    // Of six that are left after four hours, one comes back.
    expect(chanceOfReturn(times, 4)).toBeCloseTo(1 / 6, 12);
    expect(chanceOfReturn(times, 168)).toBe(0);
    expect(() => chanceOfReturn(times, 169)).toThrow(/idleHours/);
  });
});
