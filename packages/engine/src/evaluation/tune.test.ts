import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { groupByRow, type Incidence } from "../matrix/sparse.ts";
import type { Query } from "../models/recommender.ts";
import { createRandom } from "../random/generator.ts";
import { popularityRecommender } from "./back-off.ts";
import { leaveOneOut } from "./leave-out.ts";
import { metrics } from "./metric.ts";
import { tune, type TuneOptions } from "./tune.ts";

const users = 400;
const products = 60;
/** Users go up by steps of three: the offset that foretells the next product is 3. */
const sequences: Incidence = groupByRow({
  rows: users,
  columns: products,
  row: Array.from({ length: users * 5 }, (_, i) => Math.floor(i / 5)),
  column: Array.from({ length: users * 5 }, (_, i) => (Math.floor(i / 5) + 3 * (i % 5)) % products),
});
const test = leaveOneOut(sequences);

interface Settings {
  readonly offset: number;
}

/** Says what stands `offset` after the newest product, and then what is near it. */
function stepper({ offset }: Settings) {
  return {
    recommend({ history, exclude, repeats }: Query, count: number) {
      const next = history[history.length - 1] + offset;
      const scores = Float64Array.from({ length: products }, (_, product) => -Math.abs(product - (next % products)));
      return popularityRecommender(scores).recommend(
        { history, ...(exclude && { exclude }), ...(repeats && { repeats }) },
        count,
      );
    },
  };
}

type Options = TuneOptions<Incidence, Query, Settings>;

function tuned(changes: Partial<Options> = {}) {
  const options: Options = {
    space: (draw) => ({ offset: draw.integer(0, 8) }),
    training: test.training,
    holdOut: leaveOneOut,
    train: (_, settings) => stepper(settings),
    judge: metrics.reciprocalRank(5),
    random: createRandom("tuning"),
    budget: { clock: () => 0, limit: 1 },
    resamples: 20,
    trials: 9,
    ...changes,
  };
  return tune(options);
}

describe("a search for settings", () => {
  it("finds the best, and keeps every trial with its interval", async () => {
    const tuning = await tuned({ trials: 9 });
    expect(tuning.chosen?.settings).toEqual({ offset: 3 });
    expect(tuning.trials).toHaveLength(9);
    expect(new Set(tuning.trials.map(({ settings }) => settings.offset)).size).toBe(9);
    for (const trial of tuning.trials) {
      const score = trial.outcome === "judged" ? trial.score : undefined;
      expect(score?.lower).toBeLessThanOrEqual(score?.upper ?? NaN);
    }
    expect(tuning).toMatchObject({ ended: "all tried", metric: "MRR@5", questions: users });
    expect(tuning.popularity.value).toBeLessThan(tuning.chosen?.score.value ?? 0);
  });

  it("learns from the training part without its validation answers, and never from the test part", async () => {
    const seen = new Set<Incidence>();
    await tuned({
      train(training, settings) {
        seen.add(training);
        return stepper(settings);
      },
    });
    expect(Array.from(seen, ({ indices }) => indices.length)).toEqual([users * 3]);
  });

  it("refuses a split in place of its training part, and a validation part from elsewhere", async () => {
    const handed = { ...test.training, ...test };
    await expect(tuned({ training: handed })).rejects.toThrow(/training must be its training part alone/);
    await expect(tuned({ holdOut: () => test })).rejects.toThrow(/with its answers held out of it/);
  });

  it("starts with given settings, and ends when the space holds no others", async () => {
    const tuning = await tuned({ start: [{ offset: 7 }], trials: 50 });
    expect(tuning.trials[0].settings).toEqual({ offset: 7 });
    expect(tuning.trials).toHaveLength(9);
    expect(tuning.ended).toBe("space exhausted");
  });

  it("tries many settings on few questions and the best on all, when halving", async () => {
    const tuning = await tuned({ search: "successive-halving", trials: 9, factor: 2 });
    expect(tuning.chosen).toMatchObject({ settings: { offset: 3 }, share: 1, round: 2 });
    const rounds = [0, 1, 2].map((round) => tuning.trials.filter((trial) => trial.round === round).length);
    expect(rounds).toEqual([9, 5, 3]);
    const first = tuning.trials.filter(({ round }) => round === 0);
    expect(first.map(({ share }) => share)).toEqual(Array(9).fill(1 / 4));
  });

  it("stops when its time is up, and says so", async () => {
    let time = 0;
    const tuning = await tuned({
      budget: { clock: () => time, limit: 35 },
      train(_, settings) {
        time += 10;
        return stepper(settings);
      },
    });
    expect(tuning.ended).toBe("out of time");
    expect(tuning.trials.map(({ outcome }) => outcome)).toEqual(["judged", "judged", "judged", "cut short"]);
    const best = Math.max(...tuning.trials.map((trial) => (trial.outcome === "judged" ? trial.score.value : 0)));
    expect(tuning.chosen?.score.value).toBe(best);
  });

  it("chooses by the last round that came to its end", async () => {
    let time = 0;
    const tuning = await tuned({
      search: "successive-halving",
      budget: { clock: () => time, limit: 10.5 },
      train(_, settings) {
        time += 1;
        return stepper(settings);
      },
    });
    expect(tuning.ended).toBe("out of time");
    expect(tuning.trials.some(({ round }) => round === 1)).toBe(true);
    expect(tuning.chosen?.round).toBe(0);
  });

  it("has nothing to choose when there was no time at all", async () => {
    const tuning = await tuned({ budget: { clock: () => 0, limit: 0 } });
    expect(tuning).toMatchObject({ trials: [], ended: "out of time" });
    expect(tuning.chosen).toBeUndefined();
  });

  it("notes settings that a method refuses, and lets other errors through", async () => {
    const picky = await tuned({
      train(_, settings) {
        if (settings.offset > 5) throw new InvalidOption("offset", settings.offset, "at most 5");
        return stepper(settings);
      },
    });
    const refused = picky.trials.filter(({ outcome }) => outcome === "refused");
    expect(refused).toHaveLength(3);
    expect(refused[0]).toMatchObject({ reason: expect.stringMatching(/at most 5/) });
    expect(picky.chosen?.settings.offset).toBe(3);
    const broken = new RangeError("broken");
    await expect(tuned({ train: () => Promise.reject(broken) })).rejects.toBe(broken);
  });

  it("gives the same answer for the same seed", async () => {
    expect(await tuned({ maximumQuestions: 150 })).toEqual(await tuned({ maximumQuestions: 150 }));
  });

  it("can be aborted, and what was tried until then was told", async () => {
    const abort = new AbortController();
    const told: number[] = [];
    const search = tuned({
      signal: abort.signal,
      onTrial({ settings }) {
        told.push(settings.offset);
        if (told.length === 2) abort.abort(new Error("enough"));
      },
    });
    await expect(search).rejects.toThrow("enough");
    expect(told).toHaveLength(2);
  });
});
