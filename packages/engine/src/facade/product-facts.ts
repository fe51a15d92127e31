/** Measures what scores may be bent by - returns, demand, exposure - from a shop's history, and keeps it as a file. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { ProductFacts } from "../decision/product-facts.ts";
import type { ModelFile } from "../files/model-file.ts";
import { lineFlag, type OrderHistory } from "../history/order-history.ts";
import { returnRates } from "../history/return-rates.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { columnOf, numberSetting, requireKind } from "../models/model-columns.ts";
import { fitRatioPrior, shrinkRatio } from "../statistics/shrunk-means.ts";
import type { ShopData } from "./train.ts";

const day = 86_400_000;
/** Demand is that of the last season: before it, the shop was another one. */
const demandDays = 90;
/** Orders or visits that are read between two pauses. */
const rowsAPiece = 4096;

/** @param until nothing at or after this time counts, in milliseconds since 1970 */
export function* measureProducts({ catalogue, orders, sessions }: ShopData, until = Infinity): InPieces<ProductFacts> {
  const rates = returnRates(orders, catalogue.categoryOf, { until });
  yield;
  const dailyDemand = yield* demandOf(orders, catalogue, Math.min(until, (orders.placedAt.at(-1) ?? 0) + 1));
  const isVisited = sessions && sessions.offsets.length > 1;
  const exposures = isVisited
    ? yield* countRows(sessions.offsets, sessions.product, sessions.startedAt, catalogue.products.length, until)
    : yield* countRows(orders.lineOffsets, orders.lineProduct, orders.placedAt, catalogue.products.length, until);
  return { returnRate: rates.product, shopReturnRate: rates.shop, dailyDemand, exposures };
}

/** Units a day, each product drawn towards the shop's mean as far as its own few sales call for. */
function* demandOf(
  { placedAt, lineOffsets, lineProduct, lineQuantity, lineFlags }: OrderHistory,
  { products }: Catalogue,
  until: number,
): InPieces<Float64Array> {
  const since = Math.max(placedAt.at(0) ?? until, until - demandDays * day);
  const units = new Float64Array(products.length);
  for (let order = 0; order < placedAt.length && placedAt[order] < until; order++) {
    if (order % rowsAPiece === 0) yield;
    if (placedAt[order] < since) continue;
    for (let line = lineOffsets[order]; line < lineOffsets[order + 1]; line++) {
      if (!(lineFlags[line] & lineFlag.cancelled)) units[lineProduct[line]] += lineQuantity[line];
    }
  }
  const days = Float64Array.from(products, ({ publishedAt }) => {
    const published = publishedAt === undefined ? since : Date.parse(publishedAt);
    return Math.max(1, (until - Math.max(since, published)) / day);
  });
  const prior = fitRatioPrior(units, days);
  return units.map((sold, product) =>
    prior.strength === Infinity && sold === 0 ? 0 : shrinkRatio(sold, days[product], prior),
  );
}

/** In how many rows each product stands, by its places; a row counts a product as often as it holds it. */
function* countRows(
  offsets: Uint32Array,
  productAt: Uint32Array,
  at: Float64Array,
  products: number,
  until: number,
): InPieces<Float64Array> {
  const counts = new Float64Array(products);
  for (let row = 0; row + 1 < offsets.length; row++) {
    if (row % rowsAPiece === 0) yield;
    if (at[row] >= until) continue;
    for (let place = offsets[row]; place < offsets[row + 1]; place++) counts[productAt[place]]++;
  }
  return counts;
}

export function saveFacts({ shopReturnRate, returnRate, dailyDemand, exposures }: ProductFacts): ModelFile {
  return { kind: "product-facts", settings: { shopReturnRate }, columns: { returnRate, dailyDemand, exposures } };
}

/** @throws InvalidFile when the file is of another kind, lacks a column or holds what is no number */
export function* readFacts(file: ModelFile): InPieces<ProductFacts> {
  requireKind(file, "product-facts");
  return {
    returnRate: yield* columnOf(file, "returnRate", Float64Array),
    dailyDemand: yield* columnOf(file, "dailyDemand", Float64Array),
    exposures: yield* columnOf(file, "exposures", Float64Array),
    shopReturnRate: numberSetting(file, "shopReturnRate"),
  };
}
