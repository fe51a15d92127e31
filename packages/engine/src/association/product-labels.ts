/** Any way to sort products into groups: by category, brand, price band. One product has one label or none. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import { InvalidInput } from "../errors.ts";
import { incidenceInPieces, type Incidence } from "../matrix/sparse.ts";
import { pieceSize, type InPieces } from "../matrix/pieces.ts";

/** Labels of the products of a catalogue. */
export interface ProductLabels {
  /** Label of each product, -1 for none. */
  readonly labelOf: Int32Array;
  /** How many labels there are; every label is below it. */
  readonly size: number;
}

/**
 * The catalogue's categories as labels: full paths, so that "Kitchen / Mugs" and "Kitchen / Plates" are two.
 * @example
 * const affinity = await measureLabelAffinity(view.baskets, categoryLabels(catalogue));
 */
export function categoryLabels({ categoryOf, categories }: Catalogue): ProductLabels {
  return { labelOf: categoryOf, size: categories.size };
}

/** The catalogue's brands as labels. */
export function brandLabels({ brandOf, brands }: Catalogue): ProductLabels {
  return { labelOf: brandOf, size: brands.size };
}

/** @throws InvalidInput unless there is a label for each product, each below `size` */
export function requireLabels({ labelOf, size }: ProductLabels, productCount: number): void {
  if (labelOf.length !== productCount) {
    throw new InvalidInput("labels.labelOf", `${labelOf.length} entries`, `one for each of ${productCount} products`);
  }
  for (const [product, label] of labelOf.entries()) {
    if (label < -1 || label >= size) {
      throw new InvalidInput(`labels.labelOf[${product}]`, label, `-1 or a label below ${size}`);
    }
  }
}

/** Baskets x labels: which labels each basket holds. */
export function* labelledBasketsInPieces(baskets: Incidence, labels: ProductLabels): InPieces<Incidence> {
  requireLabels(labels, baskets.columns);
  const row = new Uint32Array(baskets.indices.length);
  const column = new Uint32Array(baskets.indices.length);
  let cells = 0;
  for (let basket = 0; basket < baskets.rows; basket++) {
    for (let i = baskets.offsets[basket]; i < baskets.offsets[basket + 1]; i++) {
      const label = labels.labelOf[baskets.indices[i]];
      if (i % pieceSize === 0) yield;
      if (label < 0) continue;
      row[cells] = basket;
      column[cells++] = label;
    }
  }
  return yield* incidenceInPieces({
    rows: baskets.rows,
    columns: labels.size,
    row: row.subarray(0, cells),
    column: column.subarray(0, cells),
  });
}
