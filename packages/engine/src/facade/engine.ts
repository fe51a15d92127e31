/** The engine: one shop's state, and the questions that can be asked of it. */
import { companionsOf, type Affinities, type Companion as CompanionEvidence } from "../association/index.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { FullTrace } from "../decision/full-trace.ts";
import { runPipeline, type Decision } from "../decision/pipeline.ts";
import type { Receipt } from "../decision/receipt.ts";
import type { Recommendation } from "../decision/recommendation.ts";
import { replayBy, type Replay } from "../decision/replay.ts";
import type { RecommendationRequest } from "../decision/request.ts";
import type { DecisionState } from "../decision/state.ts";
import { plainTraceOf, type Trace } from "../decision/trace.ts";
import { InvalidInput } from "../errors.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import { assembleState, loadRefinements, type EngineParts, type Policy, type Refinements } from "./state.ts";

/** A product that sells together with another one, with all that is known about it. Figures are for merchants. */
export interface Companion extends Omit<CompanionEvidence, "product"> {
  readonly productId: string;
  readonly title: string;
}

/** One shop's answers. Immutable: new data, prices or strategies make a new engine. */
export interface Engine {
  /** Changes with anything that decisions stand on. */
  readonly version: string;
  readonly state: DecisionState;
  /** What the state was assembled from. */
  readonly parts: EngineParts;
  readonly catalogue: Catalogue;
  readonly affinities: Affinities;
  /** Decides what to show. @throws InvalidInput when the request is malformed */
  recommend(request: RecommendationRequest): Recommendation;
  /** The same decision with what every step saw and did; with rules, factors and shadows where the shop has refinements. */
  trace(request: RecommendationRequest): {
    readonly recommendation: Recommendation;
    readonly trace: Trace | FullTrace;
  };
  /** Decides again from a receipt. */
  replay(receipt: Receipt): Replay;
  /** What sells together with a product, best first. @throws InvalidInput when the product is unknown */
  companions(productId: string, count?: number): readonly Companion[];
}

/** Where an engine gets what cannot be pure: ids for decisions, and the time. */
export interface Surroundings {
  readonly createId?: () => string;
  /** Milliseconds since 1970, UTC. */
  readonly now?: () => number;
}

/** Joins parts and a policy, and puts an engine around them. */
export async function openEngine(
  parts: EngineParts,
  options: Policy & Surroundings & TrainingControls,
): Promise<Engine> {
  const refinements = await loadRefinements(options, parts.catalogue);
  const state = await paced("joining models", assembleState(parts, options, refinements), options);
  return engineOf(parts, state, options, refinements);
}

function engineOf(
  parts: EngineParts,
  state: DecisionState,
  { createId = () => crypto.randomUUID(), now = Date.now }: Surroundings,
  refinements: Refinements | undefined,
): Engine {
  const { catalogue, affinities } = parts;
  const refine = refinements?.refine;
  const traceOf = refinements?.traceOf ?? plainTraceOf;
  const decide = (request: RecommendationRequest): Decision =>
    runPipeline(request, state, { decisionId: createId(), now: now() }, refine);
  return {
    version: state.version,
    state,
    parts,
    catalogue,
    affinities,
    recommend: (request) => decide(request).recommendation,
    trace(request) {
      const { recommendation, steps } = decide(request);
      return { recommendation, trace: traceOf(steps, catalogue) };
    },
    replay: (receipt) => replayBy(receipt, state, refine),
    companions: (productId, count = 10) => companionsIn(catalogue, affinities, productId, count),
  };
}

function companionsIn(
  catalogue: Catalogue,
  affinities: Affinities,
  productId: string,
  count: number,
): readonly Companion[] {
  const product = catalogue.ids.indexOf(productId);
  if (product === undefined) throw new InvalidInput("productId", productId, "the id of a product of the catalogue");
  return companionsOf(affinities, product, count).map(({ product: companion, ...figures }) => ({
    productId: catalogue.ids.idOf(companion),
    title: catalogue.products[companion].title,
    ...figures,
  }));
}
