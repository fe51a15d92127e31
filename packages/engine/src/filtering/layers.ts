/** What models made of layers say of themselves: which layers spoke for a product, and how much of an answer each filled. */
import { InvalidInput, InvalidOption, requireNumber } from "../errors.ts";
import type { Ranked } from "../matrix/top-k.ts";
import type { Contribution, Query, Recommender } from "../models/recommender.ts";
import type { BuyAgainQuery } from "./buy-again.ts";
import type { ContextQuery } from "./contextual.ts";

/** A model with a name under which merchants know it. */
export interface Layer {
  /** In explanations and reports: "bought together". */
  readonly name: string;
  readonly model: Recommender;
}

/** How much of a score, or of an answer, is a layer's. Shares of one whole sum to 1. */
export interface LayerShare {
  readonly layer: string;
  readonly share: number;
}

/** An answer with its origins. */
export interface LayeredAnswer extends Ranked {
  /** How much of the answer each layer filled, in the order of the layers; all 0 where the answer is empty. */
  readonly fill: readonly LayerShare[];
}

/** A question to layers: what only some of them read travels along. */
export interface LayeredQuery extends ContextQuery, BuyAgainQuery {}

/** A model that is made of others. */
export interface LayeredRecommender extends Recommender {
  recommend(query: LayeredQuery, count: number): LayeredAnswer;
  /** Which layers speak for a product, largest share first; empty where none does. */
  explainLayers(query: LayeredQuery, product: number): readonly LayerShare[];
}

/** @throws InvalidInput unless there is a layer and each has a name of its own */
export function requireLayers(layers: readonly Layer[]): void {
  if (layers.length === 0) throw new InvalidInput("layers", "[]", "at least one layer");
  const names = new Set<string>();
  for (const [place, { name }] of layers.entries()) {
    if (!name || names.has(name)) throw new InvalidInput(`layers[${place}].name`, name, "a name of its own");
    names.add(name);
  }
}

/** @throws InvalidOption unless the weight is a finite number above 0 */
export function requireWeight(place: number, weight: number): void {
  requireNumber(`layers[${place}].weight`, weight, 0);
  if (weight === 0) throw new InvalidOption(`layers[${place}].weight`, weight, "a number above 0");
}

/**
 * The products of the history that speak for a product, through all layers that do.
 * @param shares of the layers, by place; those that do not explain by products leave theirs to the others
 */
export function explainThrough(
  layers: readonly Layer[],
  shares: ArrayLike<number>,
  query: Query,
  product: number,
): Contribution[] {
  const amounts = new Map<number, number>();
  let total = 0;
  for (const [place, { model }] of layers.entries()) {
    if (!(shares[place] > 0)) continue;
    for (const contribution of model.explain(query, product)) {
      const amount = shares[place] * contribution.share;
      amounts.set(contribution.product, (amounts.get(contribution.product) ?? 0) + amount);
      total += amount;
    }
  }
  return Array.from(amounts, ([voice, amount]) => ({ product: voice, share: amount / total })).sort(
    (a, b) => b.share - a.share || a.product - b.product,
  );
}

/** Amounts by layer as shares, largest first. */
export function sharesOfLayers(layers: readonly Layer[], amounts: ArrayLike<number>): LayerShare[] {
  const total = Array.from(amounts).reduce((sum, amount) => sum + amount, 0);
  return layers
    .map(({ name }, place) => ({ layer: name, share: amounts[place] / total }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
}

/**
 * How much of an answer each layer filled: a product that several name is divided among them.
 * @param amounts for each product of the answer what each layer added to its score
 */
export function fillOf(layers: readonly Layer[], amounts: readonly ArrayLike<number>[]): LayerShare[] {
  const filled = new Float64Array(layers.length);
  for (const ofProduct of amounts) {
    const total = Array.from(ofProduct).reduce((sum, amount) => sum + amount, 0);
    for (let place = 0; place < layers.length; place++) {
      if (total > 0) filled[place] += ofProduct[place] / total / amounts.length;
    }
  }
  return layers.map(({ name }, place) => ({ layer: name, share: filled[place] }));
}
