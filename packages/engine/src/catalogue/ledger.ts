/**
 * What each product costs, how much of it lies in store and since when it is there, in columns that fill as they are asked: a decision that weighs
 * margins or stock asks them of hundreds of products, and most decisions never do. Private figures.
 */
import { offerOf, type Catalogue } from "./catalogue.ts";
import type { Market, Product } from "./product.ts";

/** Figures by product, of the variant it is shown with. */
export interface Ledger {
  /** In minor units of the home market's currency; NaN where there is none. */
  homePrice(product: number): number;
  /** Of one unit, in minor units of the home market's currency; NaN where it is unknown. */
  cost(product: number): number;
  /** Of all variants sold in the market; NaN where one of them is not tracked. */
  units(product: number): number;
  /** Milliseconds since 1970; NaN where nobody says. */
  publishedAt(product: number): number;
}

/** By market id, for as long as the catalogue lives. It never changes, so neither do its ledgers. */
const known = new WeakMap<Catalogue, Map<string, Ledger>>();

/**
 * @returns the ledger of one market, shared by all who ask
 * @example
 * ledgerOf(catalogue, marketOf(catalogue, "uk")).cost(0); // 410
 */
export function ledgerOf(catalogue: Catalogue, market: Market): Ledger {
  const ledgers = known.get(catalogue) ?? new Map<string, Ledger>();
  known.set(catalogue, ledgers);
  const ledger = ledgers.get(market.id) ?? createLedger(catalogue, market);
  ledgers.set(market.id, ledger);
  return ledger;
}

function createLedger({ products, markets: [homeMarket] }: Catalogue, market: Market): Ledger {
  const isFilled = new Uint8Array(products.length);
  const homePrice = new Float64Array(products.length);
  const cost = new Float64Array(products.length);
  const units = new Float64Array(products.length);
  const publishedAt = new Float64Array(products.length);
  function fill(index: number): void {
    const variant = offerOf(products[index], market)?.variant;
    homePrice[index] = variant?.prices[homeMarket.id] ?? NaN;
    cost[index] = variant?.cost ?? NaN;
    units[index] = unitsOf(products[index], market);
    publishedAt[index] = Date.parse(products[index].publishedAt ?? "");
    isFilled[index] = 1;
  }
  const reader =
    (column: Float64Array) =>
    (product: number): number => {
      if (isFilled[product] === 0) fill(product);
      return column[product];
    };
  return { homePrice: reader(homePrice), cost: reader(cost), units: reader(units), publishedAt: reader(publishedAt) };
}

function unitsOf({ variants }: Product, market: Market): number {
  let units = 0;
  for (const { prices, stock = NaN } of variants) if (prices[market.id] !== undefined) units += Math.max(0, stock);
  return units;
}
