/**
 * The tables: one schema for the embedded database and for a PostgreSQL server. Times are `timestamptz`, money is minor
 * units as `bigint`, ids of the shop are `text`. Nothing here needs a named statement, a session setting or LISTEN.
 */
import type { Product } from "@basketlift/engine/catalogue";
import type { Strategy } from "@basketlift/engine/decision";
import type { OrderLine } from "@basketlift/engine/history";
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { productWords } from "./product-words.ts";

const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });
const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
const money = (name: string) => bigint(name, { mode: "number" });

/** Numbers that grow whenever something changed that processes keep in memory; polled. */
export const versions = pgTable("versions", {
  subject: text("subject").primaryKey(),
  version: bigint("version", { mode: "number" }).notNull(),
});

/** Single values: shop name, holdout, time zone. */
export const settings = pgTable("settings", { key: text("key").primaryKey(), value: jsonb("value").notNull() });

export const markets = pgTable("markets", {
  id: text("id").primaryKey(),
  /** The home market has rank 0. */
  rank: smallint("rank").notNull(),
  country: text("country").notNull(),
  currency: text("currency").notNull(),
  locale: text("locale").notNull(),
  timeZone: text("time_zone").notNull(),
});

export const products = pgTable(
  "products",
  {
    id: text("id").primaryKey(),
    title: text("title").notNull(),
    active: boolean("active").notNull(),
    publishedAt: at("published_at"),
    /** The product as the engine takes it, variants included. */
    body: jsonb("body").$type<Product>().notNull(),
    updatedAt: at("updated_at").notNull(),
  },
  (table) => [
    index("products_title").on(table.title),
    index("products_words").using("gin", productWords),
    /** A variant belongs to one product: who has it is asked before every change of the catalogue. */
    index("products_variant_ids").using("gin", sql`jsonb_path_query_array(body, '$.variants[*].id')`),
  ],
);

/** An order's line with what it brought in, as the engine counts it, so that no query has to know how. */
export interface StoredOrderLine extends OrderLine {
  /** Net of discount, cancellation and refund, in minor units of the order's currency. */
  readonly net: number;
}

export const orders = pgTable(
  "orders",
  {
    id: text("id").primaryKey(),
    placedAt: at("placed_at").notNull(),
    customerId: text("customer_id"),
    visitorId: text("visitor_id"),
    sessionId: text("session_id"),
    currency: text("currency").notNull(),
    version: bigint("version", { mode: "number" }).notNull(),
    /** Net of discounts, cancellations and refunds, in minor units of `currency`. */
    net: money("net").notNull(),
    lines: jsonb("lines").$type<readonly StoredOrderLine[]>().notNull(),
    importId: text("import_id"),
    updatedAt: at("updated_at").notNull(),
  },
  (table) => [
    index("orders_placed_at").on(table.placedAt),
    index("orders_visitor").on(table.visitorId),
    index("orders_customer").on(table.customerId),
  ],
);

export const events = pgTable(
  "events",
  {
    id: text("id").primaryKey(),
    kind: text("kind").notNull(),
    /** Clamped to not after `receivedAt`. */
    occurredAt: at("occurred_at").notNull(),
    receivedAt: at("received_at").notNull(),
    visitorId: text("visitor_id"),
    sessionId: text("session_id"),
    productId: text("product_id"),
    /** The server's own decision, also where the shopper saw a child of it. */
    decisionId: text("decision_id"),
    /** What the shopper saw, where a device had put the decision into another order. */
    childDecisionId: text("child_decision_id"),
    position: smallint("position"),
    placement: text("placement"),
    consentMeasurement: boolean("consent_measurement").notNull(),
    consentPersonalisation: boolean("consent_personalisation").notNull(),
    userAgent: text("user_agent"),
    /** A product or decision that was unknown when the event came: kept, and left out of rollups. */
    flaw: text("flaw"),
  },
  (table) => [
    index("events_occurred_at").on(table.occurredAt),
    index("events_visitor").on(table.visitorId),
    index("events_decision").on(table.decisionId),
  ],
);

/** Receipts of decisions, ghosts of the holdout included. */
export const decisions = pgTable(
  "decisions",
  {
    id: text("id").primaryKey(),
    decidedAt: at("decided_at").notNull(),
    placement: text("placement").notNull(),
    strategyId: text("strategy_id").notNull(),
    strategyVersion: integer("strategy_version").notNull(),
    status: text("status").notNull(),
    arm: text("arm").notNull(),
    stateVersion: text("state_version").notNull(),
    visitorId: text("visitor_id"),
    sessionId: text("session_id"),
    customerId: text("customer_id"),
    /** The whole receipt, for replay. */
    receipt: jsonb("receipt").notNull(),
  },
  (table) => [
    index("decisions_decided_at").on(table.decidedAt),
    index("decisions_visitor").on(table.visitorId),
    index("decisions_session").on(table.sessionId),
  ],
);

