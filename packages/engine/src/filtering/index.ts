export type { DatedBaskets } from "./basket-weights.ts";
export { loadItemNeighbours, trainItemNeighbours } from "./item-neighbours.ts";
export type { ItemNeighboursOptions } from "./item-neighbours.ts";
export { loadPopularity, trainPopularity } from "./popularity.ts";
export type { PopularityOptions } from "./popularity.ts";
export { loadTrending, trainTrending } from "./trending.ts";
export type { TrendingOptions } from "./trending.ts";
