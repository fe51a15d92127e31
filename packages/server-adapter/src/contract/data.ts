/** What the shop tells: products, orders, events, and files of them. */
import { z } from "zod";
import { age, clientId, country, currency, jobAnswer, minor, pageOf, pageQuery, productId, time } from "./common.ts";
import { route } from "./route.ts";

const tag = "data";

const countries = z.array(country).min(1).max(300);

/** Who a product may be sold to; kept whatever a strategy asks for. */
const restrictions = z.object({
  minimumAge: age.exactOptional(),
  /** Sold in these only; everywhere when left out. */
  countries: countries.exactOptional(),
  excludedCountries: countries.exactOptional(),
});

const product = z.object({
  id: productId,
  title: z.string().min(1).max(500),
  description: z.string().max(10_000).optional(),
  url: z.string().max(2000).optional(),
  image: z.string().max(20_000).optional(),
  brand: z.string().max(200).optional(),
  category: z.array(z.string().max(200)).max(10).optional(),
  attributes: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  publishedAt: time.optional(),
  active: z.boolean().optional(),
  restrictions: restrictions.optional(),
  variants: z
    .array(
      z.object({
        id: productId,
        options: z.record(z.string(), z.string()).optional(),
        prices: z.record(z.string(), minor),
        cost: minor.optional(),
        stock: z.int().optional(),
      }),
    )
    .min(1)
    .max(200),
});

const orderLine = z.object({
  productId,
  variantId: productId.optional(),
  quantity: z.int().positive(),
  unitPrice: minor,
  discount: minor.optional(),
  cancelled: z.boolean().optional(),
  returnedQuantity: z.int().nonnegative().optional(),
  refunded: minor.optional(),
});

const order = z.object({
  id: z.string().min(1).max(200),
  placedAt: time,
  customerId: z.string().max(200).optional(),
  /** Of the browser that placed it: joins the order to what was shown. */
  visitorId: clientId.optional(),
  sessionId: clientId.optional(),
  currency,
  /** Grows with every change of the order; an older one never replaces a newer one. Time of the change in milliseconds when the shop keeps no number. */
  version: z.int().nonnegative(),
  lines: z.array(orderLine).min(1).max(10_000),
});

/** Outcome of one row of a bulk call. */
export const rowResult = z.object({
  id: z.string(),
  status: z.enum(["created", "updated", "unchanged", "stale", "invalid"]),
  detail: z.string().optional(),
});

/**
 * A decision of the server in the order that a device put it into, as the page tells of it. With its parent it is enough
 * to repeat the re-rank.
 */
export const toldChildDecision = z.object({
  /** As the engine's `childDecisionId` gives it: an id that does not follow from the rest is refused. */
  id: z.string().min(1).max(150),
  snapshotVersion: z.string().min(1).max(100),
  rerankVersion: z.int().positive().max(1_000),
  /** Products looked at that counted, oldest first. */
  session: z.array(productId).max(20),
  /** As they were shown, best first: products of the parent and no others. */
  products: z.array(productId).min(1).max(100),
});

/** Something that happened in a page. */
export const storefrontEvent = z.object({
  /** Made by the client; the same event sent twice counts once. */
  id: clientId,
  kind: z.enum(["impression", "click", "view", "add-to-cart", "remove-from-cart", "checkout", "search"]),
  occurredAt: time,
  visitorId: clientId.optional(),
  sessionId: clientId.optional(),
  productId: productId.optional(),
  decisionId: z.string().max(150).optional(),
  /** Made on the device by re-ranking `decisionId`, when the shopper saw that order instead. */
  childDecision: toldChildDecision.optional(),
  position: z.int().nonnegative().optional(),
  placement: z.string().max(50).optional(),
});

/** The purposes a visitor agreed to when the event happened. */
const consent = z.object({ measurement: z.boolean(), personalisation: z.boolean() });

const undoCounts = z.object({
  /** Created by the import, and gone. */
  removed: z.int(),
  /** Changed by the import, and as before it. */
  restored: z.int(),
  /** Left, for something newer has changed or confirmed them, or orders still name them. */
  kept: z.int(),
});

