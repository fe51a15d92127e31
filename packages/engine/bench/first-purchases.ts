/** First purchases of the last month, foreseen by the purchase ranker over the whole catalogue. */
import { evaluateNextPurchases, type Contender, type PurchaseQuery } from "../src/evaluation/index.ts";
import { contentFeatures } from "../src/filtering/content-features.ts";
import { createTrainingView, viewBefore } from "../src/history/index.ts";
import type { ShopData } from "../src/index.ts";
import { createRandom } from "../src/random/index.ts";
import { trainPurchaseRanker, type PurchaseBuild } from "../src/ranking/index.ts";
import { purchaseHistories } from "../src/sequences/index.ts";
import type { BenchSection } from "./section.ts";

const day = 86_400_000;
const horizonDays = 30;
const contestants: readonly (readonly [string, PurchaseBuild])[] = [
  ["purchase ranker, full", "full"],
  ["without habits, baskets and dates", "next-item"],
];

export async function benchFirstPurchases(
  name: string,
  { catalogue, orders }: Pick<ShopData, "catalogue" | "orders">,
): Promise<BenchSection> {
  const cut = orders.placedAt[orders.placedAt.length - 1] + 1 - horizonDays * day;
  const view = viewBefore(createTrainingView({ orders }), cut);
  const attributes = await contentFeatures(catalogue, { text: 1, category: 1, brand: 0.5, attributes: 0.5 }, {});
  const about = purchaseHistories(view);
  const recommenders: Contender[] = [];
  for (const [method, build] of contestants) {
    const heldBack = { days: horizonDays };
    const model = await trainPurchaseRanker(view, { build, attributes, heldBack, reach: "catalogue" });
    const recommend = (query: PurchaseQuery, count: number) =>
      model.recommend({ ...query, ...about(query.customer) }, count);
    recommenders.push({ name: method, recommender: { recommend } });
  }
  const report = await evaluateNextPurchases({ view, orders, cut, recommenders, random: createRandom("last month") });
  return {
    title: `First purchases of the last month of ${name}`,
    conditions: [
      `Trained on everything before the last ${horizonDays} days, weights fitted on the ${horizonDays} days before those; asked which of ${report.productCount} products ${report.customers} known customers would buy that they had never bought. Every product is ranked, none sampled.`,
    ],
    columns: ["Method", "AUC", `HR@${report.listLength}`, `NDCG@${report.listLength}`, "AUC beyond popularity"],
    rows: [report.popularity, ...report.rows].map((row) => [
      row.name,
      row.areaUnderCurve.value.toFixed(3),
      row.hitRate.value.toFixed(3),
      row.ndcg.value.toFixed(3),
      row === report.popularity ? "" : row.advantage.value.toFixed(3),
    ]),
  };
}
