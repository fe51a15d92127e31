/** UCI Online Retail: import, training, evidence with its controls, and last month's purchases. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import {
  companionsOf,
  countPairs,
  drawIndependentBaskets,
  findAffinities,
  swapRandomise,
  type Affinities,
} from "@basketlift/engine/association";
import { createTrainingView, type OrderHistory } from "@basketlift/engine/history";
import { columnSizes, type Incidence } from "@basketlift/engine/matrix";
import { createRandom } from "@basketlift/engine/random";
import { benjaminiHochbergLog, logHypergeometricUpperTail } from "@basketlift/engine/statistics";
import type { BenchSection } from "../../engine/bench/section.ts";
import { importShop, type ImportedShop } from "../src/importing/index.ts";

export function readOnlineRetail(orders: string): Promise<ImportedShop> {
  return importShop({ orders, currency: "GBP", now: new Date() });
}

/** Runs `basketlift train` on the file in a process of its own, so that memory is that of the work. */
export function benchImport(orders: string): BenchSection {
  const program = fileURLToPath(new URL("train-once.ts", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-C", "source", program, orders], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  const [rows, lines, seconds, megabytes] = stdout.trim().split(" ").map(Number);
  return {
    title: "Import and training of Online Retail",
    conditions: ["One process from a gzip CSV to a trained engine: all sources, affinities included."],
    columns: ["Rows read", "order lines", "seconds", "peak memory, MB"],
    rows: [[String(rows), String(lines), seconds.toFixed(1), megabytes.toFixed(0)]],
  };
}

export async function benchEvidence(history: OrderHistory): Promise<BenchSection> {
  const { baskets } = createTrainingView({ orders: history });
  const worlds: readonly (readonly [string, Incidence])[] = [
    ["the real orders", baskets],
    ["basket sizes kept, products drawn by popularity", await drawIndependentBaskets(baskets, createRandom("control"))],
    ["basket sizes and product frequencies kept exactly", await swapRandomise(baskets, createRandom("control"))],
  ];
  const rows: string[][] = [];
  for (const [name, world] of worlds) {
    const began = performance.now();
    const { facts, count } = await findAffinities(world);
    const seconds = (performance.now() - began) / 1000;
    rows.push([
      name,
      String(facts.familySize),
      String(facts.significantPairs),
      String(count.length),
      String(await significantByFisher(world)),
      seconds.toFixed(1),
    ]);
  }
  return {
    title: "Evidence and its controls on Online Retail",
    conditions: [
      "Configuration model, Poisson tail, all pairs in the family, Benjamini-Hochberg at .05, lower end of observed over expected above 1.5. In the two controls no product has any affinity to another: whatever is found there is false. Fisher's exact test, on the same pairs and under the same control of false discoveries, takes all baskets for alike.",
    ],
    columns: ["World", "possible pairs", "significant", "affinities", "significant by Fisher's test", "seconds"],
    rows,
  };
}

/** Pairs that Fisher's exact test calls significant at the same false-discovery rate. */
async function significantByFisher(baskets: Incidence): Promise<number> {
  const { left, right, count } = await countPairs(baskets, { minimumCount: 5 });
  const frequencies = columnSizes(baskets);
  const logPValues = Float64Array.from(count, (together, pair) =>
    logHypergeometricUpperTail(together, {
      population: baskets.rows,
      marked: frequencies[left[pair]],
      drawn: frequencies[right[pair]],
    }),
  );
  const sold = frequencies.filter((baskets) => baskets > 0).length;
  return benjaminiHochbergLog(logPValues, { familySize: (sold * (sold - 1)) / 2 }).rejections;
}

/** The ten most telling companions of one product, those that fall to the effect bound marked. */
export async function benchCompanions({ catalogue, history }: ImportedShop, productId: string): Promise<BenchSection> {
  const { baskets } = createTrainingView({ orders: history });
  const affinities = await findAffinities(baskets, { minimumLift: 1 });
  const product = catalogue.ids.indexOf(productId);
  if (product === undefined) throw new Error(`Online Retail has no product ${productId}.`);
  const { title } = catalogue.products[product];
  return {
    title: `Ten companions of ${productId}, ${title}`,
    conditions: [
      `In ${affinities.productBaskets[product]} orders. Chance does not explain any of the ten (q < .05); only those whose lift is above 1.5 even at the lower end of its 95 % interval are shown to anybody.`,
    ],
    columns: ["Companion", "orders with both", "by chance", "lift", "lower end", "q-value", "believed"],
    rows: companionRows(
      affinities,
      product,
      catalogue.products.map((own) => `${own.title} (${own.id})`),
    ),
  };
}

function companionRows(affinities: Affinities, product: number, labels: readonly string[]): string[][] {
  return companionsOf(affinities, product, 10).map(
    ({ product: companion, count, expected, lift, liftLower, qValue }) => [
      labels[companion],
      String(count),
      expected.toFixed(1),
      lift.toFixed(2),
      liftLower.toFixed(2),
      qValue.toExponential(1),
      liftLower > 1.5 ? "yes" : "no: too small an effect",
    ],
  );
}
