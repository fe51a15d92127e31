/**
 * The newest products. Nothing is trained: they follow the catalogue, so that a product published a second ago stands
 * first as soon as the catalogue names it. O(products), and only the newest thousand are remembered.
 */
import { productsAPiece, type Catalogue } from "../catalogue/catalogue.ts";
import { atOnce, type InPieces } from "../matrix/pieces.ts";
import { TopK } from "../matrix/top-k.ts";
import type { Recommender } from "../models/recommender.ts";
import { createLeaderboard } from "./leaderboard.ts";

/** What comes after these is no news. */
const mostArrivals = 1000;

/**
 * @returns a model that answers products by their date of publication, newest first; those without one are never
 * answered. Scores fall evenly from 1 by place.
 * @example
 * newArrivalsRecommender(catalogue).recommend({ history: [] }, 12);
 */
export function newArrivalsRecommender(catalogue: Catalogue): Recommender {
  return atOnce(newArrivalsInPieces(catalogue));
}

/** The same, pausing on the way. */
export function* newArrivalsInPieces({ products }: Catalogue): InPieces<Recommender> {
  const newest = new TopK(Math.min(products.length, mostArrivals));
  for (const [index, { publishedAt }] of products.entries()) {
    if (index % productsAPiece === 0) yield;
    if (publishedAt !== undefined) newest.offer(index, Date.parse(publishedAt));
  }
  const { products: ranked } = newest.ranked();
  const scores = Float64Array.from(ranked, (_, place) => 1 - place / ranked.length);
  return createLeaderboard("new-arrivals", products.length, { products: ranked, scores });
}
