/**
 * Step 8, explain: why each product is there. One wording for shoppers, without a figure, and the evidence for the
 * merchant, with all of them. Both come from the signals that made the score.
 */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Proposal } from "./candidates.ts";
import { signalsOf, type Signal } from "./rank.ts";
import type { Source, SourceName } from "./state.ts";

/** What made one item. For the merchant only: it holds figures. */
export interface ItemEvidence {
  /** Each source's share of the score, largest first; shares sum to 1. */
  readonly signals: readonly { readonly source: SourceName; readonly share: number }[];
  /** The shopper's product that speaks loudest for this one, by the first signal. */
  readonly because?: string;
  /** That source's figures for the pair: count, expected, lift ... */
  readonly figures?: Readonly<Record<string, number>>;
}

/** Why an item is there: in words for shoppers, in figures for the merchant. */
export interface ItemExplanation {
  readonly reason: string;
  /** The loudest source; `catalogue` for a product that only filled a place. */
  readonly source: SourceName | "catalogue";
  readonly evidence: ItemEvidence;
}

/** @returns the reason in words and the figures behind it */
export function explainItem(product: number, proposals: readonly Proposal[], catalogue: Catalogue): ItemExplanation {
  const signals = signalsOf(proposals, product);
  const [first] = signals;
  if (!first) return { reason: "From our range", source: "catalogue", evidence: { signals: [] } };
  const { source } = first.proposal;
  const because = loudestProduct(first, product);
  const figures = because === undefined ? undefined : source.evidence?.(because, product);
  return {
    reason: inWords(source, because === undefined ? undefined : catalogue.products[because].title),
    source: source.name,
    evidence: {
      signals: shares(signals),
      ...(because !== undefined && { because: catalogue.ids.idOf(because) }),
      ...(figures && { figures }),
    },
  };
}

function loudestProduct({ proposal }: Signal, product: number): number | undefined {
  if (proposal.startedFrom.length === 0) return undefined;
  const contributions = proposal.source.model.explain({ history: proposal.startedFrom, repeats: true }, product);
  let loudest: { product: number; share: number } | undefined;
  for (const contribution of contributions) if (!loudest || contribution.share > loudest.share) loudest = contribution;
  return loudest?.product;
}

function shares(signals: readonly Signal[]): ItemEvidence["signals"] {
  const total = signals.reduce((sum, { amount }) => sum + amount, 0);
  const shareOf = new Map<SourceName, number>();
  for (const { proposal, amount } of signals) {
    const { name } = proposal.source;
    shareOf.set(name, (shareOf.get(name) ?? 0) + (total > 0 ? amount / total : 1 / signals.length));
  }
  return Array.from(shareOf, ([source, share]) => ({ source, share })).toSorted((a, b) => b.share - a.share);
}

/** Each source's wording: with the title of the product that speaks for it, and without one. */
const wordings: Readonly<Record<SourceName, readonly [withProduct: (title: string) => string, without: string]>> = {
  "bought-together": [(title) => `Often bought together with ${title}`, "Often bought together"],
  "item-neighbours": [(title) => `Customers who bought ${title} also bought this`, "Customers also bought this"],
  session: [(title) => `Others went on to this after ${title}`, "Others went on to this"],
  similar: [(title) => `Similar to ${title}`, "Similar to what you are looking at"],
  trending: [() => "In demand right now", "In demand right now"],
  popularity: [() => "A favourite of our customers", "A favourite of our customers"],
};

function inWords({ name }: Source, because: string | undefined): string {
  const [withProduct, without] = wordings[name];
  return because === undefined ? without : withProduct(because);
}
