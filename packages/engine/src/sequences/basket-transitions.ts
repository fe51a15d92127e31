/**
 * Which products follow which from basket to basket of one customer, and which one customer buys at all: two tables
 * that carry most of what can be known of a next basket. A pair counts less the fuller the baskets and the more popular
 * the products.
 */
import { requireInteger, requireNumber } from "../errors.ts";
import { Accumulator } from "../matrix/accumulator.ts";
import { rowOf, transpose, type Incidence } from "../matrix/sparse.ts";
import { createNeighbourTableBuilder, type NeighbourTable } from "../models/neighbour-table.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { basketsByCustomer, type CustomerBaskets } from "../history/customer-baskets.ts";

export interface BasketTransitionOptions {
  /** Weight of a pair whose baskets lie `gap` baskets apart, 1 for neighbours. */
  readonly weightOfGap: (gap: number) => number;
  readonly longestGap: number;
  /** Popularity, plus `shrinkage`, to these powers divides a pair: of the earlier and of the later product. */
  readonly fromPower: number;
  readonly toPower: number;
  readonly shrinkage: number;
  /** What a pair is worth the other way round, from 0 to 1. */
  readonly backward: number;
  /** Followers kept for each product. */
  readonly rowLength: number;
}

/**
 * @param popularity of each product, for the powers
 * @example
 * const follows = await basketTransitions(view, popularity, followSettings, {});
 */
export async function basketTransitions(
  data: CustomerBaskets,
  popularity: ArrayLike<number>,
  { weightOfGap, longestGap, fromPower, toPower, shrinkage, backward, rowLength }: BasketTransitionOptions,
  controls: TrainingControls = {},
): Promise<NeighbourTable> {
  requireInteger("longestGap", longestGap, 1);
  requireNumber("backward", backward, 0, 1);
  const { baskets, productCount } = data;
  const { previous, next } = neighboursInTime(data);
  const worth = inverseRoots(baskets);
  const fromScale = powers(popularity, shrinkage, -fromPower);
  const toScale = powers(popularity, shrinkage, -toPower);
  const gapWeights = Float64Array.from({ length: longestGap + 1 }, (_, gap) => (gap === 0 ? 0 : weightOfGap(gap)));
  const row = new Accumulator(productCount);
  const addAlong = (basket: number, step: Int32Array, scale: number): void => {
    let other = step[basket];
    for (let gap = 1; gap <= longestGap && other >= 0; gap++, other = step[other]) {
      const weight = scale * gapWeights[gap] * worth[basket] * worth[other];
      for (let i = baskets.offsets[other]; i < baskets.offsets[other + 1]; i++) row.add(baskets.indices[i], weight);
    }
  };
  const holding = transpose(baskets);
  const builder = createNeighbourTableBuilder(productCount, rowLength);
  const pace = createPacer("counting what follows what", productCount, controls);
  for (let product = 0; product < productCount; product++) {
    for (const basket of rowOf(holding, product)) {
      if (pace.isDue()) await pace.rest(product);
      addAlong(basket, next, 1);
      if (backward > 0) addAlong(basket, previous, backward);
    }
    for (const other of row.touched) {
      builder.offer(other, row.values[other] * fromScale[product] * toScale[other]);
    }
    builder.endRow();
    row.clear();
  }
  const table = await pace.through(builder.finish(), productCount);
  pace.finish();
  return table;
}

/** The basket before and after each one of the same customer; -1 where there is none. */
function neighboursInTime(data: CustomerBaskets): { readonly previous: Int32Array; readonly next: Int32Array } {
  const basketsOf = basketsByCustomer(data);
  const previous = new Int32Array(data.baskets.rows).fill(-1);
  const next = new Int32Array(data.baskets.rows).fill(-1);
  for (let customer = 0; customer < basketsOf.rows; customer++) {
    const own = rowOf(basketsOf, customer);
    for (let place = 1; place < own.length; place++) {
      previous[own[place]] = own[place - 1];
      next[own[place - 1]] = own[place];
    }
  }
  return { previous, next };
}

/** 1 / sqrt(size) of each row; 0 for empty ones. */
function inverseRoots({ rows, offsets }: Incidence): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    const size = offsets[row + 1] - offsets[row];
    return size > 0 ? 1 / Math.sqrt(size) : 0;
  });
}

function powers(values: ArrayLike<number>, shrinkage: number, power: number): Float64Array {
  return Float64Array.from(values, (value) => (value + shrinkage) ** power);
}

export interface CoPurchaseOptions {
  /** Added to the popularity of a product, whose square root divides each pair. */
  readonly shrinkage: number;
  /** Whether a product speaks for itself too. */
  readonly diagonal: boolean;
  readonly rowLength: number;
}

/**
 * Products that the same customers buy, whenever: each customer counts 1 / sqrt(products), so that those who buy
 * everything do not drown the rest.
 * @param owned customers x products, distinct
 * @param popularity of each product: of how many customers it is
 * @example
 * const owned = customerMatrix(view);
 * const together = await coPurchases(owned, columnSizes(owned), { shrinkage: 10, diagonal: true, rowLength: 300 });
 */
export async function coPurchases(
  owned: Incidence,
  popularity: ArrayLike<number>,
  { shrinkage, diagonal, rowLength }: CoPurchaseOptions,
  controls: TrainingControls = {},
): Promise<NeighbourTable> {
  const { columns: productCount, offsets, indices } = owned;
  const worth = inverseRoots(owned);
  const scale = powers(popularity, shrinkage, -0.5);
  const owners = transpose(owned);
  const row = new Accumulator(productCount);
  const builder = createNeighbourTableBuilder(productCount, rowLength);
  const pace = createPacer("counting what the same customers buy", productCount, controls);
  for (let product = 0; product < productCount; product++) {
    for (const customer of rowOf(owners, product)) {
      if (pace.isDue()) await pace.rest(product);
      for (let i = offsets[customer]; i < offsets[customer + 1]; i++) row.add(indices[i], worth[customer]);
    }
    for (const other of row.touched) {
      if (diagonal || other !== product) builder.offer(other, row.values[other] * scale[product] * scale[other]);
    }
    builder.endRow();
    row.clear();
  }
  const table = await pace.through(builder.finish(), productCount);
  pace.finish();
  return table;
}
