/** Routes about decisions that were made: the log with its outcomes, and replay. */
import { traceOf, type Receipt } from "@basketlift/engine/decision";
import { eq } from "drizzle-orm";
import { decisions } from "../database/schema.ts";
import type { Handlers } from "../server/handler.ts";
import { pageOf, placeAt } from "../server/page.ts";
import { ProblemError } from "../server/problem.ts";
import type { Database, Services } from "../server/services.ts";
import { findDecisions, outcomesOf, receiptOf, type DecisionFilter, type StoredDecision } from "./decision-store.ts";
import { requireEngine } from "./decide.ts";

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
    const row = await requireDecision(db, id);
    const { data } = await withOutcomes(db, [row], 1);
    return data[0];
  },

  async replayDecision({ params: { id } }, services) {
    const receipt = receiptOf(await requireDecision(services.database.db, id));
    if (!receipt) return { outcome: "impossible" as const, why: "The log holds no receipt of this decision." };
    return replay(receipt, services);
  },
} satisfies Partial<Handlers>;

function replay(receipt: Receipt, services: Pick<Services, "engine">) {
  const { engine } = requireEngine(services);
  const replayed = engine.replay(receipt);
  if (replayed.outcome === "impossible") {
    const why = `The decision stands on state ${receipt.stateVersion}; the engine that serves now has ${engine.version}, because it was trained again or the catalogue changed.`;
    return { outcome: replayed.outcome, why };
  }
  const trace = traceOf(replayed.decision.steps, engine.catalogue);
  return {
    outcome: replayed.outcome,
    ...(replayed.outcome === "different" && { fields: [...replayed.fields] }),
    trace,
  };
}

async function requireDecision(db: Database, id: string): Promise<StoredDecision> {
  const [row] = await db.select().from(decisions).where(eq(decisions.id, id));
  if (!row) throw new ProblemError("not-found", `There is no decision ${id}. A new one appears within a second.`);
  return row;
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
