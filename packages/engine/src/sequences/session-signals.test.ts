import { describe, expect, it } from "vitest";
import { groupByRow } from "../matrix/sparse.ts";
import type { Query } from "../models/recommender.ts";
import { SignalColumns } from "../models/signal-columns.ts";
import type { SignalSource } from "../models/signal.ts";
import { contextSignal } from "./context-signal.ts";
import { habitSignals } from "./habit-signals.ts";
import { neighbourSignals } from "./neighbour-signals.ts";
import { buildSessionLog, type SessionLog } from "./session-log.ts";
import { createSessionReader } from "./session-question.ts";
import { transitionSignals, walkSignals } from "./transition-signals.ts";
import { countTransitions } from "./transitions.ts";

const columns = 8;
const stepsOf = createSessionReader(columns);
const settings = { fadeDays: 5, rowLength: 10 };

/** A log of sessions that all ended just now. */
function logOf(lists: readonly (readonly number[])[]): Promise<SessionLog> {
  const row = lists.flatMap((products, session) => products.map(() => session));
  const sessions = groupByRow({ rows: lists.length, columns, row, column: lists.flat() });
  return buildSessionLog({ sessions, sessionEndedAt: new Float64Array(lists.length) }, 10);
}

/** What each signal says of each product it speaks for. */
function heard(
  source: SignalSource<Query>,
  history: Query["history"],
  question: Query = { history },
): Record<string, Record<number, number>> {
  const spoken = new SignalColumns(columns, source.signals.length);
  source.fill(question, spoken.columns);
  return Object.fromEntries(
    source.signals.map((name, s) => [
      name,
      Object.fromEntries(
        Array.from(spoken.products.subarray(0, spoken.count), (product) => [
          product,
          spoken.columns[s].valueOf(product),
        ]).filter(([, value]) => value !== 0),
      ),
    ]),
  );
}

describe("transition signals", () => {
  const lists = [
    [0, 1],
    [0, 1],
    [0, 2],
    [3, 0],
  ];

  it("speak by shares of what followed and what came before", async () => {
    const source = transitionSignals(await countTransitions(await logOf(lists), settings), stepsOf, 0);
    const { next, back, "previous.next": previous } = heard(source, [0]);
    expect(next[1]).toBeCloseTo(2 / 3, 6);
    expect(next[2]).toBeCloseTo(1 / 3, 6);
    expect(back).toEqual({ 3: 1 });
    expect(previous).toEqual({});
  });

  it("speak lower for products that few sessions hold", async () => {
    const source = transitionSignals(await countTransitions(await logOf(lists), settings), stepsOf, 3);
    expect(heard(source, [0])["next"][1]).toBeCloseTo(2 / 6, 6);
  });

  it("keep the product before the newest, and those before it, apart", async () => {
    const source = transitionSignals(await countTransitions(await logOf(lists), settings), stepsOf, 0);
    const signals = heard(source, [3, 0, 1]);
    expect(Object.keys(signals["next"])).toEqual([]);
    expect(Object.keys(signals["previous.next"])).toEqual(["1", "2"]);
    expect(signals["older.skip"]).toEqual({ 0: 1 });
  });

  it("read each product once, and no stranger", async () => {
    const source = transitionSignals(await countTransitions(await logOf(lists), settings), stepsOf, 0);
    expect(heard(source, [0, 0, 99])).toEqual(heard(source, [0]));
  });
});

