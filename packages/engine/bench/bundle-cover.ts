/** How long it takes to find the best bundles of a cart. */
import { coverCart, type Bundle, type BundleLine } from "@basketlift/engine/bundles";
import { createRandom, type Random } from "@basketlift/engine/random";
import type { BenchSection } from "./section.ts";
import { timeCalls, timingColumns, timingNote } from "./timing.ts";

const lineCount = 40;
const bundleCount = 500;
const rounds = 300;
const market = { currency: "EUR" };

export function benchBundleCover(): BenchSection {
  return {
    title: "The best bundles of a cart",
    conditions: [
      `A cart of ${lineCount} lines with one to three units each, and ${bundleCount} bundles of two to five products at 5 to 20 % off or a fixed amount. "Of the shop": the shop has 400 products in 20 departments, a bundle keeps to one of them, and the cart to six. "Of the cart": every bundle is of the cart's own products, so that all 500 compete for its units. Pricing the bundles is part of the time; ${rounds} carts, each another.`,
      "Exact: carts for which no other set of bundles saves more, proved. Gap: how much more than the answer another set could save at most, where that was not proved.",
      timingNote,
    ],
    columns: ["Bundles", "offers weighed", "exact", "largest gap", ...timingColumns],
    rows: [measure("of the shop", (random) => shopCase(random)), measure("of the cart", (random) => cartCase(random))],
  };
}

interface CoverCase {
  readonly lines: readonly BundleLine[];
  readonly bundles: readonly Bundle[];
}

function measure(name: string, draw: (random: Random) => CoverCase): string[] {
  const cases = Array.from({ length: rounds }, (_, round) => draw(createRandom(`${name} ${round}`)));
  for (const { lines, bundles } of cases.slice(0, 50)) coverCart(lines, bundles, market);
  let exact = 0;
  let offers = 0;
  let gap = 0;
  const times = timeCalls((round) => {
    const { lines, bundles } = cases[round];
    const cover = coverCart(lines, bundles, market);
    exact += Number(cover.exact);
    offers += cover.offers;
    gap = Math.max(gap, cover.bound / cover.saving - 1);
  }, rounds);
  return [
    name,
    (offers / rounds).toFixed(0),
    `${((100 * exact) / rounds).toFixed(0)} %`,
    `${(100 * gap).toFixed(1)} %`,
    ...times,
  ];
}

function shopCase(random: Random): CoverCase {
  const departments = Array.from({ length: 20 }, (_, department) =>
    Array.from({ length: 20 }, (_, place) => department * 20 + place),
  );
  const visited = pick(random, departments, 6).flat();
  const pool = (): readonly number[] => departments[random.integer(departments.length)];
  return { lines: cartOf(random, pick(random, visited, lineCount)), bundles: bundlesOf(random, pool) };
}

function cartCase(random: Random): CoverCase {
  const products = Array.from({ length: lineCount }, (_, product) => product);
  return { lines: cartOf(random, products), bundles: bundlesOf(random, () => products) };
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
