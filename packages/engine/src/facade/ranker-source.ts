/** Rankers as sources of decisions: odds for scores, and an account of every answer in words and figures. */
import type { SourceModel } from "../decision/state.ts";
import type { Query, Recommender } from "../models/recommender.ts";
import {
  oddsOf,
  purchaseVoices,
  sessionVoices,
  voicesOf,
  type PurchaseRanker,
  type SessionRanker,
  type SignalShare,
  type Voice,
} from "../ranking/index.ts";

/** A recommender whose scores are logarithms, and that says what each signal added to them. */
interface LogLinear extends Recommender {
  signalsOf(query: Query, product: number): readonly SignalShare[];
}

/** What a shopper reads, by the kind that speaks loudest; `because` is the title of the product that it was heard from. */
const wordings: Readonly<Record<Voice, (because: string) => string>> = {
  "same-customers": (because) => `Customers who bought ${because} also bought this`,
  "bought-next": (because) => `Often bought after ${because}`,
  alike: (because) => `Similar to ${because}`,
  habit: () => "You bought this before",
  "seen-next": (because) => `Others went on to this after ${because}`,
  "like-visits": () => "Others with visits like yours looked at this",
  revisit: () => "You looked at this before",
  demand: () => "A favourite of our customers",
};

/** The purchase ranker, asked with a customer's purchases. */
export const personalSource = (ranker: PurchaseRanker): PurchaseRanker & SourceModel =>
  withAccount(ranker, purchaseVoices);

/** The session ranker, asked with a visit. */
export const sessionSource = (ranker: SessionRanker): SessionRanker & SourceModel => withAccount(ranker, sessionVoices);

function withAccount<Ranker extends LogLinear>(
  ranker: Ranker,
  kinds: ReadonlyMap<string, Voice>,
): Ranker & SourceModel {
  return {
    ...ranker,
    recommend: (query, count) => oddsOf(ranker.recommend(query, count)),
    account(query, product, because) {
      const voices = voicesOf(ranker.signalsOf(query, product), kinds);
      // Where nothing the shopper holds can be named, what the shop as a whole wants is the reason left.
      const voice = because === undefined || voices.length === 0 ? "demand" : voices[0].voice;
      return { reason: wordings[voice](because ?? ""), voices };
    },
  };
}
