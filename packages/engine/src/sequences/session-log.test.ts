import { describe, expect, it } from "vitest";
import { groupByRow, rowOf } from "../matrix/sparse.ts";
import { clickPriors } from "./click-priors.ts";
import { buildSessionLog, sessionOfEachEntry, type SessionData } from "./session-log.ts";
import { createSessionMeeting, placesOfLargest } from "./session-meeting.ts";

const day = 86_400_000;

/** Sessions that end a day apart. */
function dailySessions(columns: number, lists: readonly (readonly number[])[]): SessionData {
  const row = lists.flatMap((products, session) => products.map(() => session));
  return {
    sessions: groupByRow({ rows: lists.length, columns, row, column: lists.flat() }),
    sessionEndedAt: lists.map((_, session) => session * day),
  };
}

const three = dailySessions(4, [
  [0, 1, 0],
  [1, 2],
  [0, 1],
]);

describe("a session log", () => {
  it("lists the newest sessions of each product first, with the last place it has in them", async () => {
    const { postings, lastPlace, sessionsOf } = await buildSessionLog(three, 10);
    expect([0, 1, 2, 3].map((product) => [...rowOf(postings, product)])).toEqual([[2, 0], [2, 1, 0], [1], []]);
    expect([...lastPlace]).toEqual([0, 2, 1, 0, 1, 1]);
    expect([...sessionsOf]).toEqual([2, 3, 1, 0]);
  });

  it("keeps as many sessions a product as asked, and counts them all", async () => {
    const { postings, sessionsOf } = await buildSessionLog(three, 1);
    expect([...postings.indices]).toEqual([2, 2, 1]);
    expect(sessionsOf[1]).toBe(3);
  });

  it("tells ages from the newest session", async () => {
    expect([...(await buildSessionLog(three, 10)).age]).toEqual([2, 1, 0]);
  });

  it("holds nothing where there is nothing", async () => {
    const { postings, age } = await buildSessionLog(dailySessions(2, []), 10);
    expect([postings.indices.length, age.length]).toEqual([0, 0]);
  });

  it("knows the session of every entry", () => {
    expect([...sessionOfEachEntry(three.sessions)]).toEqual([0, 0, 0, 1, 1, 2, 2]);
  });
});

describe("sessions that share products with this one", () => {
  it("are met once each, with the weights of all they share and the place of the first match", async () => {
    const meeting = createSessionMeeting(await buildSessionLog(three, 10));
    const steps = [
      { product: 0, weight: 4 },
      { product: 1, weight: 1 },
    ];
    const count = meeting.meet(steps, 10);
    expect([...meeting.session.subarray(0, count)]).toEqual([2, 0, 1]);
    expect([...meeting.similarity.subarray(0, count)]).toEqual([5, 5, 1]);
    expect([...meeting.firstStep.subarray(0, count)]).toEqual([0, 0, 1]);
    expect([...meeting.matchPlace.subarray(0, count)]).toEqual([0, 2, 0]);
    expect(meeting.meet(steps.slice(1), 1), "and afresh at the next question").toBe(1);
    expect(meeting.similarity[0]).toBe(1);
  });

  it("are kept by similarity, of equal ones the first met", () => {
    expect([...placesOfLargest(Float64Array.of(3, 9, 3, 9, 99), 4, 3)]).toEqual([0, 1, 3]);
    expect([...placesOfLargest(Float64Array.of(3, 9), 2, 5)]).toEqual([0, 1]);
    expect([...placesOfLargest(Float64Array.of(3, 9, 3, 3), 4, 3, (place) => -place)]).toEqual([1, 2, 3]);
  });
});

describe("click priors", () => {
  it("rank products by clicks, and late ones by late clicks", async () => {
    const { popularity, recentPopularity, recentShare } = clickPriors(await buildSessionLog(three, 10), {
      recentDays: 0.1,
      latestDays: 0.1,
    });
    expect(popularity[0]).toBe(popularity[1]);
    expect(popularity[1]).toBeGreaterThan(popularity[2]);
    expect(recentPopularity[0]).toBeGreaterThan(recentPopularity[2]);
    expect(recentShare[0]).toBeCloseTo(0.5, 3);
  });

  it("say how long ago a product was last seen, and never for one that was not", async () => {
    const { unseen } = clickPriors(await buildSessionLog(three, 10), { recentDays: 1, latestDays: 1 });
    expect([...unseen]).toEqual([0, 0, Math.log(2), Math.log(100)].map(Math.fround));
  });
});
