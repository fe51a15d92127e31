/** How well first purchases of the last month would have been foreseen. */
import { evaluateLastMonth, type ShopData } from "@basketlift/engine";
import type { Estimate } from "@basketlift/engine/evaluation";
import type { BenchSection } from "../../engine/bench/section.ts";

export async function benchLastMonth(name: string, shop: ShopData): Promise<BenchSection> {
  const report = await evaluateLastMonth(shop, { maximumCustomers: 5000 });
  return {
    title: `Last month of ${name}`,
    conditions: [
      `Trained on everything before the last ${report.horizonDays} days; asked which of ${report.productCount} products ${report.customers} known customers would buy that they had never bought. Every product is ranked, none sampled. 95 % bootstrap intervals over customers. Weights were chosen on the month before.`,
    ],
    columns: ["Method", "AUC", `HR@${report.listLength}`, `NDCG@${report.listLength}`, "AUC beyond popularity"],
    rows: [report.popularity, ...report.rows].map((row) => [
      row.name,
      estimate(row.areaUnderCurve),
      estimate(row.hitRate),
      estimate(row.ndcg),
      row === report.popularity ? "" : estimate(row.advantage),
    ]),
  };
}

function estimate({ value, lower, upper }: Estimate): string {
  return `${value.toFixed(3)} (${lower.toFixed(3)} to ${upper.toFixed(3)})`;
}
