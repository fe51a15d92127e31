/** Routes that recommend: the main call, the page, and thin variants that only name another strategy. */
import type { Location, Receipt } from "@basketlift/engine/decision";
import type { Handlers } from "../server/handler.ts";
import { decideWith, recommend, requestOf, requireEngine, requireOwnCustomer, withProblems } from "./decide.ts";
import { decisionHandlers } from "./decision-handlers.ts";
import { snapshotManifest } from "./public-snapshot.ts";
import { routeStrategies, servedStrategies } from "./strategies.ts";

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

export const recommendationHandlers = {
  generateRecommendations({ body }, services, { caller }) {
    requireOwnCustomer(body.customerId, caller);
    return recommend(body, services);
  },

  /** In the order of the page: what stands above is not repeated below. */
  generatePage({ body: { placements, ...circumstances } }, services, { caller }) {
    requireOwnCustomer(circumstances.customerId, caller);
    const { engine } = requireEngine(services);
    const exclude = [...(circumstances.exclude ?? [])];
    return {
      placements: placements.map(({ id, ...placement }) => {
        const { recommendation, answer } = decideWith(
          engine,
          { ...circumstances, ...placement, exclude: [...exclude] },
          services,
        );
        // Ghosts of the holdout too, so that both arms decide alike.
        exclude.push(...recommendation.receipt.slate.map(({ productId }: Receipt["slate"][number]) => productId));
        return { id, recommendation: answer };
      }),
    };
  },

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

  /** Decides without logging: nobody is shown anything. */
  explainRecommendation({ body }, services) {
    const { engine } = requireEngine(services);
    return withProblems(() => engine.trace(requestOf(body)));
  },

  listStrategies(_, services) {
    const state = services.engine.current()?.engine.state;
    return {
      data: state ? [...state.strategies.values()] : [...servedStrategies],
      placements: { ...state?.placements },
    };
  },

  ...decisionHandlers,
} satisfies Partial<Handlers>;
