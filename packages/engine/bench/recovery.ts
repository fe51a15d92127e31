/** How much of what was planted in demo shops is found, and how much is shown that was not planted. */
import { createEngine } from "../src/index.ts";
import { createDemoShop } from "../src/simulation/index.ts";
import type { BenchSection } from "./section.ts";

const seeds = ["basketlift", "autumn", "winter", "spring"];

export async function benchRecovery(): Promise<BenchSection> {
  const rows: string[][] = [];
  for (const seed of seeds) rows.push(await recover(seed));
  return {
    title: "Planted complements found",
    conditions: [
      "Demo shops of our own generator, default settings. Precision: planted complements among the affinities shown. Recall: affinities shown among the planted complements. Coincidences: pairs of bestsellers without any planted relation that were shown.",
    ],
    columns: ["Shop", "planted", "shown", "precision", "recall", "coincidences shown"],
    rows,
  };
}

async function recover(seed: string): Promise<string[]> {
  const shop = createDemoShop({ seed, picture: () => "" });
  const { affinities, catalogue } = await createEngine({
    products: shop.products,
    markets: shop.markets,
    orders: shop.orders,
  });
  const key = (a: string, b: string): string => [a, b].toSorted().join("\n");
  const shown = Array.from(affinities.productA, (a, pair) =>
    key(catalogue.ids.idOf(a), catalogue.ids.idOf(affinities.productB[pair])),
  );
  const planted = new Set(shop.truth.complements.map(({ productA, productB }) => key(productA, productB)));
  const coincidences = new Set(shop.truth.coincidences.map(({ productA, productB }) => key(productA, productB)));
  const right = shown.filter((pair) => planted.has(pair)).length;
  return [
    seed,
    String(planted.size),
    String(shown.length),
    (right / shown.length).toFixed(3),
    (right / planted.size).toFixed(3),
    String(shown.filter((pair) => coincidences.has(pair)).length),
  ];
}
