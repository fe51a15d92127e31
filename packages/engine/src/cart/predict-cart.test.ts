import { beforeAll, describe, expect, it } from "vitest";
import { normal } from "../random/distributions.ts";
import { createRandom } from "../random/generator.ts";
import { predictCart, trainCartPredictor, type CartPredictor } from "./predict-cart.ts";

const count = 6000;

/** Carts that are ordered the sooner the more is in them and the better the shopper is known, and that grow on the way. */
function simulate(seed: string) {
  const random = createRandom(seed);
  const columns = {
    value: new Float64Array(count),
    lines: new Float64Array(count),
    units: new Float64Array(count),
    minutes: new Float64Array(count),
    sessions: new Float64Array(count),
    isKnown: new Float64Array(count),
    completed: new Float64Array(count),
    orderValue: new Float64Array(count),
    chance: new Float64Array(count),
  };
  for (let cart = 0; cart < count; cart++) {
    const lines = 1 + random.integer(5);
    const value = Math.round(lines * 1500 * Math.exp(0.5 * normal(random)));
    const minutes = Math.round(60 * Math.exp(normal(random)));
    const isKnown = random.integer(2);
    const logOdds = -0.5 + 1.2 * isKnown + 0.5 * Math.log(lines) - 0.6 * (Math.log1p(minutes) - 4);
    columns.value[cart] = value;
    columns.lines[cart] = lines;
    columns.units[cart] = lines + random.integer(3);
    columns.minutes[cart] = minutes;
    columns.sessions[cart] = 1 + random.integer(3);
    columns.isKnown[cart] = isKnown;
    columns.chance[cart] = 1 / (1 + Math.exp(-logOdds));
    columns.completed[cart] = random.next() < columns.chance[cart] ? 1 : 0;
    // Small carts grow more, and how much is more uncertain. Growth is skewed, so no normal interval would do.
    const growth = (0.6 / lines) * -Math.log(1 - random.next());
    columns.orderValue[cart] = Math.round(value * Math.exp(growth));
  }
  return columns;
}

describe("what becomes of a cart", () => {
  let carts: ReturnType<typeof simulate>;
  let predictor: CartPredictor;
  beforeAll(async () => {
    carts = simulate("carts");
    predictor = await trainCartPredictor(carts, { level: 0.9 });
  });

  it("comes with intervals that hold nine orders in ten that were not seen before", () => {
    const { coverage } = predictor.report;
    expect(coverage.orders).toBeGreaterThan(600);
    expect(coverage.value).toBeGreaterThan(0.87);
    expect(coverage.value).toBeLessThan(0.93);
    expect(coverage.lower).toBeLessThan(0.9);
    expect(coverage.upper).toBeGreaterThan(0.9);
  });

  it("comes with wider intervals where carts differ more", () => {
    const cart = { value: 4500, units: 3, minutes: 60, sessions: 1, isKnown: true };
    const spread = (lines: number): number => {
      const { lower, upper } = predictCart(predictor, { ...cart, lines }).orderValue;
      return Math.log(upper / lower);
    };
    expect(spread(1)).toBeGreaterThan(1.5 * spread(5));
  });

  it("comes with chances that come true and tell carts apart", () => {
    const { completion, carts: parts } = predictor.report;
    expect(parts).toEqual({ fitted: 3000, calibrated: 1500, judged: 1500 });
    expect(completion.auc).toBeGreaterThan(0.68);
    expect(completion.brier).toBeLessThan(completion.baselineBrier - 0.02);
    expect(completion.calibrationError).toBeLessThan(0.06);
    const outside = completion.reliability.filter(
      ({ predicted, observed }) => predicted < observed.lower - 0.03 || predicted > observed.upper + 0.03,
    );
    expect(outside).toEqual([]);
  });

  it("is close to the truth that the carts were made with", () => {
    let error = 0;
    for (let cart = 0; cart < 500; cart++) {
      const { completion } = predictCart(predictor, {
        value: carts.value[cart],
        lines: carts.lines[cart],
        units: carts.units[cart],
        minutes: carts.minutes[cart],
        sessions: carts.sessions[cart],
        isKnown: carts.isKnown[cart] === 1,
      });
      error += Math.abs(completion - carts.chance[cart]) / 500;
    }
    expect(error).toBeLessThan(0.05);
  });

  it("survives being written down", () => {
    const cart = { value: 4500, lines: 2, units: 3, minutes: 60, sessions: 1, isKnown: true };
    const read: CartPredictor = JSON.parse(JSON.stringify(predictor));
    expect(predictCart(read, cart)).toEqual(predictCart(predictor, cart));
  });

  it("asks for more carts rather than guessing, and says what is wrong with a table", async () => {
    const few = Object.fromEntries(Object.entries(carts).map(([name, column]) => [name, column.slice(0, 100)]));
    await expect(() => trainCartPredictor({ ...carts, ...few })).rejects.toThrow(/at least 30 of each/);
    await expect(() => trainCartPredictor({ ...carts, lines: [1] })).rejects.toThrow(/carts\.lines/);
    const negative = carts.minutes.with(7, -1);
    await expect(() => trainCartPredictor({ ...carts, minutes: negative })).rejects.toThrow(/carts\.minutes\[7\]/);
    const torn = carts.completed.with(3, 2);
    await expect(() => trainCartPredictor({ ...carts, completed: torn })).rejects.toThrow(/carts\.completed\[3\]/);
    const cart = { value: 0, lines: 2, units: 3, minutes: 60, sessions: 1, isKnown: true };
    expect(() => predictCart(predictor, cart)).toThrow(/cart\.value/);
    expect(() => predictCart(predictor, { ...cart, value: 1 }, { level: 0.9999 })).toThrow(/orders to calibrate by/);
  });
});
