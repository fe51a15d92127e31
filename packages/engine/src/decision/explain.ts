/**
 * Step 8, explain: why each product is there. One wording for shoppers, without a figure, and the evidence for the
 * merchant, with all of them. Both come from the signals that made the score.
 */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Product } from "../catalogue/product.ts";
import type { Proposal } from "./candidates.ts";
import { signalsOf, type Signal } from "./rank.ts";
import type { Account, SourceName, SourceVoice } from "./state.ts";

/** What made one item. For the merchant only: it holds figures. */
export interface ItemEvidence {
  /** Each source's share of the score, largest first; shares sum to 1. */
  readonly signals: readonly { readonly source: SourceName; readonly share: number }[];
  /** The shopper's product that speaks loudest for this one, by the first signal. */
  readonly because?: string;
  /** That source's figures for the pair: count, expected, lift ... */
  readonly figures?: Readonly<Record<string, number>>;
  /** What speaks for the item where the first source is a ranker of many signals, by kind; shares sum to 1. */
  readonly voices?: readonly SourceVoice[];
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
  const { because, title, account, figures } = toldOf(first, product, catalogue);
  return {
    reason: account?.reason ?? reasonOf(source.name, product, title, catalogue),
    source: source.name,
    evidence: {
      signals: shares(signals),
      ...(because !== undefined && { because: catalogue.ids.idOf(because) }),
      ...(figures && { figures }),
      ...(account && { voices: account.voices }),
    },
  };
}

/** What a source says of its own answer. */
interface Told {
  readonly because?: number | undefined;
  readonly title?: string | undefined;
  readonly account?: Account | undefined;
  readonly figures?: ItemEvidence["figures"];
}

function toldOf(signal: Signal, product: number, { products }: Catalogue): Told {
  const { source, query } = signal.proposal;
  try {
    const because = loudestProduct(signal, product);
    const title = because === undefined ? undefined : products[because].title;
    const figures = because === undefined ? undefined : source.evidence?.(because, product);
    return { because, title, account: source.model.account?.(query, product, title), figures };
  } catch {
    // The answer stands, whatever keeps a source from explaining it.
    return {};
  }
}

function loudestProduct({ proposal }: Signal, product: number): number | undefined {
  if (proposal.startedFrom.length === 0) return undefined;
  const contributions = proposal.source.model.explain(proposal.query, product);
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

/** Each source's wording. `because` is the title of the product that speaks for the item, where one does. */
const wordings: Readonly<Record<SourceName, (because: string | undefined, item: Product, timeZone: string) => string>> =
  {
    "personal-ranker": () => "Chosen for you",
    "session-ranker": () => "Chosen for you",
    "bought-together": (because) => `Often bought together${because === undefined ? "" : ` with ${because}`}`,
    "item-neighbours": (because) =>
      because === undefined ? "Customers also bought this" : `Customers who bought ${because} also bought this`,
    session: (because) => `Others went on to this${because === undefined ? "" : ` after ${because}`}`,
    similar: (because) => `Similar to ${because ?? "what you are looking at"}`,
    trending: () => "In demand right now",
    "new-arrivals": (_, { publishedAt }, timeZone) =>
      `New in the shop${publishedAt === undefined ? "" : ` since ${dayOf(publishedAt, timeZone)}`}`,
    popularity: () => "A favourite of our customers",
  };

function reasonOf(
  source: SourceName,
  product: number,
  title: string | undefined,
  { products, markets }: Catalogue,
): string {
  return wordings[source](title, products[product], markets[0].timeZone);
}

/** Formats by time zone: making one costs more than the whole of a decision. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** @returns the day in the shop's time zone, in the language of the other wordings: "3 March 2026" */
function dayOf(time: string, timeZone: string): string {
  const format = dayFormats.get(timeZone) ?? new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone });
  dayFormats.set(timeZone, format);
  return format.format(Date.parse(time));
}
