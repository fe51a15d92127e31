/** Next baskets: what customers buy next, again and for the first time, beside what the literature reports. */
import { hitRate, ndcg, recall } from "../src/evaluation/index.ts";
import type { Recommender } from "../src/models/index.ts";
import { trainPurchaseRanker, type PurchaseRankerOptions } from "../src/ranking/index.ts";
import type { CustomerBaskets } from "../src/history/customer-baskets.ts";
import {
  purchaseHistories,
  trainNextBasketFrequency,
  trainNextBasketNeighbours,
  trainTifuKnn,
  type PurchaseQuestion,
} from "../src/sequences/index.ts";
import type { BenchSection } from "./section.ts";
import { timeCalls } from "./timing.ts";

/** Baskets to learn from, and the one that came after them for each customer; empty for those who are not judged. */
export interface NextBasketData {
  readonly baskets: CustomerBaskets;
  readonly next: readonly (readonly number[])[];
}

interface Contestant {
  readonly name: string;
  /** Recall@10 of the same method on the same files, and whose figure it is. */
  readonly published?: readonly [recall: number, source: string];
  readonly train: (data: CustomerBaskets) => Promise<Recommender>;
}

const reference = "reality-check code";

const contestants: readonly Contestant[] = [
  {
    name: "frequency, ties by popularity (GP-TopFreq)",
    published: [0.135, reference],
    train: (data) => trainNextBasketFrequency(data),
  },
  { name: "TIFU-KNN", published: [0.1249, reference], train: (data) => trainTifuKnn(data) },
  { name: "neighbours (UP-CF, locality 1)", train: (data) => trainNextBasketNeighbours(data) },
  ranker("purchase ranker, default weights", { mostCustomers: 0 }),
  ranker("purchase ranker, fitted", {}),
];

function ranker(name: string, options: PurchaseRankerOptions): Contestant {
  return { name, train: (data) => trainPurchaseRanker(data, { build: "next-basket", ...options }) };
}

export async function benchNextBasket(name: string, data: NextBasketData): Promise<BenchSection> {
  const rows: string[][] = [];
  for (const contestant of contestants) rows.push(await judge(contestant, data));
  return {
    title: `Next baskets of ${name}`,
    conditions: [
      "Every customer's last basket, all others to learn from; the whole catalogue ranked, what was bought before included. Means over customers: recall divides by the basket, NDCG by the ideal of the whole basket, as the code of the reality check does (Li et al., ACM TOIS 2023); recall of repeats and of novelties over the customers who have some. Weights are fitted on the last basket but one. Microseconds of processor time a query.",
    ],
    columns: [
      "Method",
      "recall@10",
      "published",
      "difference",
      "NDCG@10",
      "PHR@10",
      "repeats",
      "novelties",
      "fit, s",
      "query",
      "p50",
      "p99",
    ],
    rows,
  };
}

async function judge({ name, published, train }: Contestant, { baskets, next }: NextBasketData): Promise<string[]> {
  const before = process.cpuUsage();
  const model = await train(baskets);
  const { user, system } = process.cpuUsage(before);
  const about = purchaseHistories(baskets);
  const asked = next.flatMap((products, customer) => {
    const question: PurchaseQuestion = { ...about(customer), repeats: true };
    return products.length > 0 && question.history.length > 0 ? [{ question, next: new Set(products) }] : [];
  });
  const quality = qualityOf(model, asked);
  const ask = (round: number): void => void model.recommend(asked[round % asked.length].question, 10);
  const [cpu, , median, slow] = timeCalls(ask, Math.min(2000, asked.length));
  return [
    name,
    quality.recall.toFixed(4),
    published ? `${published[0].toFixed(4)} (${published[1]})` : "",
    published ? (quality.recall - published[0]).toFixed(4) : "",
    quality.ndcg.toFixed(4),
    quality.hitRate.toFixed(4),
    quality.repeats.toFixed(4),
    quality.novelties.toFixed(4),
    ((user + system) / 1e6).toFixed(1),
    cpu,
    median,
    slow,
  ];
}

/** A customer and what they bought next. */
export interface AskedCustomer {
  readonly question: PurchaseQuestion;
  readonly next: ReadonlySet<number>;
}

/** Means over customers, of the first ten. */
export interface PurchaseQuality {
  readonly recall: number;
  readonly ndcg: number;
  readonly hitRate: number;
  readonly repeats: number;
  readonly novelties: number;
}

export function qualityOf(model: Pick<Recommender, "recommend">, asked: readonly AskedCustomer[]): PurchaseQuality {
  const answers = asked.map(({ question, next }) => {
    const seen = new Set(Array.from(question.history));
    const { products } = model.recommend(question, 10);
    const part = (belongs: boolean): number => {
      const own = new Set([...next].filter((product) => seen.has(product) === belongs));
      return own.size === 0 ? Number.NaN : recall(products, own, 10);
    };
    return {
      recall: recall(products, next, 10),
      ndcg: ndcg(products, next, 10, "full"),
      hitRate: hitRate(products, next, 10),
      repeats: part(true),
      novelties: part(false),
    };
  });
  const mean = (figure: keyof PurchaseQuality): number => {
    const known = answers.map((answer) => answer[figure]).filter((value) => !Number.isNaN(value));
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  return {
    recall: mean("recall"),
    ndcg: mean("ndcg"),
    hitRate: mean("hitRate"),
    repeats: mean("repeats"),
    novelties: mean("novelties"),
  };
}
