/**
 * Strategies as data: which sources speak for a placement, how loudly, and what the answer must keep to.
 * A strategy never changes: an edit makes a new version, which receipts name.
 */
import { InvalidInput, requireInteger, requireNumber } from "../errors.ts";
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

/** How recommendations are made somewhere. */
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
  /** Pull of the unit margin on the score, as a share of it; 0 ranks by relevance alone. */
  readonly marginWeight: number;
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

/**
 * @param sourceNames the sources that the engine could have
 * @throws InvalidOption or InvalidInput naming the field, for example `strategies.mine.sources[0].weight`
 * @example
 * checkStrategy({ ...companionsStrategy, id: "mine", limit: 4 }, sourceNames);
 */
export function checkStrategy(strategy: Strategy, sourceNames: readonly string[]): void {
  const path = `strategies.${strategy.id}`;
  requireInteger(`${path}.limit`, strategy.limit, 1);
  requireInteger(`${path}.candidates`, strategy.candidates, 1);
  requireNumber(`${path}.temperature`, strategy.temperature, 0);
  requireNumber(`${path}.marginWeight`, strategy.marginWeight, 0, 1);
  if (strategy.perCategory !== undefined) requireInteger(`${path}.perCategory`, strategy.perCategory, 1);
  checkSources(strategy.sources, `${path}.sources`, sourceNames);
}

function checkSources(sources: readonly SourceUse[], path: string, sourceNames: readonly string[]): void {
  const known = new Set<string>();
  for (const [index, { source, from, weight, insteadOf }] of sources.entries()) {
    const place = `${path}[${index}]`;
    if (!sourceNames.includes(source))
      throw new InvalidInput(`${place}.source`, source, `one of ${sourceNames.join(", ")}`);
    requireNumber(`${place}.weight`, weight, 0);
    if (from === "nothing" && !impersonalSources.has(source))
      throw new InvalidInput(`${place}.from`, from, `some of the shopper's products, for ${source} starts from one`);
    if (insteadOf !== undefined && !sources.slice(0, index).some((use) => use.source === insteadOf))
      throw new InvalidInput(`${place}.insteadOf`, insteadOf, "a source that the strategy lists before it");
    const name = `${source} from ${from}`;
    if (known.has(name)) throw new InvalidInput(place, name, "in the strategy once; raise its weight instead");
    known.add(name);
  }
  if (!sources.some(({ weight }) => weight > 0))
    throw new InvalidInput(path, sources.length, "sources of which at least one has a weight above 0");
}
