/** How long VMIS-kNN takes over a million sessions. */
import { groupByRow, rowOf, type Incidence } from "../src/matrix/index.ts";
import { createRandom, createSampler, type Random } from "../src/random/index.ts";
import { trainVmisKnn } from "../src/sequences/index.ts";
import type { Recommender } from "../src/models/index.ts";
import { growthExponent, type GrowthPoint } from "./growth.ts";
import { megabytesOf } from "./model-size.ts";
import type { BenchSection } from "./section.ts";
import { timeCalls, timingColumns, timingNote } from "./timing.ts";

const productCount = 100_000;
const sessionCounts = [250_000, 500_000, 1_000_000];
const rounds = 20_000;
/** Products of a session: 2 to 12, mostly few. */
const longest = 12;

export async function benchSessions(): Promise<BenchSection> {
  const rows: string[][] = [];
  const points: GrowthPoint[] = [];
  for (const sessionCount of sessionCounts) {
    const sessions = drawSessions(sessionCount);
    const before = process.cpuUsage();
    const model = await trainVmisKnn({ sessions });
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    points.push({ size: sessionCount, cost: seconds });
    rows.push([
      String(sessionCount),
      seconds.toFixed(2),
      megabytesOf(model).toFixed(0),
      ...timeQueries(model, sessions),
    ]);
  }
  return {
    title: "Time of a session recommendation",
    conditions: [
      `VMIS-kNN with its defaults (m = k = 500, the last 2 products) over synthetic sessions of ${productCount.toLocaleString("en")} products whose popularity falls off by Zipf's law; ${rounds.toLocaleString("en")} sessions cut at a random place, 21 products answered to each.`,
      `Index is seconds of processor time to build it, and the memory of its columns; the time grows as sessions to the power of ${growthExponent(points).toFixed(2)}. Queries: ${timingNote}`,
    ],
    columns: ["Sessions", "index, s", "index, MB", ...timingColumns],
    rows,
  };
}

function timeQueries(model: Recommender, sessions: Incidence): string[] {
  const random = createRandom("visitors");
  const histories = Array.from({ length: rounds }, () => drawHistory(sessions, random));
  const ask = (round: number): void => void model.recommend({ history: histories[round] }, 21);
  timeCalls(ask, rounds / 4);
  return timeCalls(ask, rounds);
}

/** Sessions that keep to a shelf of neighbouring products half of the time. */
function drawSessions(sessionCount: number): Incidence {
  const random = createRandom("sessions");
  const popularity = createSampler(Float64Array.from({ length: productCount }, (_, rank) => 1 / (rank + 20)));
  const row: number[] = [];
  const column: number[] = [];
  for (let session = 0; session < sessionCount; session++) {
    const first = popularity.draw(random);
    const length = 2 + Math.floor((longest - 1) * random.next() ** 3);
    for (let step = 0; step < length; step++) {
      const near = Math.min(productCount - 1, first + random.integer(50));
      row.push(session);
      column.push(random.next() < 0.5 ? near : popularity.draw(random));
    }
  }
  return groupByRow({ rows: sessionCount, columns: productCount, row, column });
}

/** The beginning of some session. */
function drawHistory(sessions: Incidence, random: Random): Uint32Array {
  const products = rowOf(sessions, random.integer(sessions.rows));
  return products.slice(0, 1 + random.integer(products.length - 1));
}
