/** `@basketlift/widgets/client`: the browser client, without any markup. */
export type { AnsweredItem, AnsweredRecommendation, PublicProduct, ShownVariant } from "./answer.ts";
export { addToCartEvent } from "./cart.ts";
export type { AddToCartDetail, CartAdapter, CartLine } from "./cart.ts";
export type { Consent } from "./consent.ts";
export type { StorefrontEvent } from "./events.ts";
export type { Identity } from "./identity.ts";
export { inspectEvent } from "./inspector.ts";
export type { Inspection } from "./inspector.ts";
export type { OnAnswer, Place, PlacementRequest } from "./page.ts";
export { createStorefront } from "./storefront.ts";
export type { CartSource, Storefront, StorefrontOptions } from "./storefront.ts";
export { watchGone, watchNear, watchSeen } from "./viewability.ts";
