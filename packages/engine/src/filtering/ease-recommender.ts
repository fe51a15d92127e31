/** A table of weights of either sign, asked, explained and loaded. */
import type { ModelFile } from "../files/model-file.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { recentSteps } from "../models/history.ts";
import { columnOf, integerSetting, requireKind, rowsOf } from "../models/model-columns.ts";
import { createNeighbourRecommender, type NeighbourTable } from "../models/neighbour-table.ts";
import type { Recommender } from "../models/recommender.ts";
import { sharesOf } from "../models/shares.ts";

const kind = "ease";

/** Answers only what the history speaks for on the whole, and explains it by the products that do. */
export function createEaseRecommender(table: NeighbourTable): Recommender {
  const { rows: productCount, offsets, indices, weights } = table;
  const summed = createNeighbourRecommender(kind, table, 1);

  function weightOf(source: number, target: number): number {
    const place = indices.subarray(offsets[source], offsets[source + 1]).indexOf(target);
    return place < 0 ? 0 : weights[offsets[source] + place];
  }
  return {
    kind,
    productCount,
    recommend(query, count) {
      const { products, scores } = summed.recommend(query, count);
      const against = scores.findIndex((score) => score <= 0);
      const end = against < 0 ? scores.length : against;
      return { products: products.slice(0, end), scores: scores.slice(0, end) };
    },
    explain(query, product) {
      const sources = recentSteps(query, productCount).map((step) => step.product);
      return sharesOf(
        sources,
        sources.map((source) => Math.max(0, weightOf(source, product))),
      );
    },
    save: () => ({ kind, settings: { productCount }, columns: { offsets, neighbours: indices, weights } }),
  };
}

/** @throws InvalidFile when the file is damaged or of another kind */
export function* readEaseRecommender(file: ModelFile): InPieces<Recommender> {
  requireKind(file, kind);
  const productCount = integerSetting(file, "productCount");
  const rows = yield* rowsOf(file, "offsets", "neighbours", { rows: productCount, columns: productCount });
  const weights = yield* columnOf(file, "weights", Float32Array, rows.indices.length);
  return createEaseRecommender({ ...rows, weights });
}
