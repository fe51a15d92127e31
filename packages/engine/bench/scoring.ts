/** How long it takes to score every product of a factor model, with SIMD and without. */
import { createScalarDotScorer, createSimdDotScorer } from "../src/matrix/dot-scorer.ts";
import { TopK, type DotScorer } from "../src/matrix/index.ts";
import { createRandom, normal } from "../src/random/index.ts";
import { growthExponent, type GrowthPoint } from "./growth.ts";
import type { BenchSection } from "./section.ts";
import { timeCalls, timingColumns, timingNote } from "./timing.ts";

const width = 64;
const sizes = [25_000, 50_000, 100_000];
const rounds = 300;

export async function benchScoring(): Promise<BenchSection> {
  const kernels = [
    ["SIMD", createSimdDotScorer],
    ["scalar", createScalarDotScorer],
  ] as const;
  const rows = kernels.flatMap(([name, create]) => measure(name, create));
  return {
    title: "Scoring every product of a factor model",
    conditions: [
      `Dot products of one vector with every row of ${width} factors; "and the best 20" ranks them, too. ${rounds} rounds after a warm-up. The two kernels are tested to agree.`,
      `${timingNote} The exponent is that of CPU over products.`,
    ],
    columns: ["Kernel", "products", ...timingColumns, "exponent"],
    rows,
  };
}

function measure(
  name: string,
  create: (matrix: Float32Array, width: number) => DotScorer | undefined,
): readonly string[][] {
  const points: GrowthPoint[] = [];
  const rows: string[][] = [];
  const largest = sizes[sizes.length - 1];
  for (const products of sizes) {
    const scorer = create(drawFactors(products), width);
    if (!scorer) return [[name, "not in this runtime", "", "", "", "", ""]];
    const shoppers = Array.from({ length: 50 }, (_, shopper) => drawFactors(1, `shopper ${shopper}`));
    const score = (round: number): Float32Array => scorer.scores(shoppers[round % shoppers.length]);
    rows.push([name, String(products), ...time((round) => void score(round)), ""]);
    points.push({ size: products, cost: Number(rows[rows.length - 1][2]) });
    if (products === largest) {
      rows[rows.length - 1].splice(-1, 1, growthExponent(points).toFixed(2));
      rows.push([`${name}, and the best 20`, String(products), ...time((round) => rank(score(round))), ""]);
    }
  }
  return rows;
}

function time(call: (round: number) => void): string[] {
  timeCalls(call, rounds / 3);
  return timeCalls(call, rounds);
}

function rank(scores: Float32Array): void {
  const best = new TopK(20);
  for (let product = 0; product < scores.length; product++) best.offer(product, scores[product]);
  best.ranked();
}

function drawFactors(rows: number, seed = "factors"): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: rows * width }, () => normal(random));
}