describe("a walk", () => {
  it("reaches in two steps what never stood beside the product", async () => {
    const log = await logOf([
      [0, 1],
      [1, 2],
    ]);
    const { walk } = heard(walkSignals(await countTransitions(log, settings), stepsOf, 1), [0]);
    expect(walk).toEqual({ 2: 1 });
  });

  it("speaks by shares, and never for the product it sets out from", async () => {
    const log = await logOf([
      [0, 1, 2, 3],
      [1, 0, 4],
    ]);
    const { walk } = heard(walkSignals(await countTransitions(log, settings), stepsOf, 1), [0]);
    expect(walk[0]).toBeUndefined();
    expect(Object.values(walk).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });
});

describe("neighbour signals", () => {
  const options = { stepFade: 2, fadeDays: 5, matchFade: 2, lengthPower: 0, voteFade: 1, k: 10, m: 10 };
  // The others make a product of the first two rare enough to count.
  const others = [[7], [7], [7], [7]];

  it("part what comes after the match from what came before it, near ones louder", async () => {
    const signals = heard(neighbourSignals(await logOf([[1, 0, 2, 3], ...others]), stepsOf, options), [0]);
    const faded = Math.exp(-1);
    expect(signals["neighbours.after"][2]).toBeCloseTo(1 / (1 + faded), 6);
    expect(signals["neighbours.after"][3]).toBeCloseTo(faded / (1 + faded), 6);
    expect(Object.keys(signals["neighbours.before"])).toEqual(["0", "1"]);
  });

  it("let only the most similar sessions vote", async () => {
    const log = await logOf([[1, 0, 2], [0, 3], ...others]);
    const signals = heard(neighbourSignals(log, stepsOf, { ...options, k: 1 }), [1, 0]);
    expect(signals["neighbours.after"]).toEqual({ 2: 1 });
  });

  it("say nothing of a product that nearly every session holds", async () => {
    const log = await logOf([
      [0, 1],
      [0, 2],
    ]);
    expect(heard(neighbourSignals(log, stepsOf, options), [0])["neighbours.after"]).toEqual({});
  });

  it("ask every question afresh", async () => {
    const source = neighbourSignals(await logOf([[1, 0, 2], [0, 3], ...others]), stepsOf, options);
    const first = heard(source, [1, 0]);
    heard(source, [7]);
    expect(heard(source, [1, 0])).toEqual(first);
  });
});

describe("the context signal", () => {
  const options = { stepDecay: 0.5, gapDecay: 0.5, voteDecay: 0.5, fadeDays: 5, m: 10 };

  it("speaks for what followed the newest product where it stood in like company", async () => {
    const log = await logOf([
      [1, 0, 2, 3],
      [4, 0, 5],
    ]);
    const { context } = heard(contextSignal(log, stepsOf, options), [1, 0]);
    // Likeness 1: votes of 1 and 1/2, of their total and one.
    expect(context).toEqual({ 2: 1 / 2.5, 3: 0.5 / 2.5 });
  });

  it("says nothing of a session without company", async () => {
    const log = await logOf([[1, 0, 2]]);
    expect(heard(contextSignal(log, stepsOf, options), [0])["context"]).toEqual({});
  });

  it("hears company that stood further off less", async () => {
    const log = await logOf([
      [1, 0, 2],
      [1, 6, 0, 3],
    ]);
    const { context } = heard(contextSignal(log, stepsOf, options), [1, 0]);
    expect(context[2]).toBeCloseTo(2 * context[3], 12);
  });
});

describe("habit signals", () => {
  it("say where a product of the session stands in it", async () => {
    const transitions = await countTransitions(await logOf([[1, 0]]), settings);
    const signals = heard(habitSignals(transitions, stepsOf, 0), [4, 3, 1, 2, 1]);
    expect(signals["isNewest"]).toEqual({ 1: 1 });
    expect(signals["isPrevious"]).toEqual({ 2: 1 });
    expect(signals["isOlder"]).toEqual({ 3: 1, 4: 1 });
    expect(signals["nearness"]).toEqual({ 2: 1, 3: 1 / 3, 4: 1 / 4 });
    expect(signals["repetition"]).toEqual({ 1: Math.log(2) });
    expect(signals["lengthAndSeen"][2]).toBe(Math.log(5));
  });

  it("say how often shoppers return from the newest product", async () => {
    const transitions = await countTransitions(
      await logOf([
        [1, 0],
        [1, 2],
      ]),
      settings,
    );
    const { returns } = heard(habitSignals(transitions, stepsOf, 0), [0, 1]);
    expect(returns[0]).toBeCloseTo(Math.log(0.5 / 0.01 + 1), 5);
    expect(returns[1]).toBeUndefined();
  });

  it("notice a product that was looked at twice in a row", async () => {
    const transitions = await countTransitions(await logOf([[1, 0]]), settings);
    expect(heard(habitSignals(transitions, stepsOf, 0), [3, 2, 2])["newestTwice"]).toEqual({ 2: 1 });
    expect(heard(habitSignals(transitions, stepsOf, 0), [2, 3, 2])["newestTwice"]).toEqual({});
  });
});
