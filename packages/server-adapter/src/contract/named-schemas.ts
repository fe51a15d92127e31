/** Schemas with a name of their own in the API reference: what many routes share, or people look up. */
import { z } from "zod";
import { affinityRule, affinityRun } from "./affinity.ts";
import { estimate, jobAnswer, problem } from "./common.ts";
import { importReport, orderInput, productInput, rowResult, storefrontEvent } from "./data.ts";
import { loggedDecision, recommendation, recommendationItem } from "./recommendations.ts";
import { placement, strategy } from "./strategies.ts";
import { person } from "./system.ts";

const named: Readonly<Record<string, z.core.$ZodType>> = {
  AffinityRule: affinityRule,
  Decision: loggedDecision,
  Estimate: estimate,
  Import: importReport,
  Job: jobAnswer,
  Order: orderInput,
  Person: person,
  Placement: placement,
  Problem: problem,
  Product: productInput,
  Recommendation: recommendation,
  RecommendationItem: recommendationItem,
  RowResult: rowResult,
  Strategy: strategy,
  StorefrontEvent: storefrontEvent,
  TrainingRun: affinityRun,
};

/** For `z.toJSONSchema`, which then refers to these by name. */
export const namedSchemas = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(named)) namedSchemas.add(schema, { id });