export const importReport = z.object({
  id: z.string(),
  status: z.enum(["queued", "running", "done", "failed", "undoing", "undone"]),
  kind: z.enum(["orders", "products"]),
  fileName: z.string(),
  createdAt: time,
  finishedAt: time.nullable(),
  progress: z.number(),
  step: z.string().nullable(),
  error: z.string().nullable(),
  /** The import report in words, and as data. */
  lines: z.array(z.string()),
  report: z.unknown().nullable(),
  undo: z.object({
    /** Until when it can be taken back; null when it cannot. */
    until: time.nullable(),
    whyNot: z.string().nullable(),
    /** What taking it back came to, as far as it has come; null before. */
    orders: undoCounts.nullable(),
    products: undoCounts.nullable(),
    lines: z.array(z.string()),
  }),
});

/** What the owner of a file says of it that the file does not. */
const fileSettings = z.object({
  fileName: z.string().max(200),
  currency: currency.optional(),
  timeZone: z.string().optional(),
  dateOrder: z.enum(["day-first", "month-first"]).optional(),
  /** What becomes of rows that repeat an earlier one in every column. */
  repeatedRows: z.enum(["drop", "keep"]).optional(),
  /** JSON object of header by field, for example `{"order":"Bill no"}`; an empty header says that the file lacks the field. */
  columns: z.string().max(20_000).optional(),
});

/** Largest beginning of a file that a preview takes. */
export const previewBytes = 2 * 2 ** 20;

const previewField = z.object({
  name: z.string(),
  /** In words. */
  label: z.string(),
  /** Fields with the same need: the file must have one of them. Null for those that it may lack. */
  need: z.string().nullable(),
  /** Header of the column it is read from. */
  column: z.string().nullable(),
  /** How the column was found. */
  because: z.enum(["given", "name", "values"]).nullable(),
  /** Share of the values seen that can be read as this field, lower where only values speak for the column. */
  confidence: z.number().nullable(),
});

export const importPreview = z.object({
  file: z.object({
    kind: z.enum(["csv", "ndjson"]).nullable(),
    delimiter: z.string().nullable(),
    encoding: z.string().nullable(),
    /** Whether that is all of the file, rather than its beginning. */
    isWhole: z.boolean(),
    rows: z.int(),
  }),
  /** Why the file cannot be imported like this; null when it can. */
  problem: z.string().nullable(),
  columns: z.array(z.object({ header: z.string(), samples: z.array(z.string()) })),
  fields: z.array(previewField),
  /** The first rows as they would be read. */
  rows: z.array(
    z.object({
      line: z.int(),
      outcome: z.enum(["used", "applied", "skipped"]),
      /** By field. */
      values: z.record(z.string(), z.string()),
    }),
  ),
  /** Rows that would be left out: the first ones. */
  problems: z.array(
    z.object({
      line: z.int(),
      reason: z.string(),
      field: z.string().nullable(),
      column: z.string().nullable(),
      text: z.string(),
    }),
  ),
  /** All of them by reason, in words. */
  skipped: z.array(z.object({ reason: z.string(), count: z.int(), words: z.string() })),
});

/** Takes a file as its body. */
function fileUpload(path: string, what: string) {
  return route({
    method: "post",
    path,
    scope: "write",
    tag,
    status: 202,
    bodyLimit: 512 * 2 ** 20,
    summary: `Uploads a file of ${what}, plain or gzip: the body is the file. The answer names the job.`,
    query: fileSettings,
    answer: jobAnswer.extend({ importId: z.string() }),
  });
}

/** Takes the beginning of a file as its body, and writes nothing. */
function filePreview(path: string, what: string) {
  return route({
    method: "post",
    path,
    scope: "write",
    tag,
    bodyLimit: previewBytes,
    summary: `How a file of ${what} would be read: columns, first rows, and what is wrong with which. The body is the file, or its first megabyte; nothing is written.`,
    query: fileSettings.extend({ fileSize: z.coerce.number().int().nonnegative().optional() }),
    answer: importPreview,
  });
}

