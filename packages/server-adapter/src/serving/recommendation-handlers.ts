/** Routes that recommend: the main call, the page, and thin variants that only name another strategy. */
import { InvalidInput } from "@basketlift/engine";
import type { Location } from "@basketlift/engine/decision";
import type { Handlers } from "../server/handler.ts";
import { recommend, recommendPage, requestOf, requireEngine, withProblems } from "./decide.ts";
import { decisionHandlers, replayLogged } from "./decision-handlers.ts";
import { snapshotManifest } from "./public-snapshot.ts";
import { routeStrategies } from "./strategies.ts";

/** Where a thin variant is shown, as far as its body tells. */
function placementOf({
  productId,
  cart,
}: {
  productId?: string | undefined;
  cart?: readonly unknown[] | undefined;
}): Location {
  if (productId !== undefined) return "pdp";
  return cart && cart.length > 0 ? "cart" : "homepage";
}

function missingPlacement(): never {
  throw new InvalidInput("placement", undefined, "where it would be shown, or the decisionId of what was shown");
}

export const recommendationHandlers = {
  generateRecommendations: ({ body }, services) => recommend(body, services),

  generatePage: ({ body: { placements, attention, ...circumstances } }, services) => ({
    placements: recommendPage(
      placements.map(({ id, ...placement }) => ({ id, circumstances: { ...circumstances, ...placement } })),
      attention,
      services,
    ),
  }),

  sessionBased: ({ body }, services) =>
    recommend({ ...body, placement: placementOf(body), strategy: routeStrategies.sessionBased.id }, services),
  contentBased: ({ body }, services) =>
    recommend({ ...body, placement: placementOf(body), strategy: routeStrategies.contentBased.id }, services),
  collaborativeFilter: ({ body }, services) =>
    recommend({ ...body, placement: placementOf(body), strategy: routeStrategies.collaborativeFilter.id }, services),
  similarProducts: ({ params, query }, services) =>
    recommend({ ...params, ...query, placement: "pdp", strategy: routeStrategies.similarProducts.id }, services),
  alsoBought: ({ params, query }, services) =>
    recommend({ ...params, ...query, placement: "pdp", strategy: routeStrategies.alsoBought.id }, services),
  trendingProducts: ({ query }, services) =>
    recommend({ ...query, placement: "homepage", strategy: routeStrategies.trendingProducts.id }, services),
  bestsellers: ({ query }, services) =>
    recommend({ ...query, placement: "homepage", strategy: routeStrategies.bestsellers.id }, services),
  newArrivals: ({ query }, services) =>
    recommend({ ...query, placement: "homepage", strategy: routeStrategies.newArrivals.id }, services),

  publicSnapshot: (_, services, facts) => snapshotManifest(services, facts),

  /** Decides without logging: nobody is shown anything. What was decided before is decided again. */
  async explainRecommendation({ body: { decisionId, placement, ...circumstances } }, services) {
    if (decisionId !== undefined) {
      const { trace, ...replay } = await replayLogged(decisionId, services);
      return { recommendation: null, trace: trace ?? null, replay };
    }
    const { engine } = requireEngine(services);
    if (placement === undefined) return withProblems(() => missingPlacement());
    return withProblems(() => engine.trace(requestOf({ ...circumstances, placement })));
  },

  ...decisionHandlers,
} satisfies Partial<Handlers>;
