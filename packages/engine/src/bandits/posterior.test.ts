import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import {
  createBetaPosterior,
  createGaussianPosterior,
  createLinearPosterior,
  createPolicy,
  fade,
  freeze,
  update,
  withArms,
  type Observation,
  type Posterior,
} from "./index.ts";

const day = 86_400_000;
const now = 100 * day;
const arms = ["a", "b", "c"];
const prior = { mean: 100, deviation: 50 };
const retention = 0.9;
const kinds: readonly (readonly [string, Posterior])[] = [
  ["Beta", createBetaPosterior(arms, { retention })],
  ["Gaussian", createGaussianPosterior(arms, { prior, retention })],
  ["linear", createLinearPosterior(arms, { contextSize: 2, attributesSize: 1, retention })],
];

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const observation: fc.Arbitrary<Observation> = fc.record({
  arm: fc.constantFrom(...arms),
  reward: unit,
  exposure: fc.double({ min: 0.01, max: 1, noNaN: true }),
  at: fc.integer({ min: now - 10 * day, max: now }),
  context: fc.tuple(unit, unit),
  attributes: fc.tuple(unit),
});

/** Every number of a posterior that was learnt. */
function numbersOf(posterior: Posterior): number[] {
  const { tally } = posterior;
  const columns = [tally.exposure, tally.rewards, tally.squares];
  if (posterior.kind === "linear") {
    const { gram, moments, exposure, squares, arms: own } = posterior.statistics;
    columns.push(gram, moments, [exposure, squares], ...own.flatMap((sums) => [sums.gram, sums.cross, sums.moments]));
  }
  return columns.flat();
}

function expectClose(one: Posterior, other: Posterior): void {
  expect(numbersOf(one)).toEqual(numbersOf(other).map((value) => expect.closeTo(value, 9)));
}

/** Has JSON write the fields of every record last to first. */
function reverseFields(_: string, value: unknown): unknown {
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  return isRecord ? Object.fromEntries(Object.entries(value).reverse()) : value;
}

describe.each(kinds)("a %s posterior", (_, empty) => {
  it("learns the same in any order and in any batches, also while it forgets", () => {
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 20 }), fc.nat(20), (observations, cut) => {
        const atOnce = update(empty, observations, now);
        expectClose(update(empty, observations.toReversed(), now), atOnce);
        const first = observations.slice(0, cut).filter(({ at }) => at <= now - day);
        const rest = observations.filter((one) => !first.includes(one));
        expectClose(update(update(empty, first, now - day), rest, now), atOnce);
      }),
    );
  });

  it("stays as it was when another learns from it", () => {
    const before = JSON.stringify(empty);
    update(empty, [{ arm: "a", reward: 1, at: now, context: [1, 1], attributes: [1] }], now);
    expect(JSON.stringify(empty)).toBe(before);
  });

  it("is JSON through and through, and its version names its content", () => {
    const learnt = update(empty, [{ arm: "b", reward: 1, at: now, context: [1, 1], attributes: [1] }], now);
    expect(JSON.parse(JSON.stringify(learnt))).toEqual(learnt);
    expect(learnt.version).not.toBe(empty.version);
    expect(update(empty, [{ arm: "b", reward: 1, at: now, context: [1, 1], attributes: [1] }], now)).toEqual(learnt);
  });

  it("keeps its name in a store that keeps fields in an order of its own", () => {
    const learnt = update(empty, [{ arm: "b", reward: 1, at: now, context: [1, 1], attributes: [1] }], now);
    const frozen = freeze(learnt, { kind: "top-two" }, now);
    const stored: typeof frozen = JSON.parse(JSON.stringify(frozen, reverseFields));
    expect(Object.keys(stored)[0]).toBe(Object.keys(frozen).at(-1));
    const situation = { context: [1, 1], attributes: { a: [1], b: [0], c: [2] } };
    expect(createPolicy(stored).probabilities(situation)).toEqual(createPolicy(frozen).probabilities(situation));
  });

  it("returns to its prior when nothing new is seen", () => {
    const learnt = update(empty, [{ arm: "b", reward: 1, at: now, context: [1, 1], attributes: [1] }], now);
    expectClose(fade(learnt, now + 1000 * day), empty);
    const week = numbersOf(learnt).map((sum) => expect.closeTo(sum * 0.9 ** 7, 9));
    expect(numbersOf(fade(learnt, now + 7 * day))).toEqual(week);
  });

  it("keeps what it knows of arms that stay, and starts new ones afresh", () => {
    const learnt = update(empty, [{ arm: "b", reward: 1, at: now, context: [1, 1], attributes: [1] }], now);
    const other = withArms(learnt, ["new", "b"]);
    expect(other.arms).toEqual(["new", "b"]);
    expect(other.tally.exposure).toEqual([0, 1]);
    expect(withArms(other, arms).tally).toEqual(learnt.tally);
    const again = update(other, [{ arm: "new", reward: 1, at: now, context: [1, 1], attributes: [1] }], now);
    expect(again.tally.rewards).toEqual([1, 1]);
  });

  it.each<[string, Partial<Observation>, string]>([
    ["an unknown arm", { arm: "z" }, "observations[1].arm"],
    ["a reward that is no number", { reward: Number.NaN }, "observations[1].reward"],
    ["an endless reward", { reward: Infinity }, "observations[1].reward"],
    ["an exposure of 0", { exposure: 0 }, "observations[1].exposure"],
    ["a showing still to come", { at: now + 1 }, "observations[1].at"],
  ])("refuses %s and says where it is", (_, wrong, path) => {
    const right = { arm: "a", reward: 1, at: now, context: [1, 1], attributes: [1] };
    const act = (): Posterior => update(empty, [right, { ...right, ...wrong }], now);
    expect(act).toThrow(InvalidInput);
    expect(act).toThrow(expect.objectContaining({ path }));
  });

  it("refuses to go back in time", () => {
    const later = update(empty, [], now);
    expect(() => update(later, [], now - 1)).toThrow(expect.objectContaining({ path: "now" }));
  });
});