/**
 * Decisions of the server in the order that a device put them into: the same products, and no chance of its own in it.
 * Kept when the first event tells of one that can be checked.
 */
export const childDecisions = pgTable(
  "child_decisions",
  {
    id: text("id").primaryKey(),
    parentId: text("parent_id").notNull(),
    /** When the first event that told of it happened. */
    seenAt: at("seen_at").notNull(),
    /** Of the public snapshot that the device ranked with. */
    snapshotVersion: text("snapshot_version").notNull(),
    rerankVersion: integer("rerank_version").notNull(),
    /** Products looked at that counted, oldest first. */
    session: jsonb("session").$type<readonly string[]>().notNull(),
    /** Product ids as they were shown, best first. */
    products: jsonb("products").$type<readonly string[]>().notNull(),
  },
  (table) => [index("child_decisions_parent").on(table.parentId)],
);

/** 15-minute UTC buckets; days are cut in the shop's time zone when read. Rebuilds from events and orders to the same. */
export const rollups = pgTable(
  "rollups",
  {
    bucket: at("bucket").notNull(),
    placement: text("placement").notNull(),
    strategy: text("strategy").notNull(),
    position: smallint("position").notNull(),
    /** Whether the shopper saw the order of a device. */
    isReranked: boolean("is_reranked").notNull(),
    impressions: integer("impressions").notNull(),
    clicks: integer("clicks").notNull(),
    addToCarts: integer("add_to_carts").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.bucket, table.placement, table.strategy, table.position, table.isReranked] }),
  ],
);

/** First sight of each visitor who takes part in the experiment, and on which side. */
export const visitors = pgTable("visitors", {
  id: text("id").primaryKey(),
  arm: text("arm").notNull(),
  firstSeenAt: at("first_seen_at").notNull(),
});

/** Training runs. */
export const runs = pgTable("runs", {
  id: text("id").primaryKey(),
  jobId: text("job_id"),
  status: text("status").notNull(),
  createdAt: at("created_at").notNull(),
  startedAt: at("started_at"),
  finishedAt: at("finished_at"),
  progress: doublePrecision("progress").notNull(),
  step: text("step"),
  /** Counts of what was trained on and found. */
  facts: jsonb("facts"),
  stateVersion: text("state_version"),
  error: text("error"),
});

/** Files of trained engines, in chunks that a connection can carry. */
export const blobs = pgTable(
  "blobs",
  {
    /** For example `engine/<run>/popularity.safetensors`. */
    name: text("name").notNull(),
    chunk: integer("chunk").notNull(),
    content: bytes("content").notNull(),
  },
  (table) => [primaryKey({ columns: [table.name, table.chunk] })],
);

/** The engine that serves, and the ones before it. */
export const engines = pgTable(
  "engines",
  {
    runId: text("run_id").primaryKey(),
    stateVersion: text("state_version").notNull(),
    trainedAt: at("trained_at").notNull(),
    files: jsonb("files").notNull(),
    /** Of the public snapshot among the files: what devices re-ranked with. */
    snapshotVersion: text("snapshot_version").notNull(),
    serving: boolean("serving").notNull(),
  },
  (table) => [index("engines_serving").on(table.serving)],
);

/**
 * States that decisions stood on, for replay: each is a trained engine and what the catalogue had become since. A series
 * begins with all that differs from the training and goes on with what changed from state to state.
 */
export const states = pgTable(
  "states",
  {
    series: text("series").notNull(),
    /** Place in the series, from 0. */
    place: integer("place").notNull(),
    /** As receipts name it; the same state may come again. */
    version: text("version").notNull(),
    runId: text("run_id").notNull(),
    /** Share of visitors held out; null for the engine's own. */
    holdoutShare: doublePrecision("holdout_share"),
    /** Hash of the shop's strategies and placements; null where it had made none. */
    policyHash: text("policy_hash"),
    /** When it was last known to serve. */
    servedAt: at("served_at").notNull(),
    /** The products that changed, among the blobs. */
    file: jsonb("file").notNull(),
  },
  (table) => [primaryKey({ columns: [table.series, table.place] }), index("states_version").on(table.version)],
);

