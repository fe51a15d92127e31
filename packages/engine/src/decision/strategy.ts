/**
 * Strategies as data: which sources speak for a placement, how loudly, and what the answer must keep to.
 * A strategy never changes: an edit makes a new version, which receipts name.
 */
import { InvalidInput } from "../errors.ts";
import type { Campaign, Diversity, MinimumMargin, ScoreWeights } from "./refinement.ts";
import type { Location, RecommendationRequest } from "./request.ts";

/** Which of the shopper's products a source may start from. */
export const startingPoints = ["product", "cart", "session", "purchases", "nothing"] as const;
/** Which of the shopper's products a source starts from. */
export type StartingPoint = (typeof startingPoints)[number];

/** Sources that say the same whatever one starts from. The others have nothing to say where they start from nothing. */
export const impersonalSources: ReadonlySet<string> = new Set(["popularity", "trending", "new-arrivals"]);

/** One source's part in a strategy. */
export interface SourceUse {
  /** Name of a source of the engine, for example `bought-together`. */
  readonly source: string;
  readonly from: StartingPoint;
  /** Weight of the source's score, which is scaled to at most 1 in each request. */
  readonly weight: number;
  /** Speaks only where this source, listed before it, has nothing to say: untrained, failed, or nothing to start from. */
  readonly insteadOf?: string | undefined;
}

/** What is asked when a strategy's own sources do not do. It only proposes: what may be shown stays the strategy's word. */
export interface Fallback {
  /**
   * `failed`: a source of the strategy threw. `empty`: nothing is left that may be shown. `short`: less than asked for.
   * Fallbacks are asked in their order, and each sees what those before it brought.
   */
  readonly when: "failed" | "empty" | "short";
  /** Everywhere, when left out. */
  readonly placements?: readonly Location[];
  /** Either a strategy whose sources are asked, or the sources themselves. */
  readonly strategy?: string;
  readonly sources?: readonly SourceUse[];
}

/** How recommendations are made somewhere. Whatever is optional plays no part when it is left out. */
export interface Strategy {
  readonly id: string;
  readonly version: number;
  readonly type: "upsell" | "cross-sell" | "bundle" | "accessory";
  readonly sources: readonly SourceUse[];
  /** What becomes of products the customer already bought. */
  readonly owned: "exclude" | "allow" | "only";
  /** `fill` tops up with popular products; `evidence` would rather show less, or nothing. */
  readonly whenShort: "fill" | "evidence";
  /** Candidates taken from each source. */
  readonly candidates: number;
  readonly limit: number;
  /** Chance: 0 is plain ranking; otherwise scores are divided by it before sampling. */
  readonly temperature: number;
  /** At most this many products of one category in an answer; no cap when left out. */
  readonly perCategory?: number;
  /** The same for brands. */
  readonly perBrand?: number;
  /** Pull of the expected margin on the score, from 0 to 1; 0 ranks by relevance alone. See `factors.ts`. */
  readonly marginWeight: number;
  /** Pull of everything else on the score. */
  readonly weights?: ScoreWeights;
  readonly campaigns?: readonly Campaign[];
  /** Less than this and a product is not shown; neither is one whose cost is unknown. */
  readonly minimumMargin?: MinimumMargin;
  /** Products with a minimum age, where nobody knows the shopper's: `hide` when left out. */
  readonly unknownAge?: "hide" | "show";
  readonly diversity?: Diversity;
  readonly fallbacks?: readonly Fallback[];
  /** A strategy that decides the same beside this one: it stands in the receipt and is never shown. */
  readonly shadow?: string;
}

const base = {
  version: 1,
  owned: "exclude",
  whenShort: "fill",
  candidates: 100,
  limit: 8,
  temperature: 0,
  marginWeight: 0,
} as const;

/** What sells together with the page's product or the cart, by evidence; what is only likely comes far behind. */
export const companionsStrategy: Strategy = {
  ...base,
  id: "companions",
  type: "cross-sell",
  sources: [
    { source: "bought-together", from: "product", weight: 1 },
    { source: "bought-together", from: "cart", weight: 1 },
    { source: "item-neighbours", from: "product", weight: 0.1 },
    { source: "item-neighbours", from: "cart", weight: 0.1 },
    { source: "session", from: "session", weight: 0.1 },
    { source: "popularity", from: "nothing", weight: 0.02 },
  ],
};

/** Other products like the page's own. */
export const similarStrategy: Strategy = {
  ...base,
  id: "similar",
  type: "upsell",
  sources: [
    { source: "similar", from: "product", weight: 1 },
    { source: "session", from: "session", weight: 0.4 },
    { source: "popularity", from: "nothing", weight: 0.05 },
  ],
};

/**
 * What this shopper is likely to want next, from all that is known. The rankers, fitted to the shop, weigh its signals;
 * where they have nothing to go by, single sources stand in. The weights of those were chosen on Online Retail's last
 * month but one, by AUC over products the customer had never bought.
 */
export const personalStrategy: Strategy = {
  ...base,
  id: "personal",
  type: "cross-sell",
  sources: [
    { source: "personal-ranker", from: "purchases", weight: 1 },
    { source: "session-ranker", from: "session", weight: 2 },
    { source: "bought-together", from: "cart", weight: 1 },
    { source: "session", from: "session", weight: 2, insteadOf: "session-ranker" },
    { source: "similar", from: "session", weight: 0.3, insteadOf: "session-ranker" },
    { source: "popularity", from: "nothing", weight: 1, insteadOf: "personal-ranker" },
    { source: "similar", from: "purchases", weight: 0.5, insteadOf: "personal-ranker" },
    { source: "item-neighbours", from: "purchases", weight: 0.3, insteadOf: "personal-ranker" },
  ],
  perCategory: 3,
};

/** The strategies an engine has when its owner names none. */
export const defaultStrategies: readonly Strategy[] = [companionsStrategy, similarStrategy, personalStrategy];

/** Which strategy serves a place when its owner says nothing. */
export const defaultPlacements: Readonly<Record<Location, string>> = {
  homepage: "personal",
  category: "personal",
  search: "personal",
  pdp: "companions",
  cart: "companions",
  checkout: "companions",
  "post-purchase": "personal",
  email: "personal",
};

/**
 * @throws InvalidInput when the request names a strategy that does not exist
 */
export function chooseStrategy(
  request: RecommendationRequest,
  strategies: ReadonlyMap<string, Strategy>,
  placements: Readonly<Record<Location, string>>,
): Strategy {
  const id = request.strategy ?? placements[request.placement];
  const strategy = strategies.get(id);
  if (!strategy) throw new InvalidInput("strategy", id, `one of ${[...strategies.keys()].join(", ")}`);
  return strategy;
}
