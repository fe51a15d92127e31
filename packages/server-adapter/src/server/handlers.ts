/** Joins the handlers of all parts into the table that the router serves. */
import { analyticsHandlers } from "../analytics/handlers.ts";
import { contract, type BasketliftContract } from "../contract/index.ts";
import { systemRoutes } from "../contract/system.ts";
import { catalogueHandlers } from "../ingest/catalogue.ts";
import { eventHandlers } from "../ingest/events.ts";
import { importHandlers } from "../ingest/imports.ts";
import { orderHandlers } from "../ingest/orders.ts";
import { affinityHandlers } from "../serving/affinity-handlers.ts";
import { placementHandlers } from "../serving/placement-handlers.ts";
import { recommendationHandlers } from "../serving/recommendation-handlers.ts";
import { strategyHandlers } from "../serving/strategy-handlers.ts";
import type { Handlers } from "./handler.ts";
import { createSignInHandlers } from "./sign-in-handlers.ts";
import type { SignIn } from "./sign-in.ts";
import { createSystemHandlers, type SystemHandlersOptions } from "./system-handlers.ts";

/** Handlers that need nothing but the services they are given with each request. */
const statelessHandlers = {
  ...affinityHandlers,
  ...analyticsHandlers,
  ...catalogueHandlers,
  ...eventHandlers,
  ...importHandlers,
  ...orderHandlers,
  ...placementHandlers,
  ...recommendationHandlers,
  ...strategyHandlers,
} satisfies Partial<Handlers>;

export interface HandlersOptions extends SystemHandlersOptions {
  readonly signIn: SignIn;
}

/** Handlers of every route that is built. */
export function createHandlers({ signIn, ...system }: HandlersOptions) {
  return {
    ...statelessHandlers,
    ...createSystemHandlers(system),
    ...createSignInHandlers(signIn),
  } satisfies Partial<Handlers>;
}

/** The part of the contract that is built: what the reference describes and the router serves. */
export function builtContract(): Partial<BasketliftContract> {
  const built = new Set([...Object.keys(statelessHandlers), ...Object.keys(systemRoutes)]);
  return Object.fromEntries(Object.entries(contract).filter(([name]) => built.has(name)));
}