/** Strategies that the shop made; those of the engine stand in its code. */
export const strategies = pgTable("strategies", {
  id: text("id").primaryKey(),
  version: integer("version").notNull(),
  /** What it says, without id and version. */
  body: jsonb("body").$type<Omit<Strategy, "id" | "version">>().notNull(),
  createdAt: at("created_at").notNull(),
  updatedAt: at("updated_at").notNull(),
  /** Serves no more; kept, because receipts and reports name it. */
  archivedAt: at("archived_at"),
});

/** Placements that the shop gave another strategy than the engine does. */
export const placements = pgTable("placements", {
  id: text("id").primaryKey(),
  strategyId: text("strategy_id").notNull(),
  version: integer("version").notNull(),
  updatedAt: at("updated_at").notNull(),
});

/** Strategies and placements as they were in states, by their hash: many states stand on one. Made by hand, so few. */
export const policies = pgTable("policies", { hash: text("hash").primaryKey(), body: jsonb("body").notNull() });

export const imports = pgTable("imports", {
  id: text("id").primaryKey(),
  jobId: text("job_id"),
  kind: text("kind").notNull(),
  fileName: text("file_name").notNull(),
  status: text("status").notNull(),
  createdAt: at("created_at").notNull(),
  finishedAt: at("finished_at"),
  progress: doublePrecision("progress").notNull(),
  step: text("step"),
  options: jsonb("options").$type<StoredImportOptions>().notNull(),
  lines: jsonb("lines").$type<readonly string[]>().notNull(),
  report: jsonb("report"),
  error: text("error"),
  /** Until when it can be taken back; null once it cannot. */
  undoUntil: at("undo_until"),
  /** What its rows of `import_changes` take up, about. */
  undoBytes: bigint("undo_bytes", { mode: "number" }).notNull().default(0),
  /** What taking it back came to, as far as it has come. */
  undo: jsonb("undo").$type<StoredUndo>(),
});

/** What the owner of a file says of it that the file does not. */
export interface StoredImportOptions {
  readonly currency?: string;
  readonly timeZone?: string;
  readonly dateOrder?: "day-first" | "month-first";
  readonly repeatedRows?: "drop" | "keep";
  /** Header by field; an empty one says that the file does not have the field. */
  readonly columns?: Readonly<Record<string, string>>;
}

/** Counts of what an undo did. */
export interface StoredUndo {
  readonly orders: UndoCounts;
  readonly products: UndoCounts;
}

export interface UndoCounts {
  /** Created by the import, and gone. */
  readonly removed: number;
  /** Changed by the import, and as before it. */
  readonly restored: number;
  /** Left, because something newer has changed or confirmed them, or still needs them. */
  readonly kept: number;
}

/**
 * What imports did to orders, products and markets: enough to take an import back. The rows of one thing form a chain in
 * the order of their time; taking a link out hands what was before it to the next one.
 */
export const importChanges = pgTable(
  "import_changes",
  {
    importId: text("import_id").notNull(),
    kind: text("kind").$type<"order" | "product" | "market">().notNull(),
    /** Of the order, product or market. */
    id: text("id").notNull(),
    /** `confirmed`: it was there already, and the file said the same of it. */
    change: text("change").$type<"created" | "changed" | "confirmed">().notNull(),
    /** The row of the order, or the body of the product, before a change. */
    before: jsonb("before"),
    /** Of a product's body as the import wrote it: tells whether it is still like that. */
    md5: text("md5"),
    recordedAt: at("recorded_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.kind, table.id] }),
    index("import_changes_thing").on(table.kind, table.id),
  ],
);

/** Products that are gone, inactive, for engines that were trained when they were there. */
export const removedProducts = pgTable("removed_products", {
  id: text("id").primaryKey(),
  body: jsonb("body").$type<Product>().notNull(),
  removedAt: at("removed_at").notNull(),
});

/** Publishable (`pk_`) and secret (`sk_`) keys; only hashes are kept. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: text("id").primaryKey(),
    kind: text("kind").notNull(),
    name: text("name").notNull(),
    /** First characters, so that a person can tell keys apart. */
    prefix: text("prefix").notNull(),
    sha256: text("sha256").notNull(),
    scopes: jsonb("scopes").notNull(),
    origins: jsonb("origins").notNull(),
    createdAt: at("created_at").notNull(),
    revokedAt: at("revoked_at"),
    lastUsedAt: at("last_used_at"),
  },
  (table) => [uniqueIndex("api_keys_sha256").on(table.sha256)],
);

/** Answers remembered under `Idempotency-Key`, for a day. */
export const idempotentAnswers = pgTable("idempotent_answers", {
  key: text("key").primaryKey(),
  requestSha256: text("request_sha256").notNull(),
  status: smallint("status").notNull(),
  answer: jsonb("answer").notNull(),
  createdAt: at("created_at").notNull(),
});
