/** Strategies and where they serve: what the shop makes of the engine's sources, compared before it goes live. */
import { locations, sourceNames, startingPoints } from "@basketlift/engine/decision";
import { z } from "zod";
import { minor, time } from "./common.ts";
import { circumstances } from "./recommendations.ts";
import { route } from "./route.ts";

const tag = "recommendations";

/** Letters of any script, digits and single hyphens, in lower case: it stands in addresses, receipts and reports. */
export const strategyId = z
  .string()
  .max(60)
  .regex(/^[\p{Ll}\p{Lo}\p{N}]+(-[\p{Ll}\p{Lo}\p{N}]+)*$/u, "Small letters, digits, and single hyphens between them.");

const sourceUse = z.object({
  source: z.enum(sourceNames),
  from: z.enum(startingPoints),
  weight: z.number().min(0).max(1000),
  /** Speaks only where this source, listed before it, has nothing to say. */
  insteadOf: z.enum(sourceNames).optional(),
});

/** As it is answered: a source that this program does not know is named all the same. */
const anySourceUse = sourceUse.extend({ source: z.string(), insteadOf: z.string().optional() });

const share = z.number().min(0).max(1);
const ids = z.array(z.string().min(1).max(200)).min(1).max(1000).readonly();

/** Products that the shop wants to sell now. */
const campaign = z.object({
  name: z.string().min(1).max(100),
  /** Multiplies the score of products that fit any of what stands below. */
  factor: z.number().gt(0).max(1000),
  products: ids.exactOptional(),
  brands: ids.exactOptional(),
  /** Full paths, for example `Kitchen / Mugs`. */
  categories: ids.exactOptional(),
});

/** What is asked when the strategy's own sources do not do; either another strategy's sources or these. */
const fallback = z.object({
  when: z.enum(["failed", "empty", "short"]),
  /** Everywhere when left out. */
  placements: z.array(z.enum(locations)).min(1).readonly().exactOptional(),
  strategy: z.string().max(60).exactOptional(),
  sources: z.array(sourceUse).min(1).max(35).readonly().exactOptional(),
});

/** What a strategy says, without its name. */
const definition = {
  type: z.enum(["upsell", "cross-sell", "bundle", "accessory"]),
  /** Each source proposes products from a starting point, and is heard with its weight. */
  sources: z.array(sourceUse).min(1).max(35),
  /** What becomes of products that the customer bought before. */
  owned: z.enum(["exclude", "allow", "only"]),
  /** `fill` tops up with popular products; `evidence` would rather show less, or nothing. */
  whenShort: z.enum(["fill", "evidence"]),
  /** Candidates taken from each source. */
  candidates: z.int().min(1).max(1000).default(100),
  limit: z.int().min(1).max(100),
  /** Chance: 0 is plain ranking. */
  temperature: z
    .number()
    .min(0)
    .max(10)
    .refine((value) => value <= 0 || value >= 1e-6, "0, which is plain ranking, or at least 0.000001")
    .default(0),
  /** At most so many products of one category. */
  perCategory: z.int().min(1).max(100).optional(),
  /** Pull of the margin on the score, 0 to 1. */
  marginWeight: z.number().min(0).max(1).default(0),
  /** At most so many products of one brand. */
  perBrand: z.int().min(1).max(100).exactOptional(),
  /** Pull of each factor on the score, 0 to 1. `margin` stands in for `marginWeight`. */
  weights: z
    .object({
      relevance: share.exactOptional(),
      margin: share.exactOptional(),
      stockCover: share.exactOptional(),
      novelty: share.exactOptional(),
      campaign: share.exactOptional(),
    })
    .exactOptional(),
  campaigns: z.array(campaign).max(50).readonly().exactOptional(),
  /** Expected net margin after returns of one unit: as a share of the net price, in the home market's minor units. */
  minimumMargin: z.object({ rate: share.exactOptional(), amount: minor.exactOptional() }).exactOptional(),
  /** Products with a minimum age, where nobody knows the shopper's. */
  unknownAge: z.enum(["hide", "show"]).exactOptional(),
  /** `lambda` 1 is plain ranking, less puts unlike things side by side; `calibration` pulls towards the shopper's categories. */
  diversity: z.object({ lambda: share.exactOptional(), calibration: share.exactOptional() }).exactOptional(),
  /** Asked in their order. */
  fallbacks: z.array(fallback).max(10).readonly().exactOptional(),
  /** A strategy that decides the same beside this one; logged, never shown. */
  shadow: z.string().max(60).exactOptional(),
};

