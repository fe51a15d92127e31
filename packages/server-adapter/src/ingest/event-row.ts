/** Events as the log stores them. */
import type { childDecisions, events } from "../database/schema.ts";

export type ChildDecisionRow = typeof childDecisions.$inferInsert;

/** A row of `events`, and with it the child decision that it is the first to tell of, perhaps. */
export type EventRow = typeof events.$inferInsert & { readonly childDecision?: ChildDecisionRow };
