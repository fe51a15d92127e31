/**
 * Method and path of every route, and nothing else: what the client needs at run time, so that no schema travels to a
 * browser. A test keeps it equal to the contract.
 */
import type { Base, Method } from "./route.ts";

/** The base is the API's unless it is named. */
export type RoutePath = readonly [method: Method, path: string, base?: Base];

export const routePaths = {
  generateRecommendations: ["post", "/recommendations/generate"],
  generatePage: ["post", "/placements/page"],
  sessionBased: ["post", "/recommendations/session-based"],
  contentBased: ["post", "/recommendations/content-based"],
  collaborativeFilter: ["post", "/recommendations/collaborative-filter"],
  similarProducts: ["get", "/recommendations/similar/:productId"],
  alsoBought: ["get", "/recommendations/also-bought/:productId"],
  trendingProducts: ["get", "/recommendations/trending"],
  bestsellers: ["get", "/recommendations/bestsellers"],
  newArrivals: ["get", "/recommendations/new-arrivals"],
  publicSnapshot: ["get", "/recommendations/snapshot"],
  explainRecommendation: ["post", "/recommendations/explain"],
  listStrategies: ["get", "/recommendations/strategies"],
  listDecisions: ["get", "/recommendations"],
  getDecision: ["get", "/recommendations/:id"],
  replayDecision: ["get", "/recommendations/:id/replay"],
  frequentlyBoughtTogether: ["post", "/affinity/frequently-bought-together"],
  affinityPair: ["post", "/affinity/pair"],
  listAffinityRules: ["get", "/affinity/rules"],
  updateAffinities: ["post", "/affinity/update"],
  listAffinityRuns: ["get", "/affinity/runs"],
  getAffinityRun: ["get", "/affinity/runs/:id"],
  upsertProducts: ["put", "/catalog/products"],
  listProducts: ["get", "/catalog/products"],
  getProduct: ["get", "/catalog/products/:id"],
  upsertOrders: ["post", "/orders"],
  listOrders: ["get", "/orders"],
  sendEvents: ["post", "/events"],
  importOrders: ["post", "/orders/import"],
  importProducts: ["post", "/catalog/import"],
  listImports: ["get", "/imports"],
  getImport: ["get", "/imports/:id"],
  analyticsOverview: ["get", "/analytics/overview"],
  incrementality: ["get", "/analytics/incrementality"],
  clickThrough: ["get", "/analytics/ctr"],
  health: ["get", "/health", "root"],
  ready: ["get", "/ready", "root"],
  status: ["get", "/status", "root"],
  metrics: ["get", "/metrics", "root"],
  storefrontConfig: ["get", "/storefront/config"],
  signIn: ["post", "/auth/sign-in"],
  signOut: ["post", "/auth/sign-out"],
  whoAmI: ["get", "/auth/session"],
  changePassword: ["post", "/auth/password/change"],
} as const satisfies Readonly<Record<string, RoutePath>>;
