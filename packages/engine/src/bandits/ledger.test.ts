import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import {
  createBetaPosterior,
  createLedger,
  observationsOf,
  recordRewards,
  recordShowings,
  settle,
  update,
  type Ledger,
  type Posterior,
  type Reward,
  type Showing,
} from "./index.ts";

const window = 1000;
const arms = ["a", "b", "c"];
const version = "5f0c";

function showing(id: string, at: number, arm = "a"): Showing {
  return { id, at, slate: [{ arm, propensity: 0.5 }], version };
}

function click(id: string, showingId: string, at: number, value = 1): Reward {
  return { id, showingId, at, value };
}

/** One thing that reaches the ledger. */
type Arrival = { readonly showing: Showing } | { readonly reward: Reward };

function timeOf(arrival: Arrival): number {
  return "showing" in arrival ? arrival.showing.at : arrival.reward.at;
}

function enter(ledger: Ledger, arrival: Arrival): Ledger {
  return "showing" in arrival ? recordShowings(ledger, [arrival.showing]) : recordRewards(ledger, [arrival.reward]);
}

/** Showings with their clicks, by time. */
const history = fc
  .array(
    fc.record({
      at: fc.nat(5000),
      arm: fc.constantFrom(...arms),
      clicks: fc.array(fc.nat(2 * window), { maxLength: 3 }),
    }),
    { maxLength: 15 },
  )
  .map((shows) =>
    shows
      .flatMap(({ at, arm, clicks }, i): Arrival[] => [
        { showing: showing(`s${i}`, at, arm) },
        ...clicks.map((wait, j): Arrival => ({ reward: click(`r${i}-${j}`, `s${i}`, at + wait) })),
      ])
      .sort((a, b) => timeOf(a) - timeOf(b)),
  );

/** Learns as a job does that settles after every arrival, `delay` behind the clock of arrivals. */
function learn(arrivals: readonly { readonly arrival: Arrival; readonly clock: number }[], delay: number): Posterior {
  let ledger = createLedger({ window });
  let posterior: Posterior = createBetaPosterior(arms);
  const settleAt = (now: number): void => {
    const { ledger: next, settled } = settle(ledger, now);
    ledger = next;
    posterior = update(posterior, observationsOf(settled, { outcome: "conversion" }), now);
  };
  for (const { arrival, clock } of arrivals) {
    ledger = enter(ledger, arrival);
    settleAt(Math.max(0, clock - delay));
  }
  settleAt(100_000);
  return posterior;
}

