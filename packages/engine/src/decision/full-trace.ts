/** The trace with everything that refined steps did, and the merchant's words for each item. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import { merchantWords } from "./merchant-words.ts";
import type { Receipt } from "./receipt.ts";
import type { RuleOffer } from "./ruling.ts";
import type { ScoredPool } from "./scored-pool.ts";
import type { FallbackUse } from "./supplement.ts";
import { plainTraceOf, type Steps, type Trace } from "./trace.ts";

/** What bent a product's score. */
type FactorFigures = Readonly<Partial<Record<keyof NonNullable<ScoredPool["factors"]>, number>>>;

/** What one action of one rule did to this answer. */
export interface RuleDeed {
  readonly rule: string;
  readonly action: string;
  /** Candidates that it was about, also those that were left out; absent where it is about all or none. */
  readonly products?: readonly string[];
  readonly detail?: string | number;
}

/** What every step of one decision saw and did, with the steps that only some strategies ask for. */
export interface FullTrace extends Omit<Trace, "pool" | "slate"> {
  readonly fallbacks: readonly FallbackUse[];
  readonly rules: readonly RuleDeed[];
  readonly offers: readonly Pick<RuleOffer, "rule" | "offer">[];
  readonly shadow?: NonNullable<Receipt["shadow"]>;
  readonly pool: readonly (Trace["pool"][number] & { readonly factors?: FactorFigures })[];
  /** `inFigures` is for the merchant's eyes. */
  readonly slate: readonly (Trace["slate"][number] & { readonly inFigures: readonly string[] })[];
}

/**
 * Turns the steps of a decision into words and ids.
 * @example
 * const { steps } = decide(request, state, occasion);
 * traceOf(steps, state.catalogue).slate[0].inFigures;
 */
export function traceOf(steps: Steps, catalogue: Catalogue): FullTrace {
  const { scored, ruling, fallbacks = [], receiptBesides } = steps;
  const plain = plainTraceOf(steps, catalogue);
  const factorsOf = (id: string): FactorFigures | undefined => {
    const place = scored.products.indexOf(catalogue.ids.indexOf(id) ?? -1);
    if (!scored.factors || place < 0) return undefined;
    return Object.fromEntries(Object.entries(scored.factors).map(([name, column]) => [name, column[place]]));
  };
  const titleOf = (id: string | undefined): string | undefined =>
    id === undefined ? undefined : catalogue.products[catalogue.ids.indexOf(id) ?? -1]?.title;
  return {
    ...plain,
    fallbacks,
    rules: deedsOf(steps, catalogue),
    offers: ruling?.offers.map(({ rule, offer }) => ({ rule, offer })) ?? [],
    ...(receiptBesides?.shadow && { shadow: receiptBesides.shadow }),
    pool: plain.pool.map((entry) => {
      const factors = factorsOf(entry.productId);
      return { ...entry, ...(factors && { factors }) };
    }),
    slate: plain.slate.map((item) => ({
      ...item,
      inFigures: merchantWords(item, {
        because: titleOf(item.evidence.because),
        propensity: item.propensity,
        factors: factorsOf(item.productId),
      }),
    })),
  };
}

/** By rule and action, in the order in which the rules are heeded. */
function deedsOf({ ruling, constrained: { pool, refused } }: Steps, { ids }: Catalogue): RuleDeed[] {
  const directives = ruling?.directives;
  if (!directives) return [];
  const candidates = [...pool.products, ...refused.map(({ product }) => product)].sort((a, b) => a - b);
  const among = (set: { has(product: number): boolean } | undefined) =>
    set && { products: candidates.filter((product) => set.has(product)).map((product) => ids.idOf(product)) };
  const { strategy, multipliers, filters, pins, caps } = directives;
  return [
    ...(strategy ? [{ rule: strategy.rule, action: "replace-strategy", detail: strategy.id }] : []),
    ...multipliers.map(({ rule, factor, products }) => ({
      rule,
      action: factor < 1 ? "bury" : "boost",
      detail: factor,
      ...among(products),
    })),
    ...filters.map(({ rule, show, products }) => ({ rule, action: "filter", detail: show, ...among(products) })),
    ...pins.map(({ rule, product, position }) => ({
      rule,
      action: "pin",
      detail: position,
      products: [ids.idOf(product)],
    })),
    ...caps.map(({ rule, most, products }) => ({ rule, action: "cap", detail: most, ...among(products) })),
  ];
}
