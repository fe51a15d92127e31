/** What clients of a shop sent and were told, and whether its database holds exactly that. */
import type { Pool } from "pg";
import { expect } from "vitest";

/** A call that says several things at once: all of them are stored, or none. */
export type Batch = readonly string[];

export interface Ledger {
  /** Ids of events that went out together, by whether they were acknowledged. */
  readonly acknowledged: Batch[];
  /** Without an answer: they may be stored or not. */
  readonly unanswered: Set<Batch>;
  /** Order ids of each import that was accepted, by the import's id. */
  readonly imports: Map<string, readonly string[]>;
  /** Lines of every order that ever went out. */
  readonly lines: Map<string, number>;
}

export function openLedger(): Ledger {
  return { acknowledged: [], unanswered: new Set(), imports: new Map(), lines: new Map() };
}

interface ImportRow {
  readonly id: string;
  readonly status: string;
  readonly error: string | null;
}

/**
 * Whether what was acknowledged is there once, and nothing is there by halves. Imports that are over have all their orders.
 * @returns the ids of imports that are not over
 */
export async function expectWhole(pool: Pool, ledger: Ledger): Promise<readonly string[]> {
  await expectEvents(pool, ledger);
  const { rows: orders } = await pool.query<{ id: string; lines: number }>(
    "select id, jsonb_array_length(lines) as lines from orders",
  );
  expect(orders.filter(({ id, lines }) => ledger.lines.get(id) !== lines)).toEqual([]);
  const stored = new Set(orders.map(({ id }) => id));
  const { rows: imports } = await pool.query<ImportRow>("select id, status, error from imports where id = any($1)", [
    [...ledger.imports.keys()],
  ]);
  expect(imports.map(({ id }) => id).toSorted()).toEqual([...ledger.imports.keys()].toSorted());
  expect(imports.filter(({ status, error }) => status === "failed" || error !== null)).toEqual([]);
  const over = imports.filter(({ status }) => status === "done");
  expect(over.flatMap(({ id }) => ledger.imports.get(id)?.filter((order) => !stored.has(order)) ?? [])).toEqual([]);
  return imports.filter(({ status }) => status !== "done").map(({ id }) => id);
}

async function expectEvents(pool: Pool, { acknowledged, unanswered }: Ledger): Promise<void> {
  const { rows } = await pool.query<{ id: string }>("select id from events");
  const stored = new Set(rows.map(({ id }) => id));
  const missing = (batch: Batch): readonly string[] => batch.filter((id) => !stored.has(id));
  expect(acknowledged.flatMap(missing)).toEqual([]);
  const halves = [...unanswered].filter((batch) => ![0, batch.length].includes(missing(batch).length));
  expect(halves).toEqual([]);
  const kept = [...unanswered].filter((batch) => missing(batch).length === 0);
  expect(stored.size).toBe([...acknowledged, ...kept].flat().length);
  // And each was counted once.
  const { rows: counted } = await pool.query<{ clicks: number }>(
    "select coalesce(sum(clicks), 0)::int as clicks from rollups",
  );
  expect(counted).toEqual([{ clicks: stored.size }]);
}
