/** Itemsets as they are found, in two growing columns with a limit. */
import { InvalidOption } from "../errors.ts";
import { GrowingColumn } from "../matrix/growing-column.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { transposeInPieces, type Incidence } from "../matrix/sparse.ts";

export interface ItemsetStore {
  /** @throws InvalidOption when the limit is reached */
  push(products: ArrayLike<number>, length: number, count: number): void;
  /** Everything that was pushed, products ascending. */
  finishInPieces(): InPieces<{ readonly sets: Incidence; readonly count: Uint32Array }>;
}

const bytesASet = 8;
const bytesAProduct = 4;

export function createItemsetStore(productCount: number, maximumBytes: number): ItemsetStore {
  const offsets = new GrowingColumn(Uint32Array);
  const products = new GrowingColumn(Uint32Array);
  const counts = new GrowingColumn(Uint32Array);
  offsets.push(0);
  return {
    push(set, length, count) {
      const bytes = bytesASet * (counts.length + 1) + bytesAProduct * (products.length + length);
      if (bytes > maximumBytes) {
        throw new InvalidOption(
          "maximumBytes",
          maximumBytes,
          `more than ${counts.length} itemsets take (or ask for a higher support, a maximum length or closed itemsets)`,
        );
      }
      for (let i = 0; i < length; i++) products.push(set[i]);
      offsets.push(products.length);
      counts.push(count);
    },
    *finishInPieces() {
      const found: Incidence = {
        rows: counts.length,
        columns: productCount,
        offsets: offsets.trimmed(),
        indices: products.trimmed(),
      };
      // Turned twice, products ascend in every set.
      return { sets: yield* transposeInPieces(yield* transposeInPieces(found)), count: counts.trimmed() };
    },
  };
}
