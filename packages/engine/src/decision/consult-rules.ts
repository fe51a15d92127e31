/** Asks the merchant's rules about one question and makes ready what those that match want. */
import { offerOf } from "../catalogue/catalogue.ts";
import type { CartFacts, Directives, Facts, ProductCap, RuleSet } from "../merchandising/index.ts";
import type { Cap } from "./caps.ts";
import type { Question } from "./question.ts";
import type { RuleEffect, Ruling } from "./ruling.ts";

/** @returns what the matching rules ask of this decision */
export function consultRules(rules: RuleSet, question: Question): Ruling {
  const directives = rules.directives(factsOf(question));
  const { strategy, multipliers, filters, pins, caps, offers } = directives;
  return {
    directives,
    ...(strategy && { strategy: strategy.id }),
    ...(multipliers.length > 0 && { factorOf: directives.factorOf }),
    ...(filters.length > 0 && {
      admission: (product) => (directives.refusalOf(product) === undefined ? undefined : "left-out-by-rule"),
    }),
    pins: new Map(pins.map(({ product, position }) => [position - 1, product])),
    caps: caps.map((cap) => capOf(cap, question)),
    offers: offers.map(({ rule, offer, products }) => ({
      rule,
      offer,
      ...(products && { covers: (product: number) => products.has(product) }),
    })),
    effects: effectsOf(directives),
  };
}

/** The question as rules see it, in the shop's own ids. */
function factsOf({ request, context, state: { catalogue }, occasion }: Question): Facts {
  const { customerId, visitorId, productId, session } = request;
  const facts = request.facts ?? {};
  const { purchases } = context.startingPoints;
  const bought = purchases.map((product) => catalogue.ids.idOf(product));
  return {
    at: occasion.now,
    context: {
      ...facts.context,
      placement: request.placement,
      market: context.market.id,
      consented: visitorId !== undefined,
      ...(request.country !== undefined && { country: request.country }),
    },
    ...(productId !== undefined && { product: productId }),
    ...(request.cart && { cart: cartFacts(request.cart, { context, catalogue }) }),
    customer: { ...facts.customer, ...(customerId !== undefined && { id: customerId }), products: bought },
    session: { ...facts.session, ...(session && { products: session }) },
  };
}

type CartLines = NonNullable<Question["request"]["cart"]>;

/** Lines of products that the catalogue does not know, or does not sell here, are worth nothing. */
function cartFacts(
  lines: CartLines,
  { context: { market }, catalogue }: Pick<Question, "context"> & Pick<Question["state"], "catalogue">,
): CartFacts {
  let value = 0;
  let units = 0;
  for (const { productId, variantId, quantity } of lines) {
    const index = catalogue.ids.indexOf(productId);
    const product = index === undefined ? undefined : catalogue.products[index];
    const chosen = product?.variants.find(({ id }) => id === variantId)?.prices[market.id];
    value += quantity * (chosen ?? (product && offerOf(product, market)?.price) ?? 0);
    units += quantity;
  }
  return { value, units, products: lines.map(({ productId }) => productId) };
}

/** Kinds of all products that a cap is about; each brand or category counts by itself where the cap says so. */
function capOf({ products, per, most }: ProductCap, { state: { catalogue } }: Question): Cap {
  const kinds = per === "brand" ? catalogue.brandOf : catalogue.categoryOf;
  return {
    most,
    kindOf(product) {
      if (products && !products.has(product)) return -1;
      return per === undefined ? 0 : kinds[product];
    },
  };
}

/** What each rule asked for, by rule. */
function effectsOf({ strategy, multipliers, filters, pins, caps, offers }: Directives): RuleEffect[] {
  const did = new Map<string, string[]>();
  function note(rule: string, action: string): void {
    const actions = did.get(rule) ?? [];
    actions.push(action);
    did.set(rule, actions);
  }
  if (strategy) note(strategy.rule, "replace-strategy");
  for (const { rule, factor } of multipliers) note(rule, factor < 1 ? "bury" : "boost");
  for (const { rule } of filters) note(rule, "filter");
  for (const { rule } of pins) note(rule, "pin");
  for (const { rule } of caps) note(rule, "cap");
  for (const { rule } of offers) note(rule, "attach-offer");
  return Array.from(did, ([rule, actions]) => ({ rule, did: actions }));
}
