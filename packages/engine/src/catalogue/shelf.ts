/**
 * What each product is in a market, in columns that are worked out once for a catalogue: a decision asks it of hundreds
 * of products, and products are large and lie scattered in memory.
 */
import { atOnce, type InPieces } from "../matrix/pieces.ts";
import { availabilityOf, offerOf, productsAPiece, type Catalogue } from "./catalogue.ts";
import type { Market, Product, Variant } from "./product.ts";

/** Why a product cannot be shown in a market, whoever asks. */
export type Obstacle = "inactive" | "not-sold-in-market" | "out-of-stock";

/** Columns by product. */
export interface Shelf {
  /** Place in `obstacles`; 0 where nothing stands in the way. */
  readonly obstacle: Uint8Array;
  /** In minor units of the market's currency; NaN where the product is not sold in the market. */
  readonly price: Float64Array;
  /** Share of the home price that is left after cost, from 0 to 1; NaN where either is unknown. */
  readonly marginRate: Float64Array;
}

/** What the codes of a shelf mean. */
export const obstacles: readonly (Obstacle | undefined)[] = [
  undefined,
  "inactive",
  "not-sold-in-market",
  "out-of-stock",
];

/** By market id, for as long as the catalogue lives. It never changes, so neither do its shelves. */
const known = new WeakMap<Catalogue, Map<string, Shelf>>();

/**
 * @returns the columns of one market, shared by all who ask
 * @example
 * shelfOf(catalogue, marketOf(catalogue, "uk")).price[0]; // 1250
 */
export function shelfOf(catalogue: Catalogue, market: Market): Shelf {
  const shelves = shelvesOf(catalogue);
  const shelf = shelves.get(market.id) ?? atOnce(fillShelf(catalogue, market));
  shelves.set(market.id, shelf);
  return shelf;
}

/**
 * Fills the shelves of all markets, pausing on the way, so that no decision has to wait for one.
 * @example
 * await paced("stocking shelves", stockShelves(catalogue), controls);
 */
export function* stockShelves(catalogue: Catalogue): InPieces<void> {
  const shelves = shelvesOf(catalogue);
  for (const market of catalogue.markets) {
    if (!shelves.has(market.id)) shelves.set(market.id, yield* fillShelf(catalogue, market));
  }
}

function shelvesOf(catalogue: Catalogue): Map<string, Shelf> {
  const shelves = known.get(catalogue) ?? new Map<string, Shelf>();
  known.set(catalogue, shelves);
  return shelves;
}

function* fillShelf({ products, markets: [homeMarket] }: Catalogue, market: Market): InPieces<Shelf> {
  const obstacle = new Uint8Array(products.length);
  const price = new Float64Array(products.length).fill(NaN);
  const marginRate = new Float64Array(products.length).fill(NaN);
  for (const [index, product] of products.entries()) {
    if (index % productsAPiece === 0) yield;
    obstacle[index] = obstacles.indexOf(obstacleOf(product, market));
    const offer = offerOf(product, market);
    if (!offer) continue;
    price[index] = offer.price;
    marginRate[index] = marginRateOf(offer.variant, homeMarket);
  }
  return { obstacle, price, marginRate };
}

function obstacleOf(product: Product, market: Market): Obstacle | undefined {
  if (product.active === false) return "inactive";
  if (!offerOf(product, market)) return "not-sold-in-market";
  return availabilityOf(product, market) === "out-of-stock" ? "out-of-stock" : undefined;
}

function marginRateOf({ prices, cost }: Variant, homeMarket: Market): number {
  const price = prices[homeMarket.id];
  if (price === undefined || price === 0 || cost === undefined) return NaN;
  return Math.max(0, price - cost) / price;
}
