/**
 * Shops without any affinity, made from a real one: what a method finds there is its own invention. For tests and for
 * the audit of a shop's data.
 */
import { requireInteger } from "../errors.ts";
import { columnSizes, incidence, type Incidence } from "../matrix/sparse.ts";
import { TopK } from "../matrix/top-k.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import type { Random } from "../random/generator.ts";

/**
 * Keeps the size of every basket and fills it anew with distinct products drawn one by one, each by its popularity
 * among those not yet in the basket. Popularity is kept on average only, and very popular products, which a basket
 * cannot hold twice, come a little short.
 * @param baskets orders x products
 * @returns baskets of the same shape, products ascending
 * @example
 * const coincidences = await findAffinities(await drawIndependentBaskets(baskets, createRandom("audit")));
 */
export async function drawIndependentBaskets(
  baskets: Incidence,
  random: Random,
  controls: TrainingControls = {},
): Promise<Incidence> {
  const { rows, columns, offsets, indices } = baskets;
  const drawn = new Uint32Array(indices.length);
  const basketOf = new Uint32Array(indices.length);
  const holder = new Int32Array(columns).fill(-1);
  const popularity = columnSizes(baskets);

  const pace = createPacer("drawing independent baskets", rows, controls);
  for (let b = 0; b < rows; b++) {
    if (pace.isDue()) await pace.rest(b);
    basketOf.fill(b, offsets[b], offsets[b + 1]);
    // A random line of the history is a product by popularity. A basket that holds most of the shop meets too few new
    // ones so: the rest of it is drawn in one pass over the catalogue.
    let tries = 8 * (offsets[b + 1] - offsets[b]);
    let filled = offsets[b];
    while (filled < offsets[b + 1] && tries-- > 0) {
      const product = indices[random.integer(indices.length)];
      if (holder[product] === b) continue;
      holder[product] = b;
      drawn[filled++] = product;
    }
    if (filled < offsets[b + 1]) {
      drawRest(drawn.subarray(filled, offsets[b + 1]), popularity, (product) => holder[product] === b, random);
    }
  }
  pace.finish();
  return incidence({ rows, columns, row: basketOf, column: drawn });
}

/**
 * Draws by popularity from what the basket lacks, in one pass: the largest keys log(u) / popularity are such a draw.
 * Efraimidis and Spirakis, "Weighted random sampling with a reservoir", Information Processing Letters 97 (2006).
 */
function drawRest(target: Uint32Array, popularity: Uint32Array, isHeld: (product: number) => boolean, random: Random) {
  const best = new TopK(target.length);
  for (const [product, weight] of popularity.entries()) {
    if (weight > 0 && !isHeld(product)) best.offer(product, Math.log(1 - random.next()) / weight);
  }
  target.set(best.ranked().products);
}

/**
 * Keeps the size of every basket and the number of baskets of every product exactly: two baskets exchange a product
 * each, again and again, wherever neither would then hold one twice. Gionis, Mannila, Mielikäinen and Tsaparas,
 * "Assessing data mining results via swap randomization", ACM TKDD 1 (2007).
 * @param swaps exchanges tried; those that are not possible count, which makes every such shop equally likely in the
 * end. Five a line forgets the original.
 * @returns baskets of the same shape, products ascending
 * @example
 * const noAffinities = await swapRandomise(baskets, createRandom("null world"));
 */
export async function swapRandomise(
  baskets: Incidence,
  random: Random,
  swaps: number = 5 * baskets.indices.length,
  controls: TrainingControls = {},
): Promise<Incidence> {
  requireInteger("swaps", swaps, 0);
  const { rows, columns, offsets } = baskets;
  const products = baskets.indices.slice();
  const basketOf = new Uint32Array(products.length);
  for (let b = 0; b < rows; b++) basketOf.fill(b, offsets[b], offsets[b + 1]);

  function holds(basket: number, product: number): boolean {
    for (let i = offsets[basket]; i < offsets[basket + 1]; i++) if (products[i] === product) return true;
    return false;
  }
  const pace = createPacer("swapping products", swaps, controls);
  for (let swap = 0; swap < swaps && products.length > 0; swap++) {
    if ((swap & 1023) === 0 && pace.isDue()) await pace.rest(swap);
    const one = random.integer(products.length);
    const other = random.integer(products.length);
    if (holds(basketOf[one], products[other]) || holds(basketOf[other], products[one])) continue;
    const product = products[one];
    products[one] = products[other];
    products[other] = product;
  }
  pace.finish();
  return incidence({ rows, columns, row: basketOf, column: products });
}
