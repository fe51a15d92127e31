/**
 * The steps that only some strategies and shops ask for, prepared for one question: rules, margins, fallbacks, factors,
 * diversity and shadows. Plain strategies come through them as they are; a storefront that
 * has no others does not load them.
 */
import { admissionBy } from "./admission.ts";
import type { Question } from "./question.ts";
import type { ShadowReceipt } from "./receipt.ts";
import type { RefinedSteps } from "./refined-steps.ts";
import { consultRules } from "./consult-rules.ts";
import { noRuling, type Ruling } from "./ruling.ts";
import { sampleSlate } from "./sample.ts";
import { sampleDiversely } from "./diverse-sample.ts";
import { scoreCandidates } from "./score.ts";
import { shadowReceipt } from "./shadow.ts";
import { requireStrategy, type Strategy } from "./strategy.ts";
import { fallBack, withPins } from "./supplement.ts";
import type { Steps } from "./trace.ts";

/** Prepares the steps. @throws InvalidInput when a rule or strategy names a strategy that does not exist */
export function refine(question: Question, asked: Strategy, asShadow = false): RefinedSteps {
  const { state } = question;
  const ruling = state.rules ? consultRules(state.rules, question) : noRuling;
  const strategy = strategyBy(ruling, asked, question, asShadow);
  return {
    strategy,
    admission: admissionBy(ruling, strategy, question),
    supplement(gathered, eligibility, limit) {
      const supplemented = fallBack(gathered, strategy, question, eligibility, limit);
      return { ...supplemented, kept: withPins(supplemented.kept, ruling.pins, eligibility) };
    },
    score: (pool) => scoreCandidates(pool, question, strategy, ruling.factorOf),
    sample(pool, limit) {
      const { diversity, perBrand } = strategy;
      const isPlain = !diversity && perBrand === undefined && ruling.pins.size === 0 && ruling.caps.length === 0;
      return isPlain
        ? sampleSlate(pool, strategy, state.catalogue, limit, question.occasion.decisionId)
        : sampleDiversely(pool, question, strategy, ruling, limit);
    },
    finish(steps, decideBy) {
      const shadow = asShadow ? undefined : shadowOf(steps, question, decideBy);
      const { effects } = ruling;
      const receiptBesides = { ...(effects.length > 0 && { rules: effects }), ...(shadow && { shadow }) };
      return { ...steps, ruling, receiptBesides };
    },
  };
}

/** A shadow is compared as it is: rules put no other strategy into its place. */
function strategyBy(ruling: Ruling, asked: Strategy, { state }: Question, asShadow: boolean): Strategy {
  if (ruling.strategy === undefined || asShadow) return asked;
  return requireStrategy(ruling.strategy, state.strategies, "rules");
}

function shadowOf(
  steps: Steps,
  { state }: Question,
  decideBy: (strategy: Strategy) => Steps,
): ShadowReceipt | undefined {
  const { shadow } = steps.strategy;
  if (shadow === undefined) return undefined;
  return shadowReceipt(steps, decideBy(requireStrategy(shadow, state.strategies, "shadow")), state.catalogue);
}