/** `a,b,c`. A product whose id has a comma is asked for by itself. */
const productIds = z
  .string()
  .transform((ids) => ids.split(","))
  .pipe(z.array(productId).max(100));

/** No database holds the character 0. */
const storedText = z.string().regex(/^[^\0]*$/);

export const dataRoutes = {
  upsertProducts: route({
    method: "put",
    path: "/catalog/products",
    scope: "write",
    tag,
    bodyLimit: 16 * 2 ** 20,
    summary: "Creates and changes products in bulk; answers row by row.",
    body: z.object({ products: z.array(z.unknown()).max(1000) }),
    answer: z.object({ results: z.array(rowResult) }),
  }),
  listProducts: route({
    method: "get",
    path: "/catalog/products",
    scope: "read",
    tag,
    summary:
      "Lists products by title, or finds them by a few letters: those that begin a word first. With `ids=a,b,c` only those, at most 100.",
    query: pageQuery.extend({ search: storedText.max(200).optional(), ids: productIds.optional() }),
    answer: pageOf(product),
  }),
  getProduct: route({
    method: "get",
    path: "/catalog/products/:id",
    scope: "storefront",
    tag,
    summary: "One product, as shoppers may know it.",
    params: z.object({ id: productId }),
    answer: z.object({
      id: z.string(),
      title: z.string(),
      description: z.string().optional(),
      url: z.string().optional(),
      image: z.string().optional(),
      brand: z.string().optional(),
      category: z.array(z.string()),
      attributes: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
      price: minor.nullable(),
      currency,
      availability: z.enum(["in-stock", "low", "out-of-stock"]),
      variants: z.array(
        z.object({
          variantId: z.string(),
          options: z.record(z.string(), z.string()),
          price: minor,
          inStock: z.boolean(),
        }),
      ),
    }),
  }),
  upsertOrders: route({
    method: "post",
    path: "/orders",
    scope: "write",
    tag,
    bodyLimit: 16 * 2 ** 20,
    summary: "Orders in bulk, each a versioned upsert: the only source of revenue.",
    body: z.object({ orders: z.array(z.unknown()).max(1000) }),
    answer: z.object({ results: z.array(rowResult) }),
  }),
  listOrders: route({
    method: "get",
    path: "/orders",
    scope: "read",
    tag,
    summary: "Orders, newest first.",
    query: pageQuery.extend({ customerId: z.string().optional() }),
    answer: pageOf(order),
  }),
  sendEvents: route({
    method: "post",
    path: "/events",
    scope: "storefront",
    tag,
    status: 202,
    plainBody: true,
    bodyLimit: 256 * 2 ** 10,
    summary:
      "A batch of storefront events. Durable before the answer, idempotent by event id, never a source of revenue.",
    body: z.object({ events: z.array(z.unknown()).min(1).max(500), consent }),
    answer: z.object({
      accepted: z.int(),
      repeated: z.int(),
      refused: z.array(z.object({ index: z.int(), code: z.string(), detail: z.string() })),
    }),
  }),
  importOrders: fileUpload("/orders/import", "orders"),
  importProducts: fileUpload("/catalog/import", "products"),
  previewOrders: filePreview("/orders/import/preview", "orders"),
  previewProducts: filePreview("/catalog/import/preview", "products"),
  listImports: route({
    method: "get",
    path: "/imports",
    scope: "read",
    tag,
    summary: "Imports with their reports, newest first.",
    query: pageQuery,
    answer: pageOf(importReport),
  }),
  getImport: route({
    method: "get",
    path: "/imports/:id",
    scope: "read",
    tag,
    summary: "One import: rows read, used, and skipped by reason with line numbers.",
    params: z.object({ id: z.string() }),
    answer: importReport,
  }),
  undoImport: route({
    method: "post",
    path: "/imports/:id/undo",
    scope: "write",
    tag,
    status: 202,
    summary:
      "Takes an import back: what it created goes, what it changed is as before, what is newer stays. Stops one that still runs.",
    params: z.object({ id: z.string() }),
    answer: jobAnswer.extend({ importId: z.string() }),
  }),
};

export { order as orderInput, product as productInput, consent as consentInput };
