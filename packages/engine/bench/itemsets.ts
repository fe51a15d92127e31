/** Frequent itemsets, rules and pair counts: exact counts beside those of a reference, speed, and how it grows. */
import { countPairs, findItemsets, findRules } from "../src/association/index.ts";
import type { Incidence } from "../src/matrix/index.ts";
import { growthExponent, type GrowthPoint, timeThrice, timingConditions } from "./growth.ts";
import type { BenchSection } from "./section.ts";

/** Baskets, and what arules finds in them. */
export interface ItemsetReference {
  readonly name: string;
  readonly baskets: Incidence;
  /** Support, then how many itemsets are frequent, closed and maximal. */
  readonly itemsets: readonly (readonly [support: number, all: number, closed: number, maximal: number])[];
  /** Support and confidence, then how many rules have two products or more. */
  readonly rules: readonly (readonly [support: number, confidence: number, rules: number])[];
}

export async function benchItemsets(references: readonly ItemsetReference[]): Promise<BenchSection> {
  const rows: string[][] = [];
  for (const reference of references) {
    rows.push(...(await itemsetRows(reference)), ...(await ruleRows(reference)));
  }
  return {
    title: "Itemsets and rules beside arules",
    conditions: [
      "How many there are, which leaves no room for opinion. Support is a share of all baskets, rounded up to whole ones; rules have one product on the right.",
      `${timingConditions} Rules are timed without their itemsets. Eclat in C, as arules has it, takes about 1.7 s for all of T10I4D100K at .001.`,
    ],
    columns: ["Data", "what", "support", "ours", "arules", "difference", "CPU", "clock"],
    rows,
  };
}

async function itemsetRows({ name, baskets, itemsets }: ItemsetReference): Promise<string[][]> {
  const rows: string[][] = [];
  for (const [minimumSupport, ...reference] of itemsets) {
    for (const [place, kind] of (["all", "closed", "maximal"] as const).entries()) {
      const { result, times } = await timeThrice(() => findItemsets(baskets, { minimumSupport, kind }));
      rows.push([name, kind, String(minimumSupport), ...compared(result.count.length, reference[place]), ...times]);
    }
  }
  return rows;
}

async function ruleRows({ name, baskets, rules }: ItemsetReference): Promise<string[][]> {
  const rows: string[][] = [];
  for (const [minimumSupport, minimumConfidence, reference] of rules) {
    const itemsets = await findItemsets(baskets, { minimumSupport });
    const { result, times } = await timeThrice(() => findRules(itemsets, { minimumConfidence }));
    const what = `rules, confidence ${minimumConfidence}`;
    rows.push([name, what, String(minimumSupport), ...compared(result.count.length, reference), ...times]);
  }
  return rows;
}

function compared(ours: number, reference: number): string[] {
  return [String(ours), String(reference), String(ours - reference)];
}

/** Baskets to measure how the time grows with them. */
export interface GrowthData {
  readonly name: string;
  readonly baskets: Incidence;
}

/** A quarter, a half and all of the baskets. */
const shares = [0.25, 0.5, 1];

export async function benchPairCounts(data: GrowthData): Promise<BenchSection> {
  return benchGrowth("Counting pairs", "pairs", data, async (baskets) => (await countPairs(baskets)).count.length);
}

export async function benchItemsetGrowth(data: GrowthData): Promise<BenchSection> {
  return benchGrowth("Finding itemsets at a support of .001", "itemsets", data, async (baskets) => {
    return (await findItemsets(baskets, { minimumSupport: 0.001 })).count.length;
  });
}

async function benchGrowth(
  title: string,
  found: string,
  { name, baskets }: GrowthData,
  work: (baskets: Incidence) => Promise<number>,
): Promise<BenchSection> {
  const sizes: GrowthPoint[] = [];
  const rows: string[][] = [];
  for (const share of shares) {
    const part = firstRows(baskets, Math.round(share * baskets.rows));
    const { result, times } = await timeThrice(() => work(part));
    sizes.push({ size: part.indices.length, cost: Number(times[0]) });
    rows.push([String(part.rows), String(part.indices.length), String(result), ...times]);
  }
  return {
    title: `${title}: ${name}`,
    conditions: [timingConditions, `CPU grows as lines to the power of ${growthExponent(sizes).toFixed(2)}.`],
    columns: ["Baskets", "lines", found, "CPU", "clock"],
    rows,
  };
}

function firstRows({ columns, offsets, indices }: Incidence, rows: number): Incidence {
  return { rows, columns, offsets: offsets.subarray(0, rows + 1), indices: indices.subarray(0, offsets[rows]) };
}
