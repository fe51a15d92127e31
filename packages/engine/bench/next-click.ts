/** Next clicks: what shoppers look at next in a browsing session, beside what the literature reports. */
import { trainPopularity } from "../src/filtering/index.ts";
import type { Recommender } from "../src/models/index.ts";
import { trainSessionRanker, type SessionRankerOptions } from "../src/ranking/index.ts";
import {
  sknn,
  stan,
  trainMarkovChain,
  trainPairRules,
  trainSequenceRules,
  trainSessionKnn,
  trainVmisKnn,
  vsknn,
  vstan,
  type SessionData,
} from "../src/sequences/index.ts";
import { megabytesOf } from "./model-size.ts";
import type { BenchSection } from "./section.ts";
import { timeCalls } from "./timing.ts";

/** A session up to some entry, and the product that came next; -1 for one that no training session holds. */
export interface NextClick {
  readonly history: ArrayLike<number>;
  readonly next: number;
}

/** Sessions to learn from, and questions about later ones. */
export interface NextClickData {
  readonly name: string;
  readonly train: SessionData;
  readonly test: readonly NextClick[];
  /** Share of the training sessions, the newest, that the ranker's weights are fitted on. */
  readonly heldBack: number;
  /** Figures of others for this data, by the name of our method; those of other methods come as rows of their own. */
  readonly published: Readonly<Record<string, PublishedClicks>>;
  /** Whether the newest product is left out of the answers, as the data's own evaluator does. */
  readonly leavesOutNewest?: boolean;
}

export interface PublishedClicks {
  readonly hitRate: number;
  readonly reciprocalRank: number;
  readonly source: string;
}

interface Contestant {
  readonly name: string;
  readonly train: (data: SessionData, heldBack: number) => Promise<Recommender>;
}

const contestants: readonly Contestant[] = [
  {
    name: "popularity",
    train: ({ sessions, sessionEndedAt }) =>
      trainPopularity({
        baskets: sessions,
        basketAt: Float64Array.from(sessionEndedAt),
        until: sessionEndedAt[sessionEndedAt.length - 1],
      }),
  },
  { name: "sequence rules (SR)", train: (data) => trainSequenceRules(data) },
  { name: "rules of pairs (AR)", train: (data) => trainPairRules(data) },
  { name: "Markov chain", train: (data) => trainMarkovChain(data) },
  { name: "SKNN", train: (data) => trainSessionKnn(data, sknn) },
  { name: "VSKNN", train: (data) => trainSessionKnn(data, vsknn) },
  { name: "STAN", train: (data) => trainSessionKnn(data, stan) },
  { name: "VSTAN", train: (data) => trainSessionKnn(data, vstan) },
  { name: "VMIS-kNN", train: (data) => trainVmisKnn(data, { maxItems: 3 }) },
  ranker("session ranker, light", { build: "light" }),
  ranker("session ranker, without neighbours", { build: "cheap" }),
  ranker("session ranker, default weights", { mostQuestions: 0 }),
  ranker("session ranker", {}),
];

function ranker(name: string, options: SessionRankerOptions): Contestant {
  return { name, train: (data, heldBack) => trainSessionRanker(data, { heldBack, mostQuestions: 60_000, ...options }) };
}

/** Questions that query times are taken of. */
const timedQuestions = 5000;

export async function benchNextClick(data: NextClickData): Promise<BenchSection> {
  const rows: string[][] = [];
  for (const contestant of contestants) rows.push(await judge(contestant, data));
  const names = contestants.map(({ name }) => name);
  for (const [name, { hitRate, reciprocalRank, source }] of Object.entries(data.published)) {
    if (!names.includes(name))
      rows.push([name, "", "", inWords(hitRate, reciprocalRank, source), "", "", "", "", "", ""]);
  }
  return {
    title: `Next clicks in ${data.name}`,
    conditions: [
      `${data.test.length.toLocaleString("en")} questions: every beginning of every test session, and the product that came next; the whole catalogue ranked, ${data.leavesOutNewest ? "the newest product left out, as the evaluator of the data does" : "products of the session included"}. A product that is new is missed by everyone. Which of equally similar sessions vote is left to a hash in SKNN, as in session-rec; with the newer ones it finds more, with the older ones less. Weights and settings of the session ranker are fitted on the newest ${(100 * data.heldBack).toFixed(0)} % of the training sessions.`,
      "Published figures are hit rate and reciprocal rank of the first twenty, with their source. Fit is processor time; a query is microseconds of processor time on average, p50 and p99 by the clock; memory is that of the model's columns.",
    ],
    columns: ["Method", "HR@20", "MRR@20", "published", "HR diff.", "MRR diff.", "fit, s", "query", "p50 / p99", "MB"],
    rows,
  };
}

async function judge({ name, train }: Contestant, data: NextClickData): Promise<string[]> {
  const before = process.cpuUsage();
  const model = await train(data.train, data.heldBack);
  const { user, system } = process.cpuUsage(before);
  const { hitRate, reciprocalRank } = qualityOf(model, data);
  const { test } = data;
  const ask = (round: number): void =>
    void model.recommend({ history: test[round % test.length].history, repeats: true }, 20);
  const [cpu, , median, slow] = timeCalls(ask, Math.min(timedQuestions, test.length));
  const published = data.published[name];
  return [
    name,
    hitRate.toFixed(4),
    reciprocalRank.toFixed(4),
    published ? inWords(published.hitRate, published.reciprocalRank, published.source) : "",
    published ? (hitRate - published.hitRate).toFixed(4) : "",
    published ? (reciprocalRank - published.reciprocalRank).toFixed(4) : "",
    ((user + system) / 1e6).toFixed(1),
    cpu,
    `${median} / ${slow}`,
    megabytesOf(model).toFixed(1),
  ];
}

function inWords(hitRate: number, reciprocalRank: number, source: string): string {
  return `${hitRate} / ${reciprocalRank} (${source})`;
}

/** Hit rate and mean reciprocal rank of the first twenty, over all questions. */
export function qualityOf(
  model: Pick<Recommender, "recommend">,
  { test, leavesOutNewest = false }: Pick<NextClickData, "test" | "leavesOutNewest">,
): { readonly hitRate: number; readonly reciprocalRank: number } {
  let hits = 0;
  let reciprocals = 0;
  for (const { history, next } of test) {
    const exclude = new Set(leavesOutNewest ? [history[history.length - 1]] : []);
    const rank = 1 + model.recommend({ history, exclude, repeats: true }, 20).products.indexOf(next);
    if (rank === 0) continue;
    hits++;
    reciprocals += 1 / rank;
  }
  return { hitRate: hits / test.length, reciprocalRank: reciprocals / test.length };
}
