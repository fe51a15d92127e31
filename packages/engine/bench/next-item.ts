/** The next product of customers who buy nothing twice: leave one out, the whole catalogue ranked. */
import type { SparseMatrix } from "../src/matrix/index.ts";
import { trainPurchaseRanker, type PurchaseRankerOptions } from "../src/ranking/index.ts";
import type { CustomerBaskets } from "../src/history/customer-baskets.ts";
import { qualityOf } from "./next-basket.ts";
import type { BenchSection } from "./section.ts";
import { timeCalls } from "./timing.ts";

export interface NextItemData {
  /** Everything but the last product of each customer, a product a basket. */
  readonly baskets: CustomerBaskets;
  /** Products by customer, the last one included. */
  readonly sequences: readonly (readonly number[])[];
  /** Weighed attributes of the products. */
  readonly attributes: SparseMatrix;
}

type Quality = readonly [hitRate: number, ndcg: number];

/** As printed by the S3Rec and ICLRec papers; others reach .085 / .043 with SASRec on the same files. */
const published: readonly (readonly [string, Quality])[] = [
  ["SASRec", [0.0605, 0.0318]],
  ["S3Rec", [0.0647, 0.0327]],
  ["ICLRec", [0.0744, 0.0403]],
];

const contestants: readonly (readonly [string, PurchaseRankerOptions])[] = [
  ["purchase ranker, default weights, strict", { mostCustomers: 0, readsHeldBack: false }],
  ["purchase ranker, fitted, strict", { readsHeldBack: false }],
  ["purchase ranker, fitted, trained again", {}],
];

export async function benchNextItem(name: string, data: NextItemData): Promise<BenchSection> {
  const rows = published.map(([method, [hits, gain]]) => [
    method,
    "",
    hits.toFixed(4),
    "",
    gain.toFixed(4),
    "",
    "",
    "",
    "",
  ]);
  for (const [method, options] of contestants) rows.push(await judge(method, options, data));
  return {
    title: `Next products of ${name}`,
    conditions: [
      "Each customer's last product, the whole catalogue ranked but for what they bought before. Weights are fitted on the last product but one. The strict rows read nothing but what came before both, as the published models do; the last row reads the last product but one too, as a shop would. Microseconds of processor time a query.",
    ],
    columns: ["Method", "HR@10", "published", "NDCG@10", "published", "fit, s", "query", "p50", "p99"],
    rows,
  };
}

async function judge(
  method: string,
  options: PurchaseRankerOptions,
  { baskets, sequences, attributes }: NextItemData,
): Promise<string[]> {
  const before = process.cpuUsage();
  const model = await trainPurchaseRanker(baskets, { build: "next-item", attributes, ...options });
  const { user, system } = process.cpuUsage(before);
  const asked = sequences.map((products) => ({
    question: { history: products.slice(0, -1) },
    next: new Set(products.slice(-1)),
  }));
  const { hitRate, ndcg } = qualityOf(model, asked);
  const ask = (round: number): void => void model.recommend(asked[round % asked.length].question, 10);
  const [cpu, , median, slow] = timeCalls(ask, Math.min(2000, asked.length));
  const seconds = ((user + system) / 1e6).toFixed(1);
  return [method, hitRate.toFixed(4), "", ndcg.toFixed(4), "", seconds, cpu, median, slow];
}