describe("a posterior's own limits", () => {
  it("are successes from 0 to 1 for Beta", () => {
    expect(() => update(kinds[0][1], [{ arm: "a", reward: 1999, at: now }], now)).toThrow(
      expect.objectContaining({ path: "observations[0].reward" }),
    );
  });

  it.each<[string, Partial<Observation>, string]>([
    ["no context", { attributes: [1] }, "observations[0].context"],
    ["a short context", { context: [1], attributes: [1] }, "observations[0].context"],
    ["no attributes", { context: [1, 1] }, "observations[0].attributes"],
    ["a feature that is no number", { context: [1, Number.NaN], attributes: [1] }, "observations[0].context[1]"],
  ])("are its sizes for a linear one: %s", (_, features, path) => {
    const act = (): Posterior => update(kinds[2][1], [{ arm: "a", reward: 1, at: now, ...features }], now);
    expect(act).toThrow(expect.objectContaining({ path }));
  });

  it("are settings that mean something", () => {
    expect(() => createBetaPosterior(arms, { prior: { alpha: 0 } })).toThrow(InvalidOption);
    expect(() => createBetaPosterior(arms, { retention: 1.1 })).toThrow(InvalidOption);
    expect(() => createGaussianPosterior(arms, { prior: { mean: 0, deviation: 0 } })).toThrow(InvalidOption);
    expect(() => createLinearPosterior(arms, {})).toThrow(InvalidOption);
  });
});

describe("an arm whose shoppers all bought nothing so far", () => {
  it("is not held to be worthless for certain", () => {
    const spent = [0, 0, 0, 0, 0, 0, 0, 300, 0, 0, 0, 400];
    const observations = spent.flatMap((reward, i): Observation[] => [
      { arm: "a", reward: 0, at: now },
      { arm: "b", reward, at: now },
      { arm: "c", reward: spent[(i + 3) % 12], at: now },
    ]);
    const posterior = update(createGaussianPosterior(arms, { prior }), observations, now);
    const [a, b] = createPolicy(freeze(posterior, { kind: "thompson", floor: 0 }, now)).probabilities();
    expect(a).toBeGreaterThan(0.02);
    expect(b).toBeGreaterThan(a);
  });

  it("refuses rewards whose squares no number can hold", () => {
    const posterior = createGaussianPosterior(arms, { prior });
    for (const reward of [NaN, Infinity, 1e200]) {
      const path = "observations[0].reward";
      expect(() => update(posterior, [{ arm: "a", reward, at: now }], now)).toThrow(expect.objectContaining({ path }));
    }
  });
});
