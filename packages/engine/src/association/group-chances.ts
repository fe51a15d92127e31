/**
 * What chance makes of groups of products. The configuration model says how likely a basket of each size holds each product;
 * divided by the size, that is the product's share of the places in such baskets. A basket of s products is then s draws by
 * those shares, so that a basket of one cannot hold two groups: the model alone keeps basket sizes on average only, which
 * tells groups, that meet often, to meet too often in small baskets.
 */
import { columnSizes, rowSizes, type Incidence } from "../matrix/sparse.ts";
import type { TrainingControls } from "../models/training.ts";
import { fitConfigurationModelTo } from "./configuration-model.ts";
import { classesByMargin, classesOfTally, tallyOf } from "./margin-classes.ts";

/** Baskets of each size that occurs, and what fills them by chance. */
export interface GroupChances {
  readonly sizes: Uint32Array;
  /** Baskets of each size. */
  readonly baskets: Uint32Array;
  createGroup(): ProductGroupShare;
  /** Share of the places in baskets of each size that the product has. */
  shareOf(product: number): Float64Array;
}

/** A group of products. */
export interface ProductGroupShare {
  /** Adds a product; each once. */
  add(product: number): void;
  /** Share of the places in baskets of each size. */
  readonly share: Float64Array;
  /** Sum of the squares of its products' shares: the chance that two draws are the same product of it. */
  readonly squares: Float64Array;
}

/**
 * Fits the null model. Memory: distinct product frequencies x distinct basket sizes x 8 bytes, 16 bytes a group and size.
 * @param baskets orders x products
 */
export async function fitGroupChances(baskets: Incidence, controls: TrainingControls): Promise<GroupChances> {
  const productBaskets = columnSizes(baskets);
  const basketsOfSize = tallyOf(rowSizes(baskets));
  const model = await fitConfigurationModelTo({ productBaskets, basketsOfSize }, controls);
  // Empty baskets hold nothing.
  basketsOfSize[0] = 0;
  const { margins: sizes, members } = classesOfTally(basketsOfSize);
  const { classOf } = classesByMargin(productBaskets);
  // Products that sell equally often have the same shares: each is asked for once.
  const known = new Map<number, Float64Array>();
  const shareOf = (product: number): Float64Array => {
    const found = known.get(classOf[product]);
    if (found) return found;
    const shares = Float64Array.from(sizes, (size) => model.probability(product, size) / size);
    known.set(classOf[product], shares);
    return shares;
  };
  return { sizes, baskets: members, shareOf, createGroup: () => createGroup(sizes.length, shareOf) };
}

function createGroup(classes: number, shareOf: (product: number) => Float64Array): ProductGroupShare {
  const share = new Float64Array(classes);
  const squares = new Float64Array(classes);
  return {
    share,
    squares,
    add(product) {
      for (const [size, part] of shareOf(product).entries()) {
        share[size] += part;
        squares[size] += part * part;
      }
    },
  };
}

/** Baskets that hold something of either of two groups without a common product: 1 - P[no a] - P[no b] + P[neither]. */
export function expectedMeetings({ sizes, baskets }: GroupChances, a: Float64Array, b: Float64Array): number {
  let expected = 0;
  for (const [at, size] of sizes.entries()) {
    const neither = Math.max(0, 1 - a[at] - b[at]) ** size;
    const chance = 1 - Math.max(0, 1 - a[at]) ** size - Math.max(0, 1 - b[at]) ** size + neither;
    expected += baskets[at] * Math.max(0, chance);
  }
  return expected;
}

/** Baskets that hold two different products of a group: at least two draws of it, less those of one product twice. */
export function expectedWithin({ sizes, baskets }: GroupChances, { share, squares }: ProductGroupShare): number {
  let expected = 0;
  for (const [at, size] of sizes.entries()) {
    if (share[at] === 0) continue;
    const rest = Math.max(0, 1 - share[at]);
    const twice = 1 - rest ** size - size * share[at] * rest ** (size - 1);
    expected += baskets[at] * Math.max(0, twice) * Math.max(0, 1 - squares[at] / share[at] ** 2);
  }
  return expected;
}

/** Baskets that hold a product and something of a group: one place is the product's, the others are drawn from the rest. */
export function expectedBeside({ sizes, baskets }: GroupChances, own: Float64Array, group: Float64Array): number {
  let expected = 0;
  for (const [at, size] of sizes.entries()) {
    const other = own[at] < 1 ? Math.min(1, group[at] / (1 - own[at])) : 0;
    expected += baskets[at] * size * own[at] * (1 - (1 - other) ** (size - 1));
  }
  return expected;
}
