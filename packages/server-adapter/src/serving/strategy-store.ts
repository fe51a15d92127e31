/** The shop's strategies and placements in the database. One writer at a time, so that none is archived while another is set live. */
import { defaultPlacements, type Location, type Strategy } from "@basketlift/engine/decision";
import { eq, isNull, sql } from "drizzle-orm";
import { placements, strategies } from "../database/schema.ts";
import { bump } from "../database/versions.ts";
import { ProblemError } from "../server/problem.ts";
import type { Database } from "../server/services.ts";
import { builtInStrategy } from "./policy.ts";

export type PolicyTransaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** A strategy as it is stored. */
export interface StoredStrategy {
  readonly strategy: Strategy;
  readonly origin: "built-in" | "own";
  readonly updatedAt: Date | null;
}

/** A placement, whether or not the shop has ever changed it. */
export interface StoredPlacement {
  readonly id: Location;
  readonly strategy: string;
  readonly version: number;
  readonly updatedAt: Date | null;
}

/** More than anybody can tell apart; every state carries all of them. */
const mostStrategies = 200;

/** Others may read; who changes strategies or placements waits. Every server follows within a second. */
export async function changePolicy<Result>(
  db: Database,
  change: (transaction: PolicyTransaction) => Promise<Result>,
): Promise<Result> {
  return db.transaction(async (transaction) => {
    await transaction.execute(sql`lock table strategies in share row exclusive mode`);
    const result = await change(transaction);
    await bump(transaction, "settings");
    return result;
  });
}

/** @throws ProblemError `not-found`, also for one that is archived */
export async function requireStrategy(db: Pick<Database, "select">, id: string): Promise<StoredStrategy> {
  const builtIn = builtInStrategy(id);
  if (builtIn) return { strategy: builtIn, origin: "built-in", updatedAt: null };
  const [row] = await db.select().from(strategies).where(eq(strategies.id, id));
  if (!row) throw new ProblemError("not-found", `There is no strategy ${id}.`);
  if (row.archivedAt) throw new ProblemError("not-found", `Strategy ${id} was archived.`);
  return { strategy: { id, version: row.version, ...row.body }, origin: "own", updatedAt: row.updatedAt };
}

/** @throws ProblemError `conflict` when the id is taken, or there are too many */
export async function insertStrategy(
  transaction: PolicyTransaction,
  { id, version, ...body }: Strategy,
  now: Date,
): Promise<void> {
  const [taken] = await transaction.select().from(strategies).where(eq(strategies.id, id));
  if (taken || builtInStrategy(id)) {
    const detail = taken?.archivedAt
      ? `An archived strategy is called ${id}; reports still name it. Choose another name.`
      : `There is a strategy ${id} already. Choose another name.`;
    throw new ProblemError("conflict", detail, { errors: [{ pointer: "/id", detail }] });
  }
  if ((await transaction.$count(strategies, isNull(strategies.archivedAt))) >= mostStrategies) {
    throw new ProblemError("conflict", `A shop has at most ${mostStrategies} strategies. Archive one first.`);
  }
  await transaction.insert(strategies).values({ id, version, body, createdAt: now, updatedAt: now });
}

export async function updateStrategyRow(
  transaction: PolicyTransaction,
  { id, version, ...body }: Strategy,
  updatedAt: Date,
): Promise<void> {
  await transaction.update(strategies).set({ version, body, updatedAt }).where(eq(strategies.id, id));
}

/**
 * What a strategy says it falls back on or has beside it has to be there: the engine would pass it over in silence.
 * @throws ProblemError `unprocessable` that points at the field
 */
export async function requireReferences(
  transaction: PolicyTransaction,
  { shadow, fallbacks = [] }: Strategy,
): Promise<void> {
  const references = [
    { pointer: "/shadow", id: shadow },
    ...fallbacks.map(({ strategy: id }, index) => ({ pointer: `/fallbacks/${index}/strategy`, id })),
  ];
  for (const { pointer, id } of references) {
    if (id === undefined) continue;
    await requireStrategy(transaction, id).catch((error: unknown) => {
      if (!(error instanceof ProblemError)) throw error;
      throw new ProblemError("unprocessable", error.message, { errors: [{ pointer, detail: error.message }] });
    });
  }
}

/** @throws ProblemError `conflict` while a placement uses it, or another strategy names it */
export async function archiveStrategyRow(transaction: PolicyTransaction, id: string, archivedAt: Date): Promise<void> {
  const used = await transaction.select().from(placements).where(eq(placements.strategyId, id));
  if (used.length > 0) {
    const where = used.map((placement) => placement.id).join(", ");
    throw new ProblemError("conflict", `Strategy ${id} serves ${where}. Set another one live there first.`);
  }
  const others = await transaction.select().from(strategies).where(isNull(strategies.archivedAt));
  const naming = others.filter(({ body: { shadow, fallbacks = [] } }) =>
    [shadow, ...fallbacks.map(({ strategy }) => strategy)].includes(id),
  );
  if (naming.length > 0) {
    const which = naming.map((other) => other.id).join(", ");
    throw new ProblemError("conflict", `Strategy ${id} is the shadow or a fallback of ${which}. Change that first.`);
  }
  await transaction.update(strategies).set({ archivedAt }).where(eq(strategies.id, id));
}

/** All placements, in the order in which shoppers meet them. */
export async function loadPlacements(
  db: Pick<Database, "select">,
  ids: readonly Location[],
): Promise<readonly StoredPlacement[]> {
  const rows = new Map((await db.select().from(placements)).map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = rows.get(id);
    return row
      ? { id, strategy: row.strategyId, version: row.version, updatedAt: row.updatedAt }
      : { id, strategy: defaultPlacements[id], version: 1, updatedAt: null };
  });
}

export async function savePlacement(
  transaction: PolicyTransaction,
  { id, strategy: strategyId, version }: Omit<StoredPlacement, "updatedAt">,
  updatedAt: Date,
): Promise<void> {
  const values = { strategyId, version, updatedAt };
  await transaction
    .insert(placements)
    .values({ id, ...values })
    .onConflictDoUpdate({ target: placements.id, set: values });
}
