/** Recommendations: the main call, the page as one decision, thin variants over the same decision, and the log. */
import { locations } from "@basketlift/engine/decision";
import { z } from "zod";
import { age, clientId, country, currency, minor, oldestAge, pageOf, pageQuery, productId, time } from "./common.ts";
import { route } from "./route.ts";

const placement = z.enum(locations);
const limit = z.int().min(1).max(100).optional();

/** What the shopper's page knows; every field may be absent. */
export const circumstances = {
  market: z.string().optional(),
  /** Rotating id of a visitor who consented; without it there is no experiment. */
  visitorId: clientId.optional(),
  sessionId: clientId.optional(),
  productId: productId.optional(),
  cart: z
    .array(z.object({ productId, variantId: productId.optional(), quantity: z.int().positive().max(10_000) }))
    .max(200)
    .optional(),
  /** Products looked at, oldest first. */
  session: z.array(productId).max(100).optional(),
  exclude: z.array(productId).max(500).optional(),
  priceRange: z.object({ minimum: minor.optional(), maximum: minor.optional() }).optional(),
  /** Where the order would go, for products that are not sold everywhere; the market's own country when left out. */
  country: country.optional(),
  /** The shopper's, for products with a minimum age; those are not shown to who does not say, unless a strategy does. */
  age: age.optional(),
};

const generateBody = z.object({
  placement,
  strategy: z.string().optional(),
  limit,
  /** Needs a shopper token for this customer. */
  customerId: z.string().max(200).optional(),
  ...circumstances,
});

/** One shown product. Public: an order of products, a reason in words, a public price, coarse stock. */
export const recommendationItem = z.object({
  productId: z.string(),
  variantId: z.string(),
  title: z.string(),
  url: z.string().optional(),
  image: z.string().optional(),
  reason: z.string(),
  source: z.string(),
  position: z.int(),
  price: minor,
  currency,
  availability: z.enum(["in-stock", "low", "out-of-stock"]),
  variants: z.array(
    z.object({ variantId: z.string(), options: z.record(z.string(), z.string()), price: minor, inStock: z.boolean() }),
  ),
});

export const recommendation = z.object({
  id: z.string(),
  type: z.enum(["upsell", "cross-sell", "bundle", "accessory"]),
  sourceProduct: z.string(),
  recommendedProducts: z.array(z.string()),
  score: z.number(),
  confidence: z.number(),
  reasoning: z.string(),
  model: z.string(),
  context: z.object({
    placement: z.string(),
    customerId: z.string().optional(),
    visitorId: z.string().optional(),
    sessionId: z.string().optional(),
  }),
  createdAt: time,
  status: z.enum(["served", "holdout", "nothing-worth-showing", "ineligible", "degraded"]),
  /** Opaque to the page: what it sends back with its events. Signed by the server. */
  receipt: z.object({ decisionId: z.string(), signature: z.string() }),
  items: z.array(recommendationItem),
});

const outcomes = z.object({ impressions: z.int(), clicks: z.int(), addToCarts: z.int(), purchases: z.int() });

/** One decision of the log, with everything a merchant may know. */
export const loggedDecision = z.object({
  id: z.string(),
  decidedAt: time,
  placement: z.string(),
  strategy: z.object({ id: z.string(), version: z.int() }),
  status: z.string(),
  arm: z.string(),
  stateVersion: z.string(),
  visitorId: z.string().nullable(),
  sessionId: z.string().nullable(),
  customerId: z.string().nullable(),
  slate: z.array(z.object({ productId: z.string(), variantId: z.string(), propensity: z.number() })),
  outcomes,
});

/** A decision of the server in the order that a device put it into. */
export const childDecision = z.object({
  id: z.string(),
  parentId: z.string(),
  /** When it was first told of. */
  seenAt: time,
  /** Of the public snapshot that the device ranked with. */
  snapshotVersion: z.string(),
  rerankVersion: z.int(),
  /** Products looked at that counted, oldest first. */
  session: z.array(z.string()),
  /** As it was shown, best first. */
  slate: z.array(
    z.object({
      productId: z.string(),
      variantId: z.string(),
      /** Place that the parent had decided on, from 0. */
      decidedPosition: z.int(),
    }),
  ),
  /** What may be said of the chance of this order: a device takes none. */
  propensities: z.object({ own: z.literal("none"), note: z.string() }),
  /** Of what was seen through this child; purchases are the parent's. */
  outcomes: outcomes.omit({ purchases: true }),
});

/** Why a device shows a product where it does. */
const rerankedItem = z.object({
  productId: z.string(),
  decidedPosition: z.int(),
  /** The product of the session that speaks loudest for it; null where none does. */
  because: z.string().nullable(),
});

/** What came of deciding again. */
const replayAnswer = z.object({
  outcome: z.enum(["identical", "different", "impossible"]),
  why: z.string().optional(),
  fields: z.array(z.string()).optional(),
  /** Of the decision itself: of a child, that is its parent's. */
  trace: z.unknown().optional(),
  /** Of a child decision: the order as the device made it. */
  reranked: z.array(rerankedItem).optional(),
});

const oneModelBody = z.object({ limit, ...circumstances });
const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(12),
  market: z.string().optional(),
  country: country.optional(),
  age: z.coerce.number().int().min(0).max(oldestAge).optional(),
});
const productParams = z.object({ productId });
const tag = "recommendations";

