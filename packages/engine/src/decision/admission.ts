/** What else has to hold for a product to be shown: limits of age and country, a minimum margin, the merchant's rules. */
import { checkCountries, checkYears } from "../catalogue/check-restrictions.ts";
import { hasRestrictions, restrictionOf } from "../catalogue/restrictions.ts";
import type { Eligibility } from "./eligibility.ts";
import { expectedMargin } from "./margin.ts";
import type { Question } from "./question.ts";
import type { Ruling } from "./ruling.ts";
import type { Strategy } from "./strategy.ts";

/** @returns undefined when nothing else has to hold */
export function admissionBy(ruling: Ruling, strategy: Strategy, question: Question): Eligibility | undefined {
  const parts = [restrictions(strategy, question), marginFloor(strategy, question), ruling.admission];
  const asked = parts.filter((part) => part !== undefined);
  if (asked.length <= 1) return asked[0];
  return (product) => {
    for (const part of asked) {
      const why = part(product);
      if (why !== undefined) return why;
    }
    return undefined;
  };
}

function restrictions({ unknownAge }: Strategy, { request, context, state }: Question): Eligibility | undefined {
  const { country = context.market.country, age } = request;
  const { products } = state.catalogue;
  if (!hasRestrictions(state.catalogue)) return undefined;
  checkCountries("country", [country]);
  if (age !== undefined) checkYears("age", age);
  return (product) => restrictionOf(products[product], { country, age }, unknownAge === "show");
}

function marginFloor({ minimumMargin }: Strategy, question: Question): Eligibility | undefined {
  if (!minimumMargin) return undefined;
  const { rate = -Infinity, amount = -Infinity } = minimumMargin;
  const margin = expectedMargin(question);
  return (product) => {
    const own = margin.amount(product);
    if (Number.isNaN(own)) return "margin-unknown";
    return own < amount || margin.rate(product) < rate ? "below-minimum-margin" : undefined;
  };
}
