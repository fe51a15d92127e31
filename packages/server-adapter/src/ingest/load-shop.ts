/**
 * A shop's data out of the database, as the engine takes it for training. Read in short pages, never in one long
 * transaction: the embedded database answers one at a time.
 */
import {
  createIdentifiers,
  type Catalogue,
  type CatalogueInput,
  type Identifiers,
  type Product,
} from "@basketlift/engine/catalogue";
import {
  createOrderHistoryBuilder,
  filterBots,
  sessionize,
  type BotReason,
  type Interaction,
  type InteractionKind,
  type OrderHistory,
  type SessionHistory,
} from "@basketlift/engine/history";
import { createPacer, type TrainingControls } from "@basketlift/engine/models";
import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { events, orders, products } from "../database/schema.ts";
import type { Database } from "../server/services.ts";
import { isTrustworthy } from "./event-flaws.ts";
import { loadMarkets } from "./markets.ts";

/** Where a shop's data lies: a `Services`, or less. */
export interface ShopStore {
  readonly database: { readonly db: Database };
}

const productsPerPage = 2_000;
const ordersPerPage = 500;
const eventsPerPage = 10_000;

/**
 * Markets and products, ready for `createCatalogue`. Products come in the order of their ids, so that the same shop
 * gives the same catalogue.
 * @example
 * const catalogue = createCatalogue(await loadCatalogue(services));
 */
export async function loadCatalogue({ database: { db } }: ShopStore): Promise<CatalogueInput> {
  const markets = await loadMarkets(db);
  const all: Product[] = [];
  let last = "";
  for (;;) {
    const page = await db
      .select({ id: products.id, body: products.body })
      .from(products)
      .where(gt(products.id, last))
      .orderBy(asc(products.id))
      .limit(productsPerPage);
    for (const { body } of page) all.push(body);
    if (page.length < productsPerPage) break;
    last = page[page.length - 1].id;
  }
  return { products: all, markets };
}

/**
 * All orders of products that the catalogue knows, as columns.
 * @example
 * const history = await loadOrderHistory(services, catalogue);
 */
export async function loadOrderHistory(
  { database: { db } }: ShopStore,
  { ids }: Pick<Catalogue, "ids">,
  controls: TrainingControls = {},
): Promise<OrderHistory> {
  const builder = createOrderHistoryBuilder();
  const total = await db.$count(orders);
  const pace = createPacer("reading orders", total, controls);
  let last = "";
  for (;;) {
    const page = await db
      .select({
        id: orders.id,
        placedAt: orders.placedAt,
        customerId: orders.customerId,
        currency: orders.currency,
        lines: orders.lines,
      })
      .from(orders)
      .where(gt(orders.id, last))
      .orderBy(asc(orders.id))
      .limit(ordersPerPage);
    for (const { id, placedAt, customerId, currency, lines } of page) {
      const head = { id, placedAt: placedAt.getTime(), customerId: customerId ?? undefined, currency };
      for (const line of lines) builder.addLine(head, line);
    }
    if (page.length < ordersPerPage) break;
    last = page[page.length - 1].id;
    await pace.rest(builder.orderCount);
  }
  pace.finish();
  return builder.finish(ids).history;
}

export interface LoadedSessions {
  readonly sessions: SessionHistory;
  /** Sessions left out as machines, by reason. */
  readonly removed: Readonly<Record<BotReason, number>>;
}

/**
 * Visits out of the event log: what consenting visitors looked at, clicked and put in their carts on their own account.
 * Events that a recommendation caused carry its decision's id and are left out, or else the session model would learn
 * from its own answers.
 * @param since milliseconds since 1970, UTC
 * @returns undefined when no visit is left: engines train without sessions then
 */
export async function loadSessions(
  store: ShopStore,
  { ids }: Pick<Catalogue, "ids">,
  { since = 0, ...controls }: TrainingControls & { readonly since?: number } = {},
): Promise<LoadedSessions | undefined> {
  const deeds = await loadDeeds(store, since, controls);
  const { sessions, removed } = filterBots(sessionize(interactionsOf(deeds), ids).sessions);
  return sessions.visitorOf.length > 0 ? { sessions, removed } : undefined;
}

/** What visitors did, in columns: a million events as objects would not fit beside the training. */
interface Deeds {
  readonly visitors: Identifiers;
  readonly products: Identifiers;
  readonly visitor: readonly number[];
  readonly product: readonly number[];
  readonly kind: readonly InteractionKind[];
  readonly occurredAt: readonly number[];
}

const interactionOf = {
  view: "view",
  click: "click",
  "add-to-cart": "cart",
} as const satisfies Record<string, InteractionKind>;
type LearnedKind = keyof typeof interactionOf;

async function loadDeeds({ database: { db } }: ShopStore, since: number, controls: TrainingControls): Promise<Deeds> {
  const deeds = {
    visitors: createIdentifiers(),
    products: createIdentifiers(),
    visitor: new Array<number>(),
    product: new Array<number>(),
    kind: new Array<InteractionKind>(),
    occurredAt: new Array<number>(),
  };
  const wanted = and(
    inArray(events.kind, Object.keys(interactionOf)),
    eq(events.consentPersonalisation, true),
    isNotNull(events.visitorId),
    isNotNull(events.productId),
    isNull(events.decisionId),
    isTrustworthy,
    gte(events.occurredAt, new Date(since)),
  );
  const pace = createPacer("reading visits", 1, controls);
  let last: { readonly occurredAt: Date; readonly id: string } | undefined;
  for (;;) {
    const page = await db
      .select({
        id: events.id,
        kind: events.kind,
        occurredAt: events.occurredAt,
        visitorId: events.visitorId,
        productId: events.productId,
      })
      .from(events)
      .where(last ? and(wanted, sql`(${events.occurredAt}, ${events.id}) > (${last.occurredAt}, ${last.id})`) : wanted)
      .orderBy(asc(events.occurredAt), asc(events.id))
      .limit(eventsPerPage);
    for (const { kind, occurredAt, visitorId, productId } of page) {
      if (!isLearned(kind) || visitorId === null || productId === null) continue;
      deeds.visitor.push(deeds.visitors.intern(visitorId));
      deeds.product.push(deeds.products.intern(productId));
      deeds.kind.push(interactionOf[kind]);
      deeds.occurredAt.push(occurredAt.getTime());
    }
    if (page.length < eventsPerPage) break;
    last = page[page.length - 1];
    await pace.rest(0);
  }
  pace.finish();
  return deeds;
}

function isLearned(kind: string): kind is LearnedKind {
  return Object.hasOwn(interactionOf, kind);
}

function* interactionsOf({ visitors, products: productIds, visitor, product, kind, occurredAt }: Deeds) {
  for (let i = 0; i < visitor.length; i++) {
    const interaction: Interaction = {
      visitorId: visitors.idOf(visitor[i]),
      productId: productIds.idOf(product[i]),
      kind: kind[i],
      occurredAt: new Date(occurredAt[i]).toISOString(),
    };
    yield interaction;
  }
}
