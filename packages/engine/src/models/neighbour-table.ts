/**
 * For every product its best neighbours with their weights, truncated: what item neighbours and content similarity
 * learn, query, explain and save alike. A query costs (products in the history) x (neighbours kept).
 */
import { InvalidOption, requireInteger } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { sharedAccumulator } from "../matrix/accumulator.ts";
import { pieceSize, type InPieces } from "../matrix/pieces.ts";
import type { Incidence } from "../matrix/sparse.ts";
import { TopK } from "../matrix/top-k.ts";
import { recentSteps } from "./history.ts";
import { columnOf, integerSetting, numberSetting, requireKind, rowsOf } from "./model-columns.ts";
import type { Recommender } from "./recommender.ts";
import { rankScores } from "./scoring.ts";
import { sharesOf } from "./shares.ts";

/** Products x products: the neighbours of each row, best first. */
export interface NeighbourTable extends Incidence {
  /** How strongly each row speaks for the neighbour, above zero. */
  readonly weights: Float32Array;
}

/** Collects a table row by row; memory grows with what is kept, 8 bytes a neighbour. */
export interface NeighbourTableBuilder {
  /** Offers a neighbour to the row being filled. Weights of zero or less are not kept. */
  offer(product: number, weight: number): void;
  /** Closes the row and begins the next one. */
  endRow(): void;
  finish(): InPieces<NeighbourTable>;
}

/**
 * @param productCount rows that will be closed, and bound of the neighbours' indices
 * @param neighbours how many a row keeps
 */
export function createNeighbourTableBuilder(productCount: number, neighbours: number): NeighbourTableBuilder {
  requireInteger("neighbours", neighbours, 1);
  const capacity = Math.min(neighbours, productCount);
  const offsets = new Uint32Array(productCount + 1);
  // Blocks that are joined in the end: a column that doubled would be copied whole, with everybody waiting.
  const full: Block[] = [];
  let block = createBlock(capacity);
  let rows = 0;
  let best = new TopK(capacity);
  return {
    offer(product, weight) {
      if (weight > 0) best.offer(product, weight);
    },
    endRow() {
      offsets[rows + 1] = offsets[rows] + best.size;
      rows++;
      if (best.size === 0) return;
      if (block.length + best.size > block.indices.length) {
        full.push(block);
        block = createBlock(capacity);
      }
      const ranked = best.ranked();
      block.indices.set(ranked.products, block.length);
      block.weights.set(ranked.scores, block.length);
      block.length += best.size;
      best = new TopK(capacity);
    },
    *finish() {
      const indices = new Uint32Array(offsets[productCount]);
      const weights = new Float32Array(indices.length);
      let length = 0;
      for (const part of [...full, block]) {
        indices.set(part.indices.subarray(0, part.length), length);
        weights.set(part.weights.subarray(0, part.length), length);
        length += part.length;
        yield;
      }
      return { rows: productCount, columns: productCount, offsets, indices, weights };
    },
  };
}

/** Whole rows, one after another. */
interface Block {
  readonly indices: Uint32Array;
  readonly weights: Float32Array;
  length: number;
}

/** @param longestRow fits at least once */
function createBlock(longestRow: number): Block {
  const size = Math.max(longestRow, pieceSize);
  return { indices: new Uint32Array(size), weights: new Float32Array(size), length: 0 };
}

/**
 * Scores a product by the weights with which the products of the history speak for it.
 * @param recency weight of an entry of the history against the one after it, in (0, 1]
 */
export function createNeighbourRecommender(kind: string, table: NeighbourTable, recency: number): Recommender {
  const { rows: productCount, offsets, indices, weights } = table;
  const scores = sharedAccumulator(productCount);

  function addNeighbours(product: number, factor: number): void {
    scores.addRow(indices, weights, offsets[product], offsets[product + 1], factor);
  }
  function weightOf(product: number, neighbour: number): number {
    const place = indices.subarray(offsets[product], offsets[product + 1]).indexOf(neighbour);
    return place < 0 ? 0 : weights[offsets[product] + place];
  }
  return {
    kind,
    productCount,
    recommend(query, count) {
      const steps = recentSteps(query, productCount);
      return rankScores(scores, query, count, () => {
        for (const { product, stepsBack } of steps) addNeighbours(product, recency ** stepsBack);
      });
    },
    explain(query, product) {
      const steps = recentSteps(query, productCount);
      return sharesOf(
        steps.map((step) => step.product),
        steps.map((step) => recency ** step.stepsBack * weightOf(step.product, product)),
      );
    },
    save: () => ({ kind, settings: { productCount, recency }, columns: { offsets, neighbours: indices, weights } }),
  };
}

/** @throws InvalidFile when the file is damaged or of another kind */
export function* readNeighbourRecommender(kind: string, file: ModelFile): InPieces<Recommender> {
  requireKind(file, kind);
  const productCount = integerSetting(file, "productCount");
  const rows = yield* rowsOf(file, "offsets", "neighbours", { rows: productCount, columns: productCount });
  const weights = yield* columnOf(file, "weights", Float32Array, rows.indices.length);
  return createNeighbourRecommender(kind, { ...rows, weights }, numberSetting(file, "recency"));
}

/** @throws InvalidOption unless `recency` lies in (0, 1] */
export function requireRecency(recency: number): void {
  if (!(recency > 0 && recency <= 1)) throw new InvalidOption("recency", recency, "above 0 and at most 1");
}
