import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { createRandom, type Random } from "../random/generator.ts";
import {
  countPlaces,
  createBetaPosterior,
  createPolicy,
  estimateExamination,
  freeze,
  observationsOf,
  update,
  type ClickModel,
  type PlaceCount,
  type Policy,
  type Posterior,
  type SettledShowing,
} from "./index.ts";

const arms = ["a", "b", "c", "d", "e", "f"];
const attraction = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4];

function settled(rewards: readonly number[]): SettledShowing {
  const slate = rewards.map((_, place) => ({ arm: arms[place], propensity: 0.5 }));
  return { id: "s1", at: 7, slate, version: "5f0c", rewards };
}

describe("the cascade model", () => {
  const clicks: ClickModel = { kind: "cascade" };

  it("learns from what was read before the click, and nothing from what came after", () => {
    expect(observationsOf([settled([0, 1, 0, 0])], { clicks })).toEqual([
      { arm: "a", reward: 0, exposure: 1, at: 7 },
      { arm: "b", reward: 1, exposure: 1, at: 7 },
    ]);
  });

  it("takes a slate nobody clicked for read to its end", () => {
    expect(observationsOf([settled([0, 0, 0])], { clicks })).toHaveLength(3);
  });

  it("takes the last of several clicks for where reading ended", () => {
    expect(observationsOf([settled([2, 0, 1, 0])], { clicks }).map(({ reward }) => reward)).toEqual([2, 0, 1]);
  });
});

describe("observations", () => {
  it("hold the value, or only whether there was one", () => {
    expect(observationsOf([settled([1999])])[0].reward).toBe(1999);
    expect(observationsOf([settled([1999])], { outcome: "conversion" })[0].reward).toBe(1);
    expect(observationsOf([settled([-500])], { outcome: "conversion" })[0].reward).toBe(0);
  });

  it("leave out arms that are gone", () => {
    expect(observationsOf([settled([0, 1])], { arms: ["b"] }).map(({ arm }) => arm)).toEqual(["b"]);
  });

  it("carry the features a linear posterior learns from", () => {
    const [slate] = [[{ arm: "a", propensity: 1, attributes: [0.5] }]];
    const [observation] = observationsOf([{ ...settled([1]), slate, context: [1, 2] }]);
    expect(observation).toMatchObject({ context: [1, 2], attributes: [0.5] });
  });

  it("are refused for places nobody knows anything of", () => {
    const short: ClickModel = { kind: "position-based", examination: [1, 0.5] };
    const wrong: ClickModel = { kind: "position-based", examination: [1, 0] };
    expect(() => observationsOf([settled([0, 0, 0])], { clicks: short })).toThrow(InvalidInput);
    expect(() => observationsOf([], { clicks: wrong })).toThrow(
      expect.objectContaining({ path: "clicks.examination[1]" }),
    );
  });
});

/** How often shoppers of one kind click slates of three that a policy shows, in batches. */
function walk(shop: (slate: readonly string[], random: Random) => number[], clicks: ClickModel, rounds: number) {
  const random = createRandom("shoppers");
  let posterior: Posterior = createBetaPosterior(arms);
  let policy: Policy | undefined;
  const log: SettledShowing[] = [];
  for (let round = 0; round < rounds; round++) {
    policy = createPolicy(freeze(posterior, { kind: "thompson", draws: 200 }, round * 60_000));
    const batch = Array.from({ length: 100 }, (_, i): SettledShowing => {
      const slate = policy?.chooseSlate(random, 3) ?? [];
      const rewards = shop(
        slate.map(({ arm }) => arm),
        random,
      );
      return { id: `${round}-${i}`, at: round * 60_000, slate, version: policy?.version ?? "", rewards };
    });
    posterior = update(posterior, observationsOf(batch, { clicks }), round * 60_000);
    log.push(...batch);
  }
  return { posterior, policy, log };
}

function attractionOf(arm: string): number {
  return attraction[arms.indexOf(arm)];
}

/** Estimated rates and how far they may lie from the truth. */
function expectUnbiased({ tally }: Posterior): void {
  for (const [arm, rate] of attraction.entries()) {
    const error = Math.sqrt((rate * (1 - rate)) / tally.exposure[arm]);
    expect(Math.abs(tally.rewards[arm] / tally.exposure[arm] - rate)).toBeLessThan(4.5 * error);
  }
}