export const strategyDefinition = z.object(definition);
export type StrategyDefinition = z.output<typeof strategyDefinition>;

export const strategy = z.object({
  id: z.string(),
  version: z.int(),
  ...definition,
  sources: z.array(anySourceUse),
  fallbacks: z
    .array(fallback.extend({ sources: z.array(anySourceUse).readonly().exactOptional() }))
    .readonly()
    .exactOptional(),
  /** Built-in ones can be copied, not changed. */
  origin: z.enum(["built-in", "own"]),
  /** Null where it came with the engine, or while the database is down. */
  updatedAt: time.nullable(),
});

export const placement = z.object({
  id: z.string(),
  location: z.enum(locations),
  strategy: z.string(),
  version: z.int(),
  /** Null where it is as it came with the engine. */
  updatedAt: time.nullable(),
});

const idParams = z.object({ id: z.string().min(1).max(60) });

export const strategyRoutes = {
  listStrategies: route({
    method: "get",
    path: "/recommendations/strategies",
    scope: "read",
    tag,
    withoutDatabase: true,
    summary: "The strategies that can be named in a request or placement, and the sources they are made of.",
    answer: z.object({
      data: z.array(strategy),
      placements: z.record(z.string(), z.string()),
      /** A source that was never trained proposes nothing until it is. */
      sources: z.array(z.object({ name: z.string(), trained: z.boolean(), needsProducts: z.boolean() })),
    }),
  }),
  createStrategy: route({
    method: "post",
    path: "/recommendations/strategies",
    scope: "write",
    tag,
    status: 201,
    idempotent: true,
    judgesContent: true,
    summary: "Creates a strategy. It serves where a placement or a request names it, on every server within a second.",
    body: strategyDefinition.extend({ id: strategyId }),
    answer: strategy,
  }),
  getStrategy: route({
    method: "get",
    path: "/recommendations/strategies/:id",
    scope: "read",
    tag,
    summary: "One strategy; ETag.",
    params: idParams,
    answer: strategy,
  }),
  updateStrategy: route({
    method: "put",
    path: "/recommendations/strategies/:id",
    scope: "write",
    tag,
    changesVersion: true,
    judgesContent: true,
    summary: "Changes it as a new version; If-Match. Built-in strategies can be copied instead.",
    params: idParams,
    body: strategyDefinition,
    answer: strategy,
  }),
  archiveStrategy: route({
    method: "delete",
    path: "/recommendations/strategies/:id",
    scope: "write",
    tag,
    changesVersion: true,
    summary: "Archives it; If-Match. Refused while a placement uses it. Its id is not given to another one.",
    params: idParams,
    answer: z.object({ id: z.string(), archivedAt: time }),
  }),
  compareStrategies: route({
    method: "post",
    path: "/recommendations/compare",
    scope: "read",
    tag,
    withoutDatabase: true,
    summary: "Several strategies side by side on the same request, with overlap; also unsaved ones. Nothing is logged.",
    judgesContent: true,
    body: z
      .object(circumstances)
      .omit({ visitorId: true })
      .extend({
        placement: z.enum(locations),
        /** A saved one by its id, or a draft; the one that serves the placement where neither is given. */
        strategies: z
          .array(z.object({ id: z.string().max(60).optional(), draft: strategyDefinition.optional() }))
          .min(1)
          .max(6),
        limit: z.int().min(1).max(100).optional(),
        customerId: z.string().max(200).optional(),
      }),
    answer: z.object({
      /** In the order they were asked for. */
      results: z.array(
        z.object({
          /** Null for a draft. */
          strategy: z.object({ id: z.string(), version: z.int() }).nullable(),
          recommendation: z.unknown(),
          trace: z.unknown(),
        }),
      ),
      /** For each two of them: products that both show, and that either shows. */
      overlap: z.array(z.object({ a: z.int(), b: z.int(), shared: z.int(), either: z.int() })),
    }),
  }),
  listPlacements: route({
    method: "get",
    path: "/placements",
    scope: "read",
    tag,
    summary: "Which strategy serves where.",
    answer: z.object({ data: z.array(placement) }),
  }),
  updatePlacement: route({
    method: "put",
    path: "/placements/:id",
    scope: "write",
    tag,
    changesVersion: true,
    judgesContent: true,
    summary: "Sets a strategy live in a place, on every server within a second; If-Match with the placement's version.",
    params: idParams,
    body: z.object({ strategy: z.string().max(60) }),
    answer: placement,
  }),
};
