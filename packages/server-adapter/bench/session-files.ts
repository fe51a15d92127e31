/** Browsing sessions of public data sets, with the figures that others report for them. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { createIdentifiers, type GrowingIdentifiers } from "@basketlift/engine/catalogue";
import { groupByRow } from "@basketlift/engine/matrix";
import type { SessionData } from "@basketlift/engine/sequences";
import type { NextClick, NextClickData, PublishedClicks } from "../../engine/bench/next-click.ts";
import { dataFile } from "./data.ts";

/** The products of one visit in their order. */
interface Session {
  readonly items: readonly string[];
  /** Milliseconds. */
  readonly endedAt: number;
}

const sessionRec = "session-rec's classes on these files";

/** RSC15, the sample of 100,000 clicks that session-rec bundles. @returns undefined when the files are not there */
export function readRsc15(): NextClickData | undefined {
  const train = readTimed("rsc15-100k", "train_full.txt.gz");
  const test = readTimed("rsc15-100k", "test.txt.gz");
  if (!train || !test) return undefined;
  return {
    name: "RSC15 (100,000 clicks)",
    ...asQuestions(train, everyBeginning(test)),
    heldBack: 3500 / 17_794,
    published: {
      "sequence rules (SR)": published(0.6192, 0.3469, sessionRec),
      "rules of pairs (AR)": published(0.6334, 0.3256, sessionRec),
      "Markov chain": published(0.5804, 0.3446, sessionRec),
      SKNN: published(0.6434, 0.3204, sessionRec),
      VSKNN: published(0.6882, 0.3668, sessionRec),
      STAN: published(0.6768, 0.3701, sessionRec),
      VSTAN: published(0.6848, 0.3752, sessionRec),
    },
  };
}

/** The example project of Serenade. @returns undefined when the files are not there */
export function readSerenade(): NextClickData | undefined {
  const train = readTimed("serenade-example", "train.txt.gz");
  const test = readTimed("serenade-example", "test.txt.gz");
  if (!train || !test) return undefined;
  return {
    name: "Serenade's example",
    ...asQuestions(train, everyBeginning(test)),
    heldBack: 2400 / 23_753,
    published: { "VMIS-kNN": published(0.6402, 0.3277, "Serenade's README") },
    leavesOutNewest: true,
  };
}

/** A made-up length of a day: Yoochoose's file has the order of sessions, not their times. */
const sessionsADay = 16_000;
const day = 86_400_000;
const literature = "session-rec and the papers";

/** Yoochoose, the newest 64th. @returns undefined when the files are not there */
export function readYoochoose(): NextClickData | undefined {
  const train = readLines("yoochoose-1-64", "train.txt.gz");
  const test = readLines("yoochoose-1-64", "test.txt.gz");
  if (!train || !test) return undefined;
  const sessions = train.map((line, s): Session => ({ items: line.split(" "), endedAt: (s / sessionsADay) * day }));
  const questions = test.map((line) => {
    const [history, next] = line.split("\t");
    return { history: history.split(" "), next };
  });
  return {
    name: "Yoochoose 1/64",
    ...asQuestions({ sessions, items: createIdentifiers(train.flatMap((line) => line.split(" "))) }, questions),
    heldBack: 14_000 / 116_167,
    published: {
      "sequence rules (SR)": published(0.667, 0.303, literature),
      "rules of pairs (AR)": published(0.665, 0.286, literature),
      VSKNN: published(0.696, 0.288, literature),
      VSTAN: published(0.717, 0.284, literature),
      GRU4Rec: published(0.653, 0.275, literature),
      STAMP: published(0.684, 0.3, literature),
      NARM: published(0.7, 0.296, literature),
      "SR-GNN": published(0.706, 0.309, literature),
    },
  };
}

function published(hitRate: number, reciprocalRank: number, source: string): PublishedClicks {
  return { hitRate, reciprocalRank, source };
}

interface ReadSessions {
  /** Oldest end first. */
  readonly sessions: readonly Session[];
  /** In the order of the file: where scores are equal, reference implementations answer what stands first in it. */
  readonly items: GrowingIdentifiers;
}

/** Reads `SessionId ItemId Time` lines, which stand in no order of time within Serenade's sessions, and brings them into it. */
function readTimed(folder: string, file: string): ReadSessions | undefined {
  const lines = readLines(folder, file)?.slice(1);
  if (!lines) return undefined;
  const events = lines.map((line) => {
    const [session, item, time] = line.split("\t");
    return { session, item, time: Number(time) * 1000 };
  });
  const sessions = [...Map.groupBy(events, ({ session }) => session).values()]
    .map((own) => own.sort((a, b) => a.time - b.time))
    .map((own): Session => ({ items: own.map(({ item }) => item), endedAt: own[own.length - 1].time }))
    .sort((a, b) => a.endedAt - b.endedAt);
  return { sessions, items: createIdentifiers(events.map(({ item }) => item)) };
}

function readLines(folder: string, file: string): string[] | undefined {
  const path = dataFile(folder, file);
  return path === undefined ? undefined : gunzipSync(readFileSync(path)).toString().trim().split("\n");
}

interface NamedQuestion {
  readonly history: readonly string[];
  readonly next: string;
}

function everyBeginning({ sessions }: ReadSessions): NamedQuestion[] {
  return sessions.flatMap(({ items }) =>
    items.slice(1).map((next, place) => ({ history: items.slice(0, place + 1), next })),
  );
}

/** From names to indices; what no training session holds is a stranger beyond the catalogue, or -1 as a target. */
function asQuestions(
  { sessions, items }: ReadSessions,
  questions: readonly NamedQuestion[],
): { readonly train: SessionData; readonly test: readonly NextClick[] } {
  const productCount = items.size;
  const row = sessions.flatMap((session, index) => session.items.map(() => index));
  const column = sessions.flatMap((session) => session.items.map((item) => items.intern(item)));
  const indexOf = (item: string, absent: number): number => items.indexOf(item) ?? absent;
  return {
    train: {
      sessions: groupByRow({ rows: sessions.length, columns: productCount, row, column }),
      sessionEndedAt: Float64Array.from(sessions, ({ endedAt }) => endedAt),
    },
    test: questions.map(({ history, next }) => ({
      history: history.map((item) => indexOf(item, productCount)),
      next: indexOf(next, -1),
    })),
  };
}
