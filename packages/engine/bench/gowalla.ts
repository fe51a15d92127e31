/** Top-N on Gowalla: every place ranked for every user, beside what the literature reports. */
import { ndcg, popularityRecommender, recall, type Answering } from "../src/evaluation/index.ts";
import {
  trainGraphFilter,
  trainIals,
  trainItemNeighbours,
  trainLocalRidge,
  trainRp3Beta,
  trainSlim,
} from "../src/filtering/index.ts";
import { columnSizes, rowOf, type Incidence } from "../src/matrix/index.ts";
import type { Recommender } from "../src/models/index.ts";
import { megabytesOf } from "./model-size.ts";
import type { BenchSection } from "./section.ts";
import { timeCalls } from "./timing.ts";

/** Users x products before and after the split. */
export interface TopNData {
  readonly train: Incidence;
  readonly test: Incidence;
}

/** Recall@20 and NDCG@20. */
type Quality = readonly [recall: number, ndcg: number];

interface Contestant {
  readonly name: string;
  /** The same method in the literature. */
  readonly published?: { readonly source: string; readonly quality: Quality };
  /** Absent for what is only quoted. */
  readonly train?: (interactions: Incidence) => Promise<Contending>;
}

type Contending = Answering & Partial<Pick<Recommender, "save">>;

const bars = "BARS";

const contestants: readonly Contestant[] = [
  {
    name: "popularity",
    published: { source: "counted by us", quality: [0.0416, 0.0317] },
    train: async (users) => popularityRecommender(columnSizes(users)),
  },
  {
    name: "item neighbours, cosine, 100",
    published: { source: bars, quality: [0.157, 0.1214] },
    train: (users) => trainItemNeighbours(users, { weighting: "none", shrinkage: 0 }),
  },
  {
    name: "item neighbours, BM25, asymmetry .3, 100",
    published: { source: bars, quality: [0.157, 0.1214] },
    train: (users) => trainItemNeighbours(users, { asymmetry: 0.3 }),
  },
  {
    name: "SLIM, 200 candidates",
    published: { source: bars, quality: [0.1699, 0.1382] },
    train: (users) => trainSlim(users),
  },
  { name: "EASE", published: { source: bars, quality: [0.1765, 0.1467] } },
  { name: "iALS, 64 factors", train: (users) => trainIals(users, { unobservedWeight: 0.01, regularisation: 0.01 }) },
  {
    name: "RP3beta, 200 neighbours",
    published: { source: "data/README", quality: [0.183, 0.152] },
    train: (users) => trainRp3Beta(users, { alpha: 0.8, beta: 0.3, neighbours: 200 }),
  },
  {
    name: "graph filter, 200 neighbours",
    published: { source: "GF-CF, BARS", quality: [0.1849, 0.1518] },
    train: (users) => trainGraphFilter(users),
  },
  {
    name: "graph filter, all neighbours",
    published: { source: "GF-CF, BARS", quality: [0.1849, 0.1518] },
    train: (users) => trainGraphFilter(users, { neighbours: users.columns }),
  },
  { name: "LightGCN", published: { source: bars, quality: [0.182, 0.1547] } },
  { name: "UltraGCN", published: { source: bars, quality: [0.1862, 0.158] } },
  { name: "BSPM", published: { source: "Choi et al. 2023", quality: [0.192, 0.1597] } },
  {
    name: "local ridge, 200 neighbours",
    published: { source: "SimpleX, BARS", quality: [0.1872, 0.1557] },
    train: (users) => trainLocalRidge(users),
  },
  {
    name: "local ridge, 300 candidates, 400 neighbours",
    published: { source: "SimpleX, BARS", quality: [0.1872, 0.1557] },
    train: (users) => trainLocalRidge(users, { candidates: 300, neighbours: 400 }),
  },
];

const listLength = 20;

export async function benchGowalla(data: TopNData): Promise<BenchSection> {
  const rows: string[][] = [];
  for (const contestant of contestants) rows.push(await measure(contestant, data));
  return {
    title: "Top-N on Gowalla",
    conditions: [
      `LightGCN's split, ${data.train.rows.toLocaleString("en")} users and ${data.train.columns.toLocaleString("en")} places: all places ranked, those of the training part left out. Recall@20 is hits over all test places of a user, NDCG@20 has an ideal list of min(20, test places), as in BARS (openbenchmark.github.io/BARS), whose figures stand beside ours where the method is the same or, named, the nearest.`,
      "Settings were chosen on the last tenth of each user's training row in its original order, and none on the test part. The published methods were tuned by their authors. EASE is exact and dense: its matrix of all places would take 13 GB, so it is refused here and is for catalogues up to 7,000 products.",
      "Fit is processor time of one thread. Queries in microseconds by the clock, 20 places each. Model is what is saved.",
    ],
    columns: [
      "Method",
      "Recall@20",
      "NDCG@20",
      "published",
      "source",
      "difference",
      "fit, s",
      "query p50",
      "p99",
      "model, MB",
    ],
    rows,
  };
}

async function measure({ name, published, train }: Contestant, data: TopNData): Promise<string[]> {
  const quoted = published ? [pair(published.quality), published.source] : ["", ""];
  if (!train) return [name, "", "", ...quoted, "", "", "", "", ""];
  const before = process.cpuUsage();
  const model = await train(data.train);
  const { user, system } = process.cpuUsage(before);
  const { quality, p50, p99 } = judge(model, data);
  return [
    name,
    ...quality.map(figure),
    ...quoted,
    published ? quality.map((own, i) => signed(own - published.quality[i])).join(" / ") : "",
    ((user + system) / 1e6).toFixed(1),
    p50,
    p99,
    model.save ? megabytesOf({ save: model.save }).toFixed(0) : "",
  ];
}

/** Asks for every user with something to find. */
function judge(model: Answering, { train, test }: TopNData): { quality: Quality; p50: string; p99: string } {
  const users = Array.from({ length: test.rows }, (_, user) => user).filter((user) => rowOf(test, user).length > 0);
  const answers: Uint32Array[] = [];
  const [, , p50, p99] = timeCalls((round) => {
    answers.push(model.recommend({ history: rowOf(train, users[round]) }, listLength).products);
  }, users.length);
  let [recalls, ndcgs] = [0, 0];
  users.forEach((user, round) => {
    const truth = new Set(rowOf(test, user));
    recalls += recall(answers[round], truth, listLength);
    ndcgs += ndcg(answers[round], truth, listLength);
  });
  return { quality: [recalls / users.length, ndcgs / users.length], p50, p99 };
}

const figure = (value: number): string => value.toFixed(4).replace(/^0/, "");
const pair = (quality: Quality): string => quality.map(figure).join(" / ");
const signed = (value: number): string => `${value < 0 ? "-" : "+"}${figure(Math.abs(value))}`;