describe("the ledger", () => {
  it("counts each showing once its window has closed, with the rewards that fell into it", () => {
    let ledger = recordShowings(createLedger({ window }), [showing("s1", 0), showing("s2", 500)]);
    ledger = recordRewards(ledger, [click("r1", "s1", 900, 3), click("r2", "s1", 1000, 4), click("r3", "s1", 1001, 5)]);
    expect(settle(ledger, 999).settled).toEqual([]);
    const { ledger: next, settled } = settle(ledger, 1000);
    expect(settled).toEqual([{ ...showing("s1", 0), rewards: [7] }]);
    expect(next.dropped).toEqual({ lateShowings: 0, strayRewards: 1 });
    expect(settle(next, 1500).settled).toEqual([{ ...showing("s2", 500), rewards: [0] }]);
  });

  it("counts once what arrives again, before settling or after", () => {
    let ledger = recordShowings(createLedger({ window }), [showing("s1", 0), showing("s1", 0)]);
    ledger = recordRewards(ledger, [click("r1", "s1", 10), click("r1", "s1", 10)]);
    const first = settle(recordRewards(ledger, [click("r1", "s1", 10)]), 1000);
    expect(first.settled).toEqual([{ ...showing("s1", 0), rewards: [1] }]);
    const again = recordRewards(recordShowings(first.ledger, [showing("s1", 0)]), [click("r1", "s1", 10)]);
    const second = settle(again, 5000);
    expect(second.settled).toEqual([]);
    expect(second.ledger.dropped).toEqual({ lateShowings: 1, strayRewards: 1 });
    expect(second.ledger.rewards).toEqual([]);
  });

  it("learns the same, bit for bit, from streams that overtake and repeat one another", () => {
    const delay = 700;
    const noise = fc.array(fc.record({ wait: fc.nat(delay), again: fc.nat(3000), repeats: fc.boolean() }), {
      minLength: 60,
      maxLength: 60,
    });
    fc.assert(
      fc.property(history, noise, (arrivals, waits) => {
        const inOrder = arrivals.map((arrival) => ({ arrival, clock: timeOf(arrival) }));
        const shuffled = arrivals
          .flatMap((arrival, i) => {
            const { wait, again, repeats } = waits[i % waits.length];
            const clock = timeOf(arrival) + wait;
            return repeats
              ? [
                  { arrival, clock },
                  { arrival, clock: clock + again },
                ]
              : [{ arrival, clock }];
          })
          .sort((a, b) => a.clock - b.clock);
        expect(learn(shuffled, delay)).toEqual(learn(inOrder, 0));
      }),
    );
  });

  it("survives being written down and read again", () => {
    const ledger = recordRewards(recordShowings(createLedger({ window }), [showing("s1", 0)]), [click("r1", "s1", 1)]);
    const read: Ledger = JSON.parse(JSON.stringify(ledger));
    expect(settle(read, 1000)).toEqual(settle(ledger, 1000));
  });

  const ledger = recordShowings(createLedger({ window }), [
    showing("s1", 0),
    {
      ...showing("s2", 0),
      slate: [
        { arm: "a", propensity: 0.5 },
        { arm: "b", propensity: 1 },
      ],
    },
  ]);
  const noPropensity: Showing = JSON.parse('{ "id": "s9", "at": 0, "slate": [{ "arm": "a" }], "version": "5f0c" }');
  it.each<[string, () => unknown, string]>([
    ["an arm without propensity", () => recordShowings(ledger, [noPropensity]), "showings[0].slate[0].propensity"],
    [
      "an arm that could not have been shown",
      () => recordShowings(ledger, [{ ...showing("s9", 0), slate: [{ arm: "a", propensity: 0 }] }]),
      "showings[0].slate[0].propensity",
    ],
    ["an empty slate", () => recordShowings(ledger, [{ ...showing("s9", 0), slate: [] }]), "showings[0].slate"],
    ["no version", () => recordShowings(ledger, [{ ...showing("s9", 0), version: "" }]), "showings[0].version"],
    ["one id for two showings", () => recordShowings(ledger, [showing("s1", 5)]), "showings[0].id"],
    ["a showing at no time", () => recordShowings(ledger, [showing("s9", Number.NaN)]), "showings[0].at"],
    ["a reward that is no number", () => recordRewards(ledger, [click("r1", "s1", 1, Number.NaN)]), "rewards[0].value"],
    [
      "a reward for an arm not shown",
      () => recordRewards(ledger, [{ ...click("r1", "s1", 1), arm: "z" }]),
      "rewards[0].arm",
    ],
    ["a reward for no arm of many", () => recordRewards(ledger, [click("r1", "s2", 1)]), "rewards[0].arm"],
    [
      "one id for two rewards",
      () => recordRewards(ledger, [click("r1", "s1", 1), click("r1", "s1", 2)]),
      "rewards[1].id",
    ],
    ["a step back in time", () => settle(settle(ledger, 10).ledger, 9), "now"],
  ])("refuses %s and says where it is", (_, act, path) => {
    expect(act).toThrow(InvalidInput);
    expect(act).toThrow(expect.objectContaining({ path }));
  });

  it("refuses a window that never opens", () => {
    expect(() => createLedger({ window: 0 })).toThrow(InvalidOption);
  });
});
