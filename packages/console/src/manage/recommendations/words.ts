/** The engine's terms in a merchant's words. */
import type { Tone } from "../../parts/tag.tsx";

const sources: Readonly<Record<string, string>> = {
  "personal-ranker": "Personal",
  "session-ranker": "This visit",
  "bought-together": "Bought together",
  "item-neighbours": "Customers also bought",
  session: "Seen next",
  similar: "Similar",
  trending: "Trending",
  "new-arrivals": "New in the shop",
  popularity: "Popular",
  catalogue: "Fills a place",
};

const startingPoints: Readonly<Record<string, string>> = {
  product: "the page's product",
  cart: "the cart",
  session: "this visit",
  purchases: "earlier purchases",
  nothing: "nothing: the same for everybody",
};

const refusals: Readonly<Record<string, string>> = {
  inactive: "Taken out of the shop",
  "not-sold-in-market": "Not sold in this market",
  "out-of-stock": "Out of stock",
  excluded: "Left out by the page",
  "in-cart": "In the cart already",
  "current-product": "The page's own product",
  owned: "Bought before",
  "not-owned": "Never bought before",
  "outside-price-range": "Outside the price range",
  "age-limit": "Not for the shopper's age, or that is unknown",
  "country-limit": "Not sold in the shopper's country",
  "below-minimum-margin": "Leaves less margin than the strategy asks for",
  "margin-unknown": "Its margin is unknown, and the strategy asks for one",
  "left-out-by-rule": "Left out by a rule",
};

/** Kinds of signals that a ranker weighs. */
const voices: Readonly<Record<string, string>> = {
  "same-customers": "Bought by the same customers",
  "bought-next": "Bought next",
  alike: "Described alike",
  habit: "The customer's habit",
  "seen-next": "Seen next",
  "like-visits": "Visits like this one",
  revisit: "Looked at before",
  demand: "Demand in the shop",
};

const factors: Readonly<Record<string, string>> = {
  margin: "Margin",
  stockCover: "Stock cover",
  novelty: "Novelty",
  campaign: "Campaigns",
  rules: "Rules",
};

/** When a fallback is asked. */
const occasions: Readonly<Record<string, string>> = {
  failed: "Where a source fails",
  empty: "Where nothing may be shown",
  short: "Where too few may be shown",
};

const statuses: Readonly<Record<string, { readonly name: string; readonly tone: Tone }>> = {
  served: { name: "Served", tone: "good" },
  degraded: { name: "Degraded", tone: "low" },
  holdout: { name: "Held out", tone: "plain" },
  "nothing-worth-showing": { name: "Nothing worth showing", tone: "plain" },
  ineligible: { name: "Ineligible", tone: "plain" },
};

const arms: Readonly<Record<string, string>> = {
  treatment: "Sees recommendations",
  holdout: "Held out",
  unassigned: "In no experiment",
};

/** What becomes of products bought before. */
export const ownedWords = { exclude: "Left out", allow: "May be shown again", only: "Nothing else" } as const;
export const whenShortWords = { fill: "Filled up with favourites", evidence: "Shows less, or nothing" } as const;
/** Products with a minimum age, where nobody knows the shopper's. */
export const unknownAgeWords = { hide: "Left out", show: "Shown" } as const;
export const typeWords = {
  "cross-sell": "Goes with it",
  upsell: "Instead of it",
  bundle: "A bundle",
  accessory: "An accessory",
} as const;

/** @example strategyName("bought-again"); // "Bought again" */
export const strategyName = (id: string): string => `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll("-", " ")}`;
export const sourceName = (source: string): string => sources[source] ?? source;
export const startingPointName = (from: string): string => startingPoints[from] ?? from;
export const refusalName = (why: string): string => refusals[why] ?? why;
export const voiceName = (voice: string): string => voices[voice] ?? voice;
export const factorName = (factor: string): string => factors[factor] ?? factor;
export const occasionName = (when: string): string => occasions[when] ?? when;
export const armName = (arm: string): string => arms[arm] ?? arm;
export const statusWords = (status: string): { readonly name: string; readonly tone: Tone } =>
  statuses[status] ?? { name: status, tone: "plain" };
export const knownStatuses: readonly string[] = Object.keys(statuses);
