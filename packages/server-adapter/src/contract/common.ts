/** Schemas that many routes share. */
import { z } from "zod";

/** RFC 3339. */
export const time = z.iso.datetime({ offset: true });
export const productId = z.string().min(1).max(200);
/** Minor units of a currency that stands beside it. */
export const minor = z.int().nonnegative();
export const currency = z.string().regex(/^[A-Z]{3}$/);
/** ISO 3166-1 alpha-2. */
export const country = z.string().regex(/^[A-Z]{2}$/, "Two capital letters, for example DE.");
export const oldestAge = 150;
/** In years. */
export const age = z.int().min(0).max(oldestAge);
/** Ids that clients make up: visitors, sessions, events. */
export const clientId = z.string().min(8).max(100);

/** `?limit=50&cursor=...` */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});

/** `{ data, page: { nextCursor, hasMore } }` */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    data: z.array(item),
    page: z.object({ nextCursor: z.string().nullable(), hasMore: z.boolean() }),
  });
}

/** RFC 9457, with a stable code and pointers into the input. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  requestId: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});
export type Problem = z.output<typeof problem>;

/** Work that goes on after the answer. */
export const jobAnswer = z.object({ jobId: z.string(), status: z.enum(["queued", "running", "done", "failed"]) });

/** An estimate with its interval. */
export const estimate = z.object({
  value: z.number(),
  lower: z.number(),
  upper: z.number(),
  /** For example 0.95. */
  level: z.number(),
});
