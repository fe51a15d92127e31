/** What the methods of this folder ask of their baskets: an order a row, its distinct products ascending. */
import { InvalidInput, requireInteger } from "../errors.ts";
import { incidence, type Incidence } from "../matrix/sparse.ts";

/**
 * Baskets from lists of products, in any order; a product listed twice counts once.
 * @param productCount products of the catalogue
 * @throws InvalidInput when a list names a product outside the catalogue
 * @example
 * const baskets = basketsOf([[cup, saucer], [cup, saucer, spoon], [spoon]], 3);
 */
export function basketsOf(orders: readonly ArrayLike<number>[], productCount: number): Incidence {
  const row: number[] = [];
  const column: number[] = [];
  for (const [order, products] of orders.entries()) {
    for (let i = 0; i < products.length; i++) {
      const product = products[i];
      if (!Number.isInteger(product) || product < 0 || product >= productCount) {
        throw new InvalidInput(`orders[${order}][${i}]`, product, `a product index below ${productCount}`);
      }
      row.push(order);
      column.push(product);
    }
  }
  return incidence({ rows: orders.length, columns: productCount, row, column });
}

/** Baskets that are counted, and how many were left out. */
export interface BasketSelection {
  /** Rows that were skipped are empty. */
  readonly baskets: Incidence;
  /** Baskets over the size limit. */
  readonly skippedBaskets: number;
}

/**
 * Leaves out baskets that are too large to say anything about taste: wholesale orders and bots.
 * @param maximumSize distinct products; no limit when left out
 * @throws InvalidInput when a basket repeats a product, lists it out of order, or names one beyond the columns
 */
export function selectBaskets(baskets: Incidence, maximumSize?: number): BasketSelection {
  requireBaskets(baskets);
  if (maximumSize === undefined) return { baskets, skippedBaskets: 0 };
  requireInteger("maximumBasketSize", maximumSize, 1);

  const offsets = new Uint32Array(baskets.rows + 1);
  let skippedBaskets = 0;
  for (let b = 0; b < baskets.rows; b++) {
    const size = baskets.offsets[b + 1] - baskets.offsets[b];
    if (size > maximumSize) skippedBaskets++;
    offsets[b + 1] = offsets[b] + (size > maximumSize ? 0 : size);
  }
  if (skippedBaskets === 0) return { baskets, skippedBaskets };
  const indices = new Uint32Array(offsets[baskets.rows]);
  for (let b = 0; b < baskets.rows; b++) {
    const size = offsets[b + 1] - offsets[b];
    indices.set(baskets.indices.subarray(baskets.offsets[b], baskets.offsets[b] + size), offsets[b]);
  }
  return { baskets: { ...baskets, offsets, indices }, skippedBaskets };
}

/** How many baskets hold anything at all: the orders that shares are taken of. */
export function filledBaskets({ rows, offsets }: Incidence): number {
  let filled = 0;
  for (let b = 0; b < rows; b++) if (offsets[b + 1] > offsets[b]) filled++;
  return filled;
}

function requireBaskets({ rows, columns, offsets, indices }: Incidence): void {
  for (let b = 0; b < rows; b++) {
    let previous = -1;
    for (let i = offsets[b]; i < offsets[b + 1]; i++) {
      const product = indices[i];
      if (product <= previous || product >= columns) {
        throw new InvalidInput(
          `baskets, row ${b}`,
          product,
          `a list of distinct products, ascending and below ${columns}, as incidence() makes it`,
        );
      }
      previous = product;
    }
  }
}