export const recommendationRoutes = {
  generateRecommendations: route({
    method: "post",
    path: "/recommendations/generate",
    scope: "storefront",
    tag,
    plainBody: true,
    withoutDatabase: true,
    summary: "The main call: placement, session, cart and customer in; ranked, explained recommendations out.",
    body: generateBody,
    answer: recommendation,
  }),
  generatePage: route({
    method: "post",
    path: "/placements/page",
    scope: "storefront",
    tag,
    plainBody: true,
    withoutDatabase: true,
    summary:
      "All placements of one page in one decision: no product twice, and no more than the attention it is given.",
    body: z.object({
      placements: z
        .array(z.object({ id: z.string().max(100), placement, strategy: z.string().optional(), limit }))
        .min(1)
        .max(20),
      /** What the page may ask of a shopper in all; rows that are worth least go first, and say so. */
      attention: z
        .object({ items: z.int().min(0).exactOptional(), rows: z.int().min(0).exactOptional() })
        .exactOptional(),
      customerId: z.string().max(200).optional(),
      ...circumstances,
    }),
    answer: z.object({ placements: z.array(z.object({ id: z.string(), recommendation })) }),
  }),
  sessionBased: route({
    method: "post",
    path: "/recommendations/session-based",
    scope: "storefront",
    tag,
    plainBody: true,
    withoutDatabase: true,
    summary: "Next products for an anonymous session.",
    body: oneModelBody,
    answer: recommendation,
  }),
  contentBased: route({
    method: "post",
    path: "/recommendations/content-based",
    scope: "storefront",
    tag,
    plainBody: true,
    withoutDatabase: true,
    summary: "Products described alike; works for a product nobody ordered.",
    body: oneModelBody,
    answer: recommendation,
  }),
  collaborativeFilter: route({
    method: "post",
    path: "/recommendations/collaborative-filter",
    scope: "storefront",
    tag,
    plainBody: true,
    withoutDatabase: true,
    summary: "Collaborative filtering alone, by item neighbours.",
    body: oneModelBody.extend({ variant: z.enum(["item"]).default("item") }),
    answer: recommendation,
  }),
  similarProducts: route({
    method: "get",
    path: "/recommendations/similar/:productId",
    scope: "storefront",
    tag,
    withoutDatabase: true,
    summary: "Substitutes: products described alike.",
    params: productParams,
    query: listQuery,
    answer: recommendation,
  }),
  alsoBought: route({
    method: "get",
    path: "/recommendations/also-bought/:productId",
    scope: "storefront",
    tag,
    withoutDatabase: true,
    summary: "What customers also bought.",
    params: productParams,
    query: listQuery,
    answer: recommendation,
  }),
  trendingProducts: route({
    method: "get",
    path: "/recommendations/trending",
    scope: "storefront",
    tag,
    withoutDatabase: true,
    summary: "Products whose sales grow.",
    query: listQuery,
    answer: recommendation,
  }),
  bestsellers: route({
    method: "get",
    path: "/recommendations/bestsellers",
    scope: "storefront",
    tag,
    withoutDatabase: true,
    summary: "Products that sell most.",
    query: listQuery,
    answer: recommendation,
  }),
  newArrivals: route({
    method: "get",
    path: "/recommendations/new-arrivals",
    scope: "storefront",
    tag,
    withoutDatabase: true,
    summary: "The newest products in stock.",
    query: listQuery,
    answer: recommendation,
  }),
  publicSnapshot: route({
    method: "get",
    path: "/recommendations/snapshot",
    scope: "storefront",
    tag,
    withoutDatabase: true,
    summary: "Manifest of the compact public model that browsers re-rank with; ETag, 304.",
    answer: z.object({
      version: z.string(),
      minimumClient: z.int(),
      expiresAt: time,
      kill: z.boolean(),
      shards: z.array(z.object({ url: z.string(), bytes: z.int() })),
    }),
  }),
  explainRecommendation: route({
    method: "post",
    path: "/recommendations/explain",
    scope: "read",
    tag,
    withoutDatabase: true,
    summary:
      "Why products would be recommended: what every step of the decision saw and did. With a decisionId, why they were.",
    body: generateBody.extend({
      placement: placement.optional(),
      /** Of a logged decision, or of a child of one: explains that one, and needs nothing else. */
      decisionId: z.string().max(150).optional(),
    }),
    answer: z.object({ recommendation: z.unknown(), trace: z.unknown(), replay: replayAnswer.optional() }),
  }),
  listDecisions: route({
    method: "get",
    path: "/recommendations",
    scope: "read",
    tag,
    summary: "Logged decisions, newest first.",
    query: pageQuery.extend({
      placement: z.string().optional(),
      customerId: z.string().optional(),
      sessionId: z.string().optional(),
      status: z.string().optional(),
      from: time.optional(),
      until: time.optional(),
    }),
    answer: pageOf(loggedDecision),
  }),
  getDecision: route({
    method: "get",
    path: "/recommendations/:id",
    scope: "read",
    tag,
    summary:
      "One logged decision with its propensities, its outcomes and what devices made of it. The id of a child gives its parent.",
    params: z.object({ id: z.string().max(150) }),
    answer: loggedDecision.extend({ children: z.array(childDecision) }),
  }),
  replayDecision: route({
    method: "get",
    path: "/recommendations/:id/replay",
    scope: "read",
    tag,
    summary: "Decides again from the receipt, bit for bit, with the trace; of a child decision, re-ranks again.",
    params: z.object({ id: z.string().max(150) }),
    answer: replayAnswer,
  }),
};
