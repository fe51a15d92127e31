/**
 * The pipeline: request -> context -> strategy -> candidates -> rank -> constrain -> score -> sample -> offer ->
 * explain -> recommendation and receipt. One direction, each step a pure function in a file of its own. What plain
 * strategies do not need comes as an argument, so that a storefront need not load it.
 */
import { InvalidInput } from "../errors.ts";
import { gatherCandidates } from "./candidates.ts";
import { fillUp, keepEligible } from "./constrain.ts";
import { resolveContext } from "./context.ts";
import { createEligibility } from "./eligibility.ts";
import { offerPicks } from "./offer.ts";
import { present } from "./present.ts";
import type { Occasion, Question } from "./question.ts";
import { rankCandidates } from "./rank.ts";
import type { Recommendation } from "./recommendation.ts";
import type { Refine } from "./refined-steps.ts";
import { checkRequest, type RecommendationRequest } from "./request.ts";
import { sampleSlate } from "./sample.ts";
import type { DecisionState } from "./state.ts";
import { chooseStrategy, type Strategy } from "./strategy.ts";
import type { Steps } from "./trace.ts";
import { writeReceipt } from "./write-receipt.ts";

/** What a Date can hold, in milliseconds from 1970. */
const latest = 8.64e15;

/** The answer, and what every step on the way to it left behind. */
export interface Decision {
  readonly recommendation: Recommendation;
  readonly steps: Steps;
}

/**
 * Decides what to show.
 * @param refine the steps of refined strategies, rules and limits of age and country; left out only where there are none
 * @throws InvalidInput when the request is malformed, or names an unknown market or strategy, or the time is none
 */
export function runPipeline(
  request: RecommendationRequest,
  state: DecisionState,
  { decisionId, now }: Occasion,
  refine?: Refine,
): Decision {
  checkRequest(request);
  const occasion = { decisionId, now: wholeTime(now) };
  const question = { request, context: resolveContext(request, state), state, occasion };
  const strategy = chooseStrategy(request, state.strategies, state.placements);
  const steps = takeSteps(question, strategy, refine);
  const receipt = writeReceipt(question, steps);
  return { recommendation: present(receipt, steps, state.catalogue), steps };
}

/** To the millisecond, as the receipt has it: a replay knows no other time. */
export function wholeTime(now: number): number {
  const time = Math.floor(now);
  if (Math.abs(time) <= latest) return time;
  throw new InvalidInput("now", now, "milliseconds since 1970, UTC");
}

function takeSteps(question: Question, asked: Strategy, refine?: Refine, asShadow?: boolean): Steps {
  const { request, context, state, occasion } = question;
  const refined = refine?.(question, asked, asShadow);
  const { strategy } = refined ?? { strategy: asked };
  const limit = request.withhold ? 0 : (request.limit ?? strategy.limit);

  const eligibility = createEligibility(request, context, strategy, state, refined?.admission);
  const candidates = gatherCandidates(context, strategy, state);
  const kept = keepEligible(rankCandidates(candidates.proposals, state.catalogue), eligibility);
  const own = { candidates, kept };
  const gathered = refined?.supplement(own, eligibility, limit) ?? own;
  const constrained = fillUp(gathered.kept, strategy, state, eligibility, limit);

  const { pool } = constrained;
  const scored = refined?.score(pool) ?? { ...pool, scores: pool.relevance };
  const picks =
    refined?.sample(scored, limit) ?? sampleSlate(scored, strategy, state.catalogue, limit, occasion.decisionId);
  const offered = offerPicks(picks, state.catalogue, context.market);
  const steps: Steps = { ...gathered, context, strategy, constrained, scored, picks: offered, limit };
  return refined?.finish(steps, (other) => takeSteps(question, other, refine, true)) ?? steps;
}
