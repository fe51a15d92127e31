/**
 * The engine finds what was planted and shows nothing that was not.
 *
 * True is a planted complement and nothing else: pairs that share only a season, a brand or a sort of customer count
 * as wrong (`relations/truth.ts` says why there are hardly any). Planted lifts are between 4 and 15 times chance, of
 * which the configuration model, which knows that large baskets hold more pairs, sees 2 to 17.
 */
import { expect, it } from "vitest";
import { findAffinities } from "../../association/index.ts";
import { createCatalogue } from "../../catalogue/index.ts";
import { incidence } from "../../matrix/index.ts";
import { createDemoShop } from "./demo-shop.ts";

const key = (a: string, b: string) => [a, b].toSorted().join(" ");

it.for(["basketlift", "autumn"])(
  "recovers the planted complements of shop %s without a coincidence",
  async (seed, { annotate }) => {
    const shop = createDemoShop({ seed, picture: () => "" });
    const { ids } = createCatalogue(shop);
    const kept = shop.orders.flatMap((order, row) =>
      order.lines.filter((line) => line.cancelled !== true).map((line) => ({ row, id: line.productId })),
    );
    const baskets = incidence({
      rows: shop.orders.length,
      columns: ids.size,
      row: kept.map((cell) => cell.row),
      column: kept.map((cell) => ids.indexOf(cell.id) ?? 0),
    });

    const affinities = await findAffinities(baskets);
    const found = Array.from(affinities.productA, (a, i) => key(ids.idOf(a), ids.idOf(affinities.productB[i])));

    const planted = new Set(shop.truth.complements.map(({ productA, productB }) => key(productA, productB)));
    const coincidences = new Set(shop.truth.coincidences.map(({ productA, productB }) => key(productA, productB)));
    const right = found.filter((pair) => planted.has(pair)).length;
    const figures = {
      precision: right / found.length,
      recall: right / planted.size,
      coincidencesShown: found.filter((pair) => coincidences.has(pair)).length,
    };
    const said = JSON.stringify(figures);
    await annotate(said);
    expect(figures.coincidencesShown, said).toBe(0);
    expect(figures.precision, said).toBeGreaterThanOrEqual(0.9);
    expect(figures.recall, said).toBeGreaterThanOrEqual(0.8);
  },
);
