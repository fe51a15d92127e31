/** The three things that would help a shop most, from what its data lacks: what stops everything comes first. */
import type { Services } from "../server/services.ts";
import { loadCondition, type PlaceCondition, type ShopCondition } from "./shop-condition.ts";
import { counted, percent } from "./words.ts";

export interface NextAction {
  /** Stable. */
  readonly code: string;
  readonly text: string;
  /** In the console or the reference. */
  readonly href: string;
}

const most = 3;
const stale = 7;
/** Fewer can hardly prove anything within a year. */
const fewestHeldOut = 200;
/** Of recent orders; below it the measurement misses what it is there for. */
const leastJoined = 0.2;
/** Products seen in a place; fewer say little about how often it is clicked. */
const fewestSeen = 1_000;
/** Of the click-through of the best place: what stays below is worth a look. */
const weak = 0.5;

const bulkImport = "/console/bulk-import";
const affinity = "/console/product-affinity";
const recommendations = "/console/recommendations";
const reference = "/docs";
const worth = "/console/overview#worth";

export async function suggestActions(services: Services): Promise<NextAction[]> {
  return chooseActions(await loadCondition(services));
}

/** @returns at most three, the most helpful first. Pure. */
export function chooseActions(shop: ShopCondition): NextAction[] {
  return rules
    .flatMap(({ code, href, when }) => {
      const text = when(shop);
      return text === undefined ? [] : [{ code, text, href }];
    })
    .slice(0, most);
}

interface Rule {
  readonly code: string;
  readonly href: string;
  /** What to do, when there is something to do. */
  readonly when: (shop: ShopCondition) => string | undefined;
}

/** In the order of what they would help. */
const rules: readonly Rule[] = [
  {
    code: "import-orders",
    href: bulkImport,
    when: ({ orders }) =>
      orders === 0 ? "Import your orders: recommendations are learned from what people buy together." : undefined,
  },
  {
    code: "train-engine",
    href: affinity,
    when: ({ orders, engineDays }) =>
      orders > 0 && engineDays === undefined ? "Train for the first time: no engine serves yet." : undefined,
  },
  {
    code: "create-key",
    href: reference,
    when: ({ hasPublishableKey }) =>
      hasPublishableKey ? undefined : "Create a publishable key, so that your pages may ask for recommendations.",
  },
  {
    code: "install-widgets",
    href: reference,
    when: ({ hasPublishableKey, isKeyUsed, decisions }) =>
      hasPublishableKey && !isKeyUsed && decisions === 0
        ? "Put the script on your pages: no page has asked for recommendations yet."
        : undefined,
  },
  {
    code: "check-widgets",
    href: recommendations,
    when: ({ decisions, impressions }) =>
      decisions > 0 && impressions === 0
        ? "Look at your pages: recommendations were asked for this week, and nobody was reported to see one."
        : undefined,
  },
  {
    code: "send-visitor-ids",
    href: reference,
    when: ({ decisions, recentOrders, recentOrdersWithVisitor }) =>
      decisions > 0 && recentOrders > 0 && recentOrdersWithVisitor < leastJoined * recentOrders
        ? `Send the visitor's id with your orders: of the last ${counted(recentOrders, "order")}, ${recentOrdersWithVisitor} named one, and only those can be measured.`
        : undefined,
  },
  {
    code: "import-newer-orders",
    href: bulkImport,
    when: ({ newestOrderDays }) =>
      newestOrderDays !== undefined && newestOrderDays > stale
        ? `Import newer orders: the newest one is ${counted(Math.floor(newestOrderDays), "day")} old.`
        : undefined,
  },
  {
    code: "train-again",
    href: affinity,
    when: ({ engineDays, newestOrderDays }) =>
      engineDays !== undefined && engineDays > stale && newestOrderDays !== undefined && newestOrderDays < engineDays
        ? `Train again: the engine is ${counted(Math.floor(engineDays), "day")} old, and orders came in since.`
        : undefined,
  },
  {
    code: "hold-out-visitors",
    href: worth,
    when: (shop) =>
      shop.decisions > 0 && shop.holdoutShare === 0
        ? "Hold out a few visitors (basketlift start --holdout 0.05): without a holdout nobody knows what recommendations cause."
        : undefined,
  },
  {
    code: "show-companions",
    href: affinity,
    when: ({ affinities, decisions, companionDecisions }) =>
      decisions > 0 && affinities > 0 && companionDecisions === 0
        ? `Show what goes together on product pages: ${counted(affinities, "proven pair")} ${affinities === 1 ? "is" : "are"} known, and no page asked this week.`
        : undefined,
  },
  {
    code: "enlarge-holdout",
    href: worth,
    when: ({ decisions, holdoutShare: share, heldOutVisitors }) =>
      decisions > 0 && share > 0 && heldOutVisitors < fewestHeldOut
        ? `Hold out more than ${percent(share)} for a while (basketlift start --holdout): ${counted(heldOutVisitors, "visitor")} in four weeks ${heldOutVisitors === 1 ? "is" : "are"} too few to prove an effect.`
        : undefined,
  },
  {
    code: "add-place",
    href: "/docs",
    when: ({ decisions, places }) => {
      const missing = usualPlaces.find(({ id }) => !places.some(({ placement }) => placement === id));
      return decisions > 0 && missing ? `Recommend ${missing.words} too: ${missing.why}` : undefined;
    },
  },
  {
    code: "look-at-place",
    href: recommendations,
    when: ({ places }) => {
      const [weakest, best] = weakestPlace(places);
      return weakest && best
        ? `Look at what the placement “${weakest.placement}” shows: ${percent(rateOf(weakest))} of it was clicked this week, and ${percent(rateOf(best))} in “${best.placement}”.`
        : undefined;
    },
  },
];

/** Where recommendations usually pay, best first. */
const usualPlaces = [
  { id: "pdp", words: "on product pages", why: "most shoppers come by there, and no page asked this week." },
  { id: "cart", words: "in the cart", why: "who has something in it buys more easily, and no cart asked this week." },
  {
    id: "homepage",
    words: "on the home page",
    why: "shoppers who come back begin there, and it did not ask this week.",
  },
] as const;

const rateOf = ({ clicks, impressions }: PlaceCondition): number => clicks / impressions;

/** @returns the place that is clicked least and the one that is clicked most, where they are far apart */
function weakestPlace(places: readonly PlaceCondition[]): readonly PlaceCondition[] {
  const seen = places.filter(({ impressions }) => impressions >= fewestSeen);
  const [weakest, ...others] = seen.toSorted((a, b) => rateOf(a) - rateOf(b));
  const best = others.at(-1);
  return weakest && best && rateOf(weakest) < weak * rateOf(best) ? [weakest, best] : [];
}
