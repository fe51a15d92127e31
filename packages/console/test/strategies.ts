/** Strategies of the made-up shop: the engine's, one of its own, and where they serve; they can be changed. */
import {
  defaultPlacements,
  defaultStrategies,
  impersonalSources,
  locations,
  sourceNames,
} from "@basketlift/engine/decision";
import type { Answer, PlacementLine, StrategyComparison, StrategyLine } from "../src/api/contract.ts";
import { Refusal, type Answers, type Call } from "./calls.ts";
import { recommended, trace } from "./decisions.ts";
import { clickThrough, currency, estimate } from "./figures.ts";
import { products } from "./shop.ts";

const changedAt = "2026-11-20T09:30:00Z";

const builtIn: readonly StrategyLine[] = defaultStrategies.map((strategy) => ({
  ...strategy,
  sources: strategy.sources.map((use) => ({ ...use })),
  origin: "built-in",
  updatedAt: null,
}));

export const ownStrategy: StrategyLine = {
  ...builtIn[0],
  id: "evening-picks",
  version: 2,
  sources: [
    { source: "bought-together", from: "cart", weight: 1 },
    { source: "trending", from: "nothing", weight: 0.4 },
    { source: "popularity", from: "nothing", weight: 0.1, insteadOf: "trending" },
  ],
  limit: 6,
  perBrand: 2,
  weights: { relevance: 0.9, margin: 0.4, novelty: 0.2, campaign: 0.5 },
  campaigns: [{ name: "Summer", factor: 1.5, brands: ["Acme"], categories: ["Kitchen / Mugs", "Garden"] }],
  minimumMargin: { rate: 0.07, amount: 50 },
  unknownAge: "show",
  diversity: { lambda: 0.7, calibration: 0.2 },
  fallbacks: [
    { when: "empty", placements: ["cart"], strategy: "personal" },
    { when: "short", sources: [{ source: "new-arrivals", from: "nothing", weight: 1 }] },
  ],
  shadow: "similar",
  origin: "own",
  updatedAt: changedAt,
};

/** Answers about strategies, with a memory of what was changed. */
export function strategyAnswers(): Answers {
  let strategies = [...builtIn, ownStrategy];
  let placements: PlacementLine[] = locations.map((id) => ({
    id,
    location: id,
    strategy: defaultPlacements[id],
    version: 1,
    updatedAt: null,
  }));
  const find = (id: string | undefined): StrategyLine | undefined => strategies.find((strategy) => strategy.id === id);
  const missing = (id: string | undefined) =>
    new Refusal(404, "not-found", "There is no such thing", `There is no strategy ${id}.`);
  const isStale = ({ ifMatch }: Call, version: number): boolean => ifMatch !== `"${version}"`;
  const stale = new Refusal(412, "precondition-failed", "It was changed meanwhile", "Version 9 is there now.");
  const put = (strategy: StrategyLine): StrategyLine => {
    strategies = [...strategies.filter(({ id }) => id !== strategy.id), strategy];
    return strategy;
  };
  return {
    "GET /recommendations/strategies": () => ({
      data: strategies,
      placements: Object.fromEntries(placements.map(({ id, strategy }) => [id, strategy])),
      sources: sourceNames.map((name) => ({
        name,
        trained: name !== "session",
        needsProducts: !impersonalSources.has(name),
      })),
    }),
    "POST /recommendations/strategies": ({ body }) => {
      const id = String(body["id"]);
      const detail = `There is a strategy ${id} already. Choose another name.`;
      if (find(id)) {
        return new Refusal(409, "conflict", "The change does not fit what is there", detail, {
          errors: [{ pointer: "/id", detail }],
        });
      }
      return put({ ...ownStrategy, ...body, id, version: 1 });
    },
    "GET /recommendations/strategies/:id": ({ params: { id } }) => find(id) ?? missing(id),
    "PUT /recommendations/strategies/:id": (call) => {
      const known = find(call.params["id"]);
      if (!known) return missing(call.params["id"]);
      if (isStale(call, known.version)) return stale;
      return put({ ...known, ...call.body, version: known.version + 1 });
    },
    "DELETE /recommendations/strategies/:id": (call) => {
      const known = find(call.params["id"]);
      if (!known) return missing(call.params["id"]);
      if (isStale(call, known.version)) return stale;
      strategies = strategies.filter(({ id }) => id !== known.id);
      return { id: known.id, archivedAt: changedAt };
    },
    "POST /recommendations/compare": ({ body }) => compared(body["strategies"]),
    "GET /placements": () => ({ data: placements }),
    "PUT /placements/:id": (call) => {
      const known = placements.find(({ id }) => id === call.params["id"]);
      if (!known) return missing(call.params["id"]);
      if (isStale(call, known.version)) return stale;
      const changed = { ...known, strategy: String(call.body["strategy"]), version: known.version + 1 };
      placements = placements.map((placement) => (placement.id === known.id ? changed : placement));
      return changed;
    },
    "GET /analytics/strategy-comparison": ({ query }) =>
      strategyComparison(query.get("from") ?? "", query.get("until") ?? ""),
  };
}

/** The second of two shows the same, but for two products. */
function compared(asked: unknown): Answer<"compareStrategies"> {
  const wanted: readonly { readonly id?: string }[] = Array.isArray(asked) ? asked : [];
  const results = wanted.map((given, index) => {
    const isDraft = "draft" in given;
    const items = recommended.items.map((item, place) =>
      index === 1 && place >= 3 ? { ...item, productId: products[17 + place - 3].id } : item,
    );
    return {
      strategy: isDraft ? null : { id: given.id ?? "companions", version: 1 },
      recommendation: { ...recommended, items },
      trace,
    };
  });
  return { results, overlap: results.length === 2 ? [{ a: 0, b: 1, shared: 3, either: 7 }] : [] };
}

const attribution =
  "A product that was bought counts for the last recommendation in which the same visitor had clicked it, or put it into the cart, in the seven days before the order: net of discounts, cancellations and refunds.";

const earned: readonly (readonly [strategy: string, placement: string, buyers: number, revenue: number])[] = [
  ["companions", "pdp", 214, 812_400],
  ["personal", "homepage", 3, 12_900],
];

export function strategyComparison(from: string, until: string): StrategyComparison {
  const rowOf = (strategy: string, placement: string | null) => {
    const figures = clickThrough("strategy").rows.find(({ key }) => key === strategy);
    const money = earned.find(([id]) => id === strategy);
    const [buyers, netRevenue] = money ? [money[2], money[3]] : [0, 0];
    return {
      strategy,
      placement,
      sessions: figures?.sessions ?? 0,
      sessionsWithClick: figures?.sessionsWithClick ?? 0,
      clickThrough: figures?.clickThrough ?? estimate(0, 0),
      buyers,
      netRevenue,
      revenue: buyers < 5 ? null : estimate(netRevenue, netRevenue / Math.sqrt(buyers)),
    };
  };
  return {
    from,
    until,
    currency,
    attribution,
    rows: [
      ...["companions", "personal", "similar"].map((strategy) => rowOf(strategy, null)),
      rowOf("companions", "pdp"),
      rowOf("personal", "homepage"),
    ],
  };
}
