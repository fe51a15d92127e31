/** Weights of products for products as they come, target by target, and turned round to be read source by source. */
import { pieceSize, type InPieces } from "../matrix/pieces.ts";
import type { NeighbourTable } from "../models/neighbour-table.ts";

/** Weights of the sources of one target after another; 8 bytes a weight. */
export interface WeightColumns {
  /** Sum of the absolute weights so far. */
  readonly total: number;
  /** Closes the column of one more target. @param weights as long as `sources` at least; zeros are not kept */
  add(sources: Uint32Array, weights: Float64Array): void;
  /** Source by source, targets ascending: 8 bytes a weight more, while those of the columns are let go. */
  turn(): InPieces<NeighbourTable>;
}

export function createWeightColumns(productCount: number): WeightColumns {
  const sourcesOf: Uint32Array[] = [];
  const weightsOf: Float32Array[] = [];
  let total = 0;
  return {
    get total() {
      return total;
    },
    add(sources, weights) {
      const isKept = (_: number, place: number): boolean => weights[place] !== 0;
      const kept = Float32Array.from(weights.subarray(0, sources.length).filter(isKept));
      for (const weight of kept) total += Math.abs(weight);
      sourcesOf.push(sources.filter(isKept));
      weightsOf.push(kept);
    },
    *turn() {
      const offsets = new Uint32Array(productCount + 1);
      for (const sources of sourcesOf) for (const source of sources) offsets[source + 1]++;
      for (let source = 0; source < productCount; source++) offsets[source + 1] += offsets[source];
      const next = offsets.slice();
      const indices = new Uint32Array(offsets[productCount]);
      const weights = new Float32Array(indices.length);
      let pause = pieceSize;
      let done = 0;
      for (let target = 0; target < sourcesOf.length; target++) {
        for (let i = 0; i < sourcesOf[target].length; i++) {
          const place = next[sourcesOf[target][i]]++;
          indices[place] = target;
          weights[place] = weightsOf[target][i];
        }
        done += sourcesOf[target].length;
        if (done < pause) continue;
        pause = done + pieceSize;
        yield;
      }
      sourcesOf.length = 0;
      weightsOf.length = 0;
      return { rows: productCount, columns: productCount, offsets, indices, weights };
    },
  };
}
