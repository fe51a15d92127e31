/** The whole contract: every route that is built, by name. A route that is not here does not exist. */
import { affinityRoutes } from "./affinity.ts";
import { analyticsRoutes } from "./analytics.ts";
import { dataRoutes } from "./data.ts";
import { recommendationRoutes } from "./recommendations.ts";
import { strategyRoutes } from "./strategies.ts";
import { systemRoutes } from "./system.ts";

export const contract = {
  ...recommendationRoutes,
  ...strategyRoutes,
  ...affinityRoutes,
  ...dataRoutes,
  ...analyticsRoutes,
  ...systemRoutes,
};
export type BasketliftContract = typeof contract;

export { problem } from "./common.ts";
export type { Problem } from "./common.ts";
export { apiBase, route } from "./route.ts";
export type {
  AnyRoute,
  Client,
  ClientCallOptions,
  ClientInput,
  Contract,
  Method,
  Route,
  RouteInput,
  RouteOutput,
  Schema,
  Scope,
} from "./route.ts";