describe("slates before shoppers who read from the top and leave with a click", () => {
  const shop = (slate: readonly string[], random: Random): number[] => {
    const clicked = slate.findIndex((arm) => random.next() < attractionOf(arm));
    return slate.map((_, place) => Number(place === clicked));
  };

  it("find the three best arms and their rates", () => {
    const { posterior, policy } = walk(shop, { kind: "cascade" }, 60);
    expectUnbiased(posterior);
    const best = Array.from(policy?.probabilities({ eligible: ["c", "d", "e", "f"] }) ?? []);
    expect(best.indexOf(Math.max(...best))).toBe(5);
  });

  it("would think less of what stands below, were every place taken for read", () => {
    const { posterior } = walk(shop, { kind: "all-seen" }, 60);
    const third = posterior.tally.rewards[3] / posterior.tally.exposure[3];
    expect(third).toBeLessThan(attraction[3] * 0.85);
  });
});

describe("slates before shoppers who look at some places less than at others", () => {
  const examination = [1, 0.6, 0.3];
  const shop = (slate: readonly string[], random: Random): number[] =>
    slate.map((arm, place) => Number(random.next() < examination[place] * attractionOf(arm)));

  it("find the rates of arms, wherever these stood", () => {
    const { posterior } = walk(shop, { kind: "position-based", examination }, 60);
    expectUnbiased(posterior);
  });

  it("say how much each place was looked at", () => {
    const { log } = walk(shop, { kind: "position-based", examination }, 80);
    const found = estimateExamination(countPlaces(log));
    expect(found.examination).toEqual([1, expect.closeTo(0.6, 1), expect.closeTo(0.3, 1)]);
    for (const { arm, rate } of found.rates) expect(Math.abs(rate - attractionOf(arm))).toBeLessThan(0.1);
  });
});

describe("examination", () => {
  it("is found exactly where clicks are exactly what the model says", () => {
    const probability = fc.double({ min: 0.05, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(probability, { minLength: 2, maxLength: 5 }),
        fc.array(probability, { minLength: 2, maxLength: 5 }),
        fc.infiniteStream(fc.integer({ min: 50, max: 5000 })),
        (looks, rates, views) => {
          const counts = looks.flatMap((look, place) =>
            rates.map((rate, arm): PlaceCount => {
              const shown = views.next().value ?? 1;
              return { place, arm: `arm ${arm}`, views: shown, clicks: shown * look * rate };
            }),
          );
          const most = Math.max(...looks);
          const { examination, rates: found } = estimateExamination(counts);
          expect(examination).toEqual(looks.map((look) => expect.closeTo(look / most, 6)));
          expect(found.map(({ rate }) => rate)).toEqual(rates.map((rate) => expect.closeTo(rate * most, 6)));
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each<[string, PlaceCount[]]>([
    ["nothing was counted", []],
    ["a place has no click", [count(0, "a", 3), count(1, "a", 0)]],
    ["a place was left out", [count(0, "a", 3), count(2, "a", 3)]],
    ["no arm stood in both places", [count(0, "a", 3), count(1, "b", 3)]],
    [
      "only an arm nobody clicks stood in both",
      [count(0, "a", 3), count(0, "c", 0), count(1, "b", 3), count(1, "c", 0)],
    ],
    ["clicks outnumber views", [count(0, "a", 101)]],
    ["a place has no number", [count(-1, "a", 1)]],
  ])("is not guessed when %s", (_, counts) => {
    expect(() => estimateExamination(counts)).toThrow(InvalidInput);
  });

  it("asks for no memory for places that nobody counted", () => {
    const counts = [count(0, "a", 40), count(1e9, "a", 20)];
    expect(() => estimateExamination(counts)).toThrow(expect.objectContaining({ path: "counts[1].place" }));
  });

  it("is compared over a chain of arms", () => {
    const counts = [count(0, "a", 40), count(1, "a", 20), count(1, "b", 10), count(2, "b", 5)];
    expect(estimateExamination(counts).examination).toEqual([1, expect.closeTo(0.5, 9), expect.closeTo(0.25, 9)]);
  });
});

function count(place: number, arm: string, clicks: number): PlaceCount {
  return { place, arm, views: 100, clicks };
}
