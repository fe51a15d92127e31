/** Affinities: companions for shoppers, evidence for merchants, and mining them again. */
import { z } from "zod";
import { jobAnswer, pageOf, pageQuery, productId, time } from "./common.ts";
import { route } from "./route.ts";
import { recommendation } from "./recommendations.ts";

const tag = "affinity";

export const affinityRule = z.object({
  id: z.string(),
  productA: z.string(),
  productB: z.string(),
  affinityScore: z.number(),
  support: z.number(),
  confidence: z.number(),
  lift: z.number(),
  /** Ends of the 95 % interval of the lift. */
  liftLower: z.number(),
  liftUpper: z.number(),
  type: z.enum(["frequently_bought_together", "complementary", "sequential"]),
  computedAt: time,
  qValue: z.number(),
  count: z.int(),
  expected: z.number(),
});

export const affinityRun = z.object({
  id: z.string(),
  status: z.enum(["queued", "running", "done", "failed"]),
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
  /** Progress of a running one, 0 to 1. */
  progress: z.number(),
  step: z.string().nullable(),
  orders: z.int().nullable(),
  products: z.int().nullable(),
  testedPairs: z.int().nullable(),
  significantPairs: z.int().nullable(),
  affinities: z.int().nullable(),
  stateVersion: z.string().nullable(),
  error: z.string().nullable(),
});

export const affinityRoutes = {
  frequentlyBoughtTogether: route({
    method: "post",
    path: "/affinity/frequently-bought-together",
    scope: "storefront",
    tag,
    plainBody: true,
    withoutDatabase: true,
    summary: "Companions of one or more products, with a plain reason. No figures.",
    body: z.object({
      productIds: z.array(productId).min(1).max(50),
      limit: z.int().min(1).max(20).default(3),
      market: z.string().optional(),
      visitorId: z.string().min(8).max(100).optional(),
      sessionId: z.string().min(8).max(100).optional(),
    }),
    answer: recommendation,
  }),
  affinityPair: route({
    method: "post",
    path: "/affinity/pair",
    scope: "read",
    tag,
    withoutDatabase: true,
    summary: "Two products: counts, all measures, p and q.",
    body: z.object({ productA: productId, productB: productId }),
    answer: z.object({
      productA: z.string(),
      productB: z.string(),
      believed: z.boolean(),
      count: z.int(),
      expected: z.number().nullable(),
      lift: z.number().nullable(),
      liftLower: z.number().nullable(),
      liftUpper: z.number().nullable(),
      pValue: z.number().nullable(),
      qValue: z.number().nullable(),
      support: z.number(),
      confidence: z.number(),
      reverseConfidence: z.number(),
      leverage: z.number(),
    }),
  }),
  listAffinityRules: route({
    method: "get",
    path: "/affinity/rules",
    scope: "read",
    tag,
    withoutDatabase: true,
    summary: "The affinities that are believed, strongest first.",
    query: pageQuery.extend({ productId: productId.optional() }),
    answer: pageOf(affinityRule),
  }),
  updateAffinities: route({
    method: "post",
    path: "/affinity/update",
    scope: "write",
    tag,
    status: 202,
    idempotent: true,
    summary: "Trains again on everything known; the answer names the job, and the run to follow.",
    answer: jobAnswer.extend({ runId: z.string() }),
  }),
  listAffinityRuns: route({
    method: "get",
    path: "/affinity/runs",
    scope: "read",
    tag,
    summary: "Training runs with counts and durations, newest first.",
    query: pageQuery,
    answer: pageOf(affinityRun),
  }),
  getAffinityRun: route({
    method: "get",
    path: "/affinity/runs/:id",
    scope: "read",
    tag,
    summary: "One training run.",
    params: z.object({ id: z.string() }),
    answer: affinityRun,
  }),
};
