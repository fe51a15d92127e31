/** How long it takes to find the best bundles of a cart. */
import { coverCart, type Bundle, type BundleLine } from "@basketlift/engine/bundles";
import { createRandom, type Random } from "@basketlift/engine/random";
import type { BenchSection } from "./section.ts";
import { timeCalls, timingColumns, timingNote } from "./timing.ts";

const lineCount = 40;
const bundleCount = 500;
const rounds = 300;
/** Enough for a proof of any of these carts. */
const effortOfProof = 20_000_000;
const market = { currency: "EUR" };

export function benchBundleCover(): BenchSection {
  return {
    title: "The best bundles of a cart",
    conditions: [
      `A cart of ${lineCount} lines with one to three units each, and ${bundleCount} bundles of two to five products, at 5 to 20 % off or a fixed amount. Wide shop: 400 products in 20 departments, a bundle keeps to one of them, the cart to six. Narrow shop: 80 products, half of them in the cart. Cart alone: every bundle is made of the cart's own 40 products, so that all 500 compete for its units; no shop is like that. Pricing the bundles is part of the time; ${rounds} carts, each another.`,
      "Exact: carts for which it was proved that no other set of bundles saves more. Largest gap: how much more another set could save at most, as the answer itself says. Loss: what is lost against the best set, found with as much effort as that takes; of all carts.",
      timingNote,
    ],
    columns: ["Bundles", "offers weighed", "exact", "largest gap", "median loss", "largest loss", ...timingColumns],
    rows: [
      measure("wide shop", shopCase),
      measure("narrow shop", narrowCase),
      measure("cart alone", cartCase),
      measure("cart alone, a hundred times the effort", cartCase, 500_000, 100),
    ],
  };
}

interface CoverCase {
  readonly lines: readonly BundleLine[];
  readonly bundles: readonly Bundle[];
}

function measure(name: string, draw: (random: Random) => CoverCase, effort?: number, carts = rounds): string[] {
  const options = effort === undefined ? {} : { effort };
  const cases = Array.from({ length: carts }, (_, round) => draw(createRandom(`cart ${round}`)));
  for (const { lines, bundles } of cases.slice(0, 50)) coverCart(lines, bundles, market, options);
  let exact = 0;
  let offers = 0;
  let gap = 0;
  const savings: number[] = [];
  const times = timeCalls((round) => {
    const { lines, bundles } = cases[round];
    const cover = coverCart(lines, bundles, market, options);
    exact += Number(cover.exact);
    offers += cover.offers;
    savings.push(cover.saving);
    if (cover.saving > 0) gap = Math.max(gap, cover.bound / cover.saving - 1);
  }, carts);
  const losses = cases.map((drawn, round) => lossOf(drawn, savings[round])).sort((a, b) => a - b);
  return [
    name,
    (offers / carts).toFixed(0),
    `${((100 * exact) / carts).toFixed(0)} %`,
    `${(100 * gap).toFixed(1)} %`,
    `${(100 * losses[Math.floor(carts / 2)]).toFixed(1)} %`,
    `${(100 * losses[carts - 1]).toFixed(1)} %`,
    ...times,
  ];
}

/** What a cover loses against the best one, as a share of it. */
function lossOf({ lines, bundles }: CoverCase, saving: number): number {
  const best = coverCart(lines, bundles, market, { effort: effortOfProof });
  if (!best.exact) throw new Error("The best bundles of a cart were not found; raise the effort of the proof.");
  return best.saving === 0 ? 0 : 1 - saving / best.saving;
}

function shopCase(random: Random): CoverCase {
  const departments = Array.from({ length: 20 }, (_, department) => range(20).map((place) => department * 20 + place));
  const visited = pick(random, departments, 6).flat();
  const pool = (): readonly number[] => departments[random.integer(departments.length)];
  return { lines: cartOf(random, pick(random, visited, lineCount)), bundles: bundlesOf(random, pool) };
}

function narrowCase(random: Random): CoverCase {
  const products = range(2 * lineCount);
  return { lines: cartOf(random, pick(random, products, lineCount)), bundles: bundlesOf(random, () => products) };
}

function cartCase(random: Random): CoverCase {
  const products = range(lineCount);
  return { lines: cartOf(random, products), bundles: bundlesOf(random, () => products) };
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function cartOf(random: Random, products: readonly number[]): BundleLine[] {
  return products.map((product) => ({
    productId: `p${product}`,
    quantity: 1 + random.integer(3),
    unitPrice: 300 + random.integer(5000),
  }));
}

function bundlesOf(random: Random, pool: () => readonly number[]): Bundle[] {
  return Array.from({ length: bundleCount }, (_, index): Bundle => {
    const products = pick(random, pool(), 2 + random.integer(4));
    const isFixed = random.integer(4) === 0;
    return {
      id: `b${index}`,
      name: `Bundle ${index}`,
      type: "static",
      products: products.map((product) => ({ productId: `p${product}`, quantity: 1, required: true })),
      discount: isFixed
        ? { type: "fixed", value: 100 * (1 + random.integer(10)) }
        : { type: "percentage", value: 5 * (1 + random.integer(4)) },
      conditions: {},
      performance: { views: 0, conversions: 0, revenue: 0 },
      active: true,
      createdAt: "2026-01-01T00:00:00Z",
      updatedAt: "2026-01-01T00:00:00Z",
    };
  });
}

/** Distinct ones, each as likely as any other. */
function pick<Value>(random: Random, values: readonly Value[], count: number): Value[] {
  const left = [...values];
  return Array.from({ length: count }, () => left.splice(random.integer(left.length), 1)[0]);
}
