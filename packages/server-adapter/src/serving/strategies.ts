/**
 * Strategies behind the thin routes: each is one source, or a few of a kind, over the same decision. Data only; what
 * most shops want on their pages are the engine's own default strategies.
 */
import { companionsStrategy, defaultStrategies, similarStrategy, type Strategy } from "@basketlift/engine/decision";
import { newArrivals } from "./new-arrivals.ts";

const popularity = { source: "popularity", from: "nothing", weight: 0.01 } as const;

/** Like the engine's own, with other sources. */
function variant(id: string, sources: Strategy["sources"], rest: Partial<Strategy> = {}): Strategy {
  return { ...companionsStrategy, id, sources, owned: "allow", limit: 12, ...rest };
}

/** By the route that uses them. */
export const routeStrategies = {
  sessionBased: variant("session-based", [{ source: "session", from: "session", weight: 1 }, popularity]),
  contentBased: variant(
    "content-based",
    [
      { source: "similar", from: "product", weight: 1 },
      { source: "similar", from: "cart", weight: 0.5 },
      { source: "similar", from: "session", weight: 0.5 },
      popularity,
    ],
    { type: similarStrategy.type },
  ),
  collaborativeFilter: variant("collaborative-filter", [
    { source: "item-neighbours", from: "product", weight: 1 },
    { source: "item-neighbours", from: "cart", weight: 1 },
    { source: "item-neighbours", from: "session", weight: 0.5 },
    popularity,
  ]),
  similarProducts: variant("similar-products", [{ source: "similar", from: "product", weight: 1 }, popularity], {
    type: similarStrategy.type,
  }),
  alsoBought: variant("also-bought", [
    { source: "bought-together", from: "product", weight: 1 },
    { source: "item-neighbours", from: "product", weight: 0.5 },
    popularity,
  ]),
  trendingProducts: variant("trending", [{ source: "trending", from: "nothing", weight: 1 }, popularity]),
  bestsellers: variant("bestsellers", [{ source: "popularity", from: "nothing", weight: 1 }]),
  newArrivals: variant("new-arrivals", [{ source: newArrivals, from: "nothing", weight: 1 }]),
  frequentlyBoughtTogether: variant(
    "frequently-bought-together",
    [
      { source: "bought-together", from: "product", weight: 1 },
      { source: "bought-together", from: "cart", weight: 1 },
    ],
    { whenShort: "evidence", limit: 3, type: "bundle" },
  ),
} as const;

/** Every strategy that a request may name, the engine's own first. */
export const servedStrategies: readonly Strategy[] = [...defaultStrategies, ...Object.values(routeStrategies)];
