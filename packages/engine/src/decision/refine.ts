/**
 * The steps that only some strategies and shops ask for, prepared for one question: rules, margins, fallbacks, factors,
 * diversity and shadows. Plain strategies come through them as they are; a storefront that
 * has no others does not load them.
 */
import type { Catalogue } from "../catalogue/catalogue.ts";
import { admissionBy } from "./admission.ts";
import type { Question } from "./question.ts";
import type { ShadowReceipt } from "./receipt.ts";
import type { AttachedOffer } from "./recommendation.ts";
import type { RefinedSteps } from "./refined-steps.ts";
import { consultRules } from "./consult-rules.ts";
import { noRuling, type Ruling } from "./ruling.ts";
import { sampleSlate } from "./sample.ts";
import { sampleDiversely } from "./diverse-sample.ts";
import { scoreCandidates } from "./score.ts";
import { shadowReceipt } from "./shadow.ts";
import type { Strategy } from "./strategy.ts";
import { fallBack, withPins } from "./supplement.ts";
import type { Steps } from "./trace.ts";

/** Prepares the steps. */
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
      const offers = offersBeside(steps, ruling, state.catalogue);
      return { ...steps, ruling, receiptBesides, ...(offers.length > 0 && { answerBesides: { offers } }) };
    },
  };
}

/** A shadow is compared as it is: rules put no other strategy into its place. Nor do they put one that is gone. */
function strategyBy(ruling: Ruling, asked: Strategy, { state }: Question, asShadow: boolean): Strategy {
  return asShadow ? asked : (state.strategies.get(ruling.strategy ?? "") ?? asked);
}

function shadowOf(
  steps: Steps,
  { state }: Question,
  decideBy: (strategy: Strategy) => Steps,
): ShadowReceipt | undefined {
  const shadow = state.strategies.get(steps.strategy.shadow ?? "");
  return shadow && shadowReceipt(steps, decideBy(shadow), state.catalogue);
}

/** A holdout sees no offer either, and an offer about products needs one of them to be there. */
function offersBeside({ context, picks }: Steps, { offers }: Ruling, { ids }: Catalogue): AttachedOffer[] {
  if (context.arm === "holdout" || picks.length === 0) return [];
  return offers.flatMap(({ offer, covers }) => {
    if (!covers) return [{ offer }];
    const products = picks.filter(({ product }) => covers(product)).map(({ product }) => ids.idOf(product));
    return products.length > 0 ? [{ offer, products }] : [];
  });
}
