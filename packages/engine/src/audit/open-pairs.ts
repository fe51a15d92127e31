/**
 * Orders that hold one product of a pair and not the other, and what they would come to if they held it as often,
 * beyond chance, as other orders with the first product do. An upper bound, and not an effect: whoever wanted both
 * has often bought both already, and a recommendation reaches only some of the rest.
 */
import type { Affinities } from "../association/affinity.ts";
import { offerOf, type Catalogue } from "../catalogue/catalogue.ts";
import { TopK } from "../matrix/top-k.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { figure, money, named, type Figure, type NamedProduct } from "./figure.ts";
import type { OrderSurvey } from "./order-survey.ts";

/** One direction of a pair: orders with `holds`, without `lacks`. Over the whole period of the orders. */
export interface OpenPair {
  readonly holds: NamedProduct;
  readonly lacks: NamedProduct;
  /** Orders with the one and not the other, in all currencies. */
  readonly orders: Figure;
  /** Share of the orders with `holds` that hold `lacks` too, beyond what chance gives. */
  readonly excessRate: Figure;
  /** orders x excessRate. */
  readonly extraPieces: Figure;
  /** At today's home price, for the part of the orders in the home currency; absent where it is not sold there. */
  readonly extraRevenue?: Figure;
  /** The same after cost; absent where the cost is not known. */
  readonly extraMargin?: Figure;
}

/** Pairs that are often bought together and often not. */
export interface OpenPairSection {
  /** Always false: nothing here shows what a recommendation would cause. */
  readonly causal: false;
  /** What is stated is the most that could be. */
  readonly bound: "upper";
  /** Largest revenue first, then those without a price by pieces. Rows overlap: they must not be added up. */
  readonly pairs: readonly OpenPair[];
}

/** What one piece of each product brings, NaN where it is not known. */
interface Worth {
  readonly price: Float64Array;
  readonly margin: Float64Array;
}

export async function openPairSection(
  affinities: Affinities,
  catalogue: Catalogue,
  survey: OrderSurvey,
  { limit, ...controls }: { readonly limit: number } & TrainingControls,
): Promise<OpenPairSection> {
  const worth = worthOf(catalogue);
  const pairs = affinities.count.length;
  const priced = new TopK(limit);
  const unpriced = new TopK(limit);
  const pace = createPacer("sizing pairs", pairs, controls);
  // Directions are numbered 2 pair (A without B) and 2 pair + 1 (B without A).
  for (let pair = 0; pair < pairs; pair++) {
    if ((pair & 1023) === 0 && pace.isDue()) await pace.rest(pair);
    for (const direction of [2 * pair, 2 * pair + 1]) {
      const { holds, lacks, pieces } = size(affinities, direction);
      if (catalogue.products[lacks].active === false) continue;
      const revenue = pieces.value * worth.price[lacks] * homeShare(survey, holds);
      if (revenue > 0) priced.offer(direction, revenue);
      else unpriced.offer(direction, pieces.value);
    }
  }
  pace.finish();
  const chosen = [...priced.ranked().products, ...unpriced.ranked().products].slice(0, limit);
  return {
    causal: false,
    bound: "upper",
    pairs: chosen.map((direction) => openPair(affinities, catalogue, survey, worth, direction)),
  };
}

/** The figures of one direction, before money. */
function size(
  { productA, productB, count, expected, liftLower, liftUpper, productBaskets, facts }: Affinities,
  direction: number,
) {
  const pair = direction >>> 1;
  const [holds, lacks] = direction % 2 === 0 ? [productA[pair], productB[pair]] : [productB[pair], productA[pair]];
  const orders = productBaskets[holds] - count[pair];
  const rateAt = (joint: number): number => Math.max(0, joint - expected[pair]) / productBaskets[holds];
  const excess = {
    value: rateAt(count[pair]),
    lower: rateAt(liftLower[pair] * expected[pair]),
    upper: Math.min(1, rateAt(liftUpper[pair] * expected[pair])),
    level: facts.confidence,
  };
  return { holds, lacks, orders, excess, pieces: scaled(excess, orders) };
}

function openPair(
  affinities: Affinities,
  catalogue: Catalogue,
  survey: OrderSurvey,
  worth: Worth,
  direction: number,
): OpenPair {
  const { holds, lacks, orders, excess, pieces } = size(affinities, direction);
  const inMoney = (each: number): Figure => {
    const amount = scaled(pieces, each * homeShare(survey, holds));
    return money(amount.value, survey.homeCurrency, amount);
  };
  const { price, margin } = worth;
  return {
    holds: named(catalogue, holds),
    lacks: named(catalogue, lacks),
    orders: figure(orders, "orders"),
    excessRate: figure(excess.value, "share", intervalOf(excess)),
    extraPieces: figure(pieces.value, "pieces", intervalOf(pieces)),
    ...(price[lacks] >= 0 && { extraRevenue: inMoney(price[lacks]) }),
    ...(margin[lacks] === margin[lacks] && { extraMargin: inMoney(margin[lacks]) }),
  };
}

/** Estimates with their interval, before they become figures. */
interface Estimated {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
}

/** A negative factor, such as a product sold below cost, swaps the ends. */
function scaled({ value, lower, upper, level }: Estimated, factor: number): Estimated {
  const ends = [lower * factor, upper * factor] as const;
  return { value: value * factor, lower: Math.min(...ends), upper: Math.max(...ends), level };
}

function intervalOf({ lower, upper, level }: Estimated): { lower: number; upper: number; level: number } {
  return { lower, upper, level };
}

/** Share of the orders with a product that were placed in the home currency. */
function homeShare({ homeOrdersOfProduct, ordersOfProduct }: OrderSurvey, product: number): number {
  return ordersOfProduct[product] === 0 ? 0 : homeOrdersOfProduct[product] / ordersOfProduct[product];
}

function worthOf({ products, markets }: Catalogue): Worth {
  const price = new Float64Array(products.length).fill(NaN);
  const margin = new Float64Array(products.length).fill(NaN);
  for (const [index, product] of products.entries()) {
    const offer = offerOf(product, markets[0]);
    if (!offer) continue;
    price[index] = offer.price;
    if (offer.variant.cost !== undefined) margin[index] = offer.price - offer.variant.cost;
  }
  return { price, margin };
}
