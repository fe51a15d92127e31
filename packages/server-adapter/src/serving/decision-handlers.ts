/** Routes about decisions that were made: the log with its outcomes, and replay. */
import { traceOf, type Receipt } from "@basketlift/engine/decision";
import { eq } from "drizzle-orm";
import type { BasketliftContract } from "../contract/index.ts";
import type { RouteOutput } from "../contract/route.ts";
import { decisions } from "../database/schema.ts";
import type { Handlers } from "../server/handler.ts";
import { pageOf, placeAt } from "../server/page.ts";
import { ProblemError } from "../server/problem.ts";
import type { Database, Services } from "../server/services.ts";
import { findDecisions, outcomesOf, receiptOf, type DecisionFilter, type StoredDecision } from "./decision-store.ts";
import { findChild, presentChildren, replayChild, type StoredChild } from "./child-replay.ts";
import { retentionInWords } from "./retention.ts";

const noOutcomes = { impressions: 0, clicks: 0, addToCarts: 0, purchases: 0 };

export const decisionHandlers = {
  async listDecisions({ query: { limit, cursor, from, until, ...filter } }, { database: { db } }) {
    const wanted: DecisionFilter = {
      ...filter,
      from: from === undefined ? undefined : new Date(from),
      until: until === undefined ? undefined : new Date(until),
      after: cursor === undefined ? undefined : placeAt(cursor, ["number", "string"]),
    };
    const rows = await findDecisions(db, wanted, limit + 1);
    return withOutcomes(db, rows, limit);
  },

  async getDecision({ params: { id } }, { database: { db } }) {
    const { row } = await requireDecision(db, id);
    const { data } = await withOutcomes(db, [row], 1);
    const receipt = receiptOf(row);
    return { ...data[0], children: receipt ? await presentChildren(db, receipt) : [] };
  },

  replayDecision: ({ params: { id } }, services) => replayLogged(id, services),
} satisfies Partial<Handlers>;

type ReplayAnswer = RouteOutput<BasketliftContract["replayDecision"]>;

/**
 * Decides again what the log holds: a decision, or a child of one. A child's trace is its parent's, for that is where
 * its products come from.
 * @throws ProblemError `not-found`
 */
export async function replayLogged(id: string, services: Pick<Services, "database" | "engine">): Promise<ReplayAnswer> {
  const { row, child } = await requireDecision(services.database.db, id);
  const receipt = receiptOf(row);
  if (!receipt) return { outcome: "impossible", why: "The log holds no receipt of this decision." };
  const replayed = await replayReceipt(receipt, services);
  if (!child) return replayed;
  const reranked = await replayChild(child, receipt, services);
  return { ...reranked, ...("trace" in replayed && { trace: replayed.trace }) };
}

async function replayReceipt(receipt: Receipt, { engine: engines }: Pick<Services, "engine">): Promise<ReplayAnswer> {
  const engine = await engines.at(receipt.stateVersion);
  if (!engine) {
    const why = `State ${receipt.stateVersion}, which the decision stands on, is gone. ${retentionInWords}`;
    return { outcome: "impossible", why };
  }
  const replayed = engine.replay(receipt);
  if (replayed.outcome === "impossible") return replayed;
  return {
    outcome: replayed.outcome,
    ...(replayed.outcome === "different" && { fields: [...replayed.fields] }),
    trace: traceOf(replayed.decision.steps, engine.catalogue),
  };
}

/** @returns the decision of that id; of a child decision, its parent with it */
async function requireDecision(
  db: Database,
  id: string,
): Promise<{ readonly row: StoredDecision; readonly child?: StoredChild | undefined }> {
  const [row] = await db.select().from(decisions).where(eq(decisions.id, id));
  if (row) return { row };
  const child = await findChild(db, id);
  const [parent] = child ? await db.select().from(decisions).where(eq(decisions.id, child.parentId)) : [];
  if (parent) return { row: parent, child };
  throw new ProblemError("not-found", `There is no decision ${id}. A new one appears within a second.`);
}

async function withOutcomes(db: Database, rows: readonly StoredDecision[], limit: number) {
  const outcomes = await outcomesOf(
    db,
    rows.slice(0, limit).map(({ id }) => id),
  );
  return pageOf(
    rows,
    limit,
    ({ decidedAt, id }) => [decidedAt.getTime(), id],
    (row) => ({
      id: row.id,
      decidedAt: row.decidedAt.toISOString(),
      placement: row.placement,
      strategy: { id: row.strategyId, version: row.strategyVersion },
      status: row.status,
      arm: row.arm,
      stateVersion: row.stateVersion,
      visitorId: row.visitorId,
      sessionId: row.sessionId,
      customerId: row.customerId,
      slate: (receiptOf(row)?.slate ?? []).map((item) => ({ ...item })),
      outcomes: outcomes.get(row.id) ?? noOutcomes,
    }),
  );
}
