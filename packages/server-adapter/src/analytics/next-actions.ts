/** The three things that would help a shop most, from what its data lacks: what stops everything comes first. */
import { sql } from "drizzle-orm";
import type { Services } from "../server/services.ts";
import { holdoutShare } from "./incrementality.ts";
import { at } from "./period.ts";

export interface NextAction {
  /** Stable. */
  readonly code: string;
  readonly text: string;
  /** In the console or the reference. */
  readonly href: string;
}

/** What is known of a shop, as far as something can be done about it. */
export interface ShopCondition {
  readonly products: number;
  readonly orders: number;
  /** Days since the newest order. */
  readonly newestOrderDays: number | undefined;
  /** Days since the serving engine was trained; undefined without one. */
  readonly engineDays: number | undefined;
  readonly hasPublishableKey: boolean;
  readonly isKeyUsed: boolean;
  /** Of the last week. */
  readonly decisions: number;
  readonly impressions: number;
  readonly companionDecisions: number;
  /** Pairs of products that the engine believes in. */
  readonly affinities: number;
  /** Orders of the last four weeks, and those of them that say which browser they came from. */
  readonly recentOrders: number;
  readonly recentOrdersWithVisitor: number;
  readonly holdoutShare: number;
  /** Held-out visitors of the last four weeks. */
  readonly heldOutVisitors: number;
}

const most = 3;
const stale = 7;
/** Fewer can hardly prove anything within a year. */
const fewestHeldOut = 200;
/** Of recent orders; below it the measurement misses what it is there for. */
const leastJoined = 0.2;

const day = 86_400_000;
const bulkImport = "/console/bulk-import";
const affinity = "/console/product-affinity";
const recommendations = "/console/recommendations";
const reference = "/docs";

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
        ? `Send the visitor's id with your orders: ${recentOrdersWithVisitor} of the last ${recentOrders} name one, and only they can be measured.`
        : undefined,
  },
  {
    code: "import-newer-orders",
    href: bulkImport,
    when: ({ newestOrderDays }) =>
      newestOrderDays !== undefined && newestOrderDays > stale
        ? `Import newer orders: the newest one is ${Math.floor(newestOrderDays)} days old.`
        : undefined,
  },
  {
    code: "train-again",
    href: affinity,
    when: ({ engineDays, newestOrderDays }) =>
      engineDays !== undefined && engineDays > stale && newestOrderDays !== undefined && newestOrderDays < engineDays
        ? `Train again: the engine is ${Math.floor(engineDays)} days old, and orders came in since.`
        : undefined,
  },
  {
    code: "hold-out-visitors",
    href: "/console/overview",
    when: (shop) =>
      shop.decisions > 0 && shop.holdoutShare === 0
        ? "Hold out a few visitors: without a holdout nobody knows what recommendations cause."
        : undefined,
  },
  {
    code: "show-companions",
    href: affinity,
    when: ({ affinities, decisions, companionDecisions }) =>
      decisions > 0 && affinities > 0 && companionDecisions === 0
        ? `Show what goes together on product pages: ${affinities} proven pairs are known, and no page asked for them this week.`
        : undefined,
  },
  {
    code: "enlarge-holdout",
    href: "/console/overview",
    when: ({ decisions, holdoutShare: share, heldOutVisitors }) =>
      decisions > 0 && share > 0 && heldOutVisitors < fewestHeldOut
        ? `Hold out more than ${(100 * share).toFixed(0)} % for a while: ${heldOutVisitors} visitors in four weeks are too few to prove an effect.`
        : undefined,
  },
];

/** Strategies that show companions. */
const companionStrategies = ["companions", "also-bought", "frequently-bought-together"];

interface ConditionRow extends Record<string, unknown> {
  readonly products: number;
  readonly orders: number;
  /** Milliseconds since 1970, UTC. */
  readonly newestOrderAt: number | null;
  readonly keys: number;
  readonly usedKeys: number;
  readonly decisions: number;
  readonly companionDecisions: number;
  readonly impressions: number;
  readonly recentOrders: number;
  readonly recentOrdersWithVisitor: number;
  readonly heldOutVisitors: number;
}

async function loadCondition({ database: { db }, engine, now }: Services): Promise<ShopCondition> {
  const week = at(now() - 7 * day);
  const month = at(now() - 28 * day);
  const { rows } = await db.execute<ConditionRow>(sql`
    select (select count(*) from products)::integer as products,
      (select count(*) from orders)::integer as orders,
      (select extract(epoch from max(placed_at)) * 1000 from orders)::float8 as "newestOrderAt",
      (select count(*) from api_keys where kind = 'publishable' and revoked_at is null)::integer as keys,
      (select count(*) from api_keys where kind = 'publishable' and last_used_at is not null)::integer as "usedKeys",
      (select count(*) from decisions where decided_at >= ${week})::integer as decisions,
      (select count(*) from decisions
        where decided_at >= ${week} and strategy_id in (${sql.join(companionStrategies, sql`, `)}))::integer
        as "companionDecisions",
      (select coalesce(sum(impressions), 0) from rollups where bucket >= ${week})::integer as impressions,
      (select count(*) from orders where placed_at >= ${month})::integer as "recentOrders",
      (select count(*) from orders where placed_at >= ${month} and visitor_id is not null)::integer
        as "recentOrdersWithVisitor",
      (select count(*) from visitors where arm = 'holdout' and first_seen_at >= ${month})::integer
        as "heldOutVisitors"`);
  const [counts] = rows;
  const serving = engine.current();
  return {
    ...counts,
    newestOrderDays: counts.newestOrderAt === null ? undefined : (now() - counts.newestOrderAt) / day,
    engineDays: serving && (now() - serving.trainedAt.getTime()) / day,
    affinities: serving?.engine.affinities.count.length ?? 0,
    hasPublishableKey: counts.keys > 0,
    isKeyUsed: counts.usedKeys > 0,
    holdoutShare: holdoutShare(engine),
  };
}
