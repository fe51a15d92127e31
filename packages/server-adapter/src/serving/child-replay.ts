/**
 * Child decisions out of the log: what devices made of a decision, what came of each, and the re-rank done again from
 * what is known of it - the parent's products, the session, and the public snapshot of that version.
 */
import type { Receipt } from "@basketlift/engine/decision";
import { readShard, rerank, rerankVersion, type PublicSnapshot, type SnapshotShard } from "@basketlift/engine/snapshot";
import { asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { BasketliftContract } from "../contract/index.ts";
import type { RouteOutput } from "../contract/route.ts";
import { childDecisions, engines } from "../database/schema.ts";
import { trustworthy } from "../ingest/event-flaws.ts";
import type { Database, Services } from "../server/services.ts";
import { readBlobs, storedFile } from "./blobs.ts";
import { readSnapshot, snapshotName } from "./engine-files.ts";
import { retentionInWords } from "./retention.ts";
import { enginePrefix } from "./training.ts";

export type StoredChild = typeof childDecisions.$inferSelect;
export type PublicChild = RouteOutput<BasketliftContract["getDecision"]>["children"][number];
type ReplayAnswer = RouteOutput<BasketliftContract["replayDecision"]>;

const propensities = {
  own: "none",
  note: "The device ordered the parent's products by its session and without chance. That these products were shown has the parent's propensities; that they stood in this order has none, so it tells nothing about other orders.",
} as const;

export async function findChild(db: Database, id: string): Promise<StoredChild | undefined> {
  const [child] = await db.select().from(childDecisions).where(eq(childDecisions.id, id));
  return child;
}

/** What devices made of a decision, in the order it was first told of. */
export async function presentChildren(db: Database, parent: Receipt): Promise<PublicChild[]> {
  const children = await db
    .select()
    .from(childDecisions)
    .where(eq(childDecisions.parentId, parent.decisionId))
    .orderBy(asc(childDecisions.seenAt), asc(childDecisions.id));
  if (children.length === 0) return [];
  const outcomes = await outcomesOfChildren(db, parent.decisionId);
  return children.map(({ id, seenAt, products, ...child }) => ({
    id,
    ...child,
    session: [...child.session],
    seenAt: seenAt.toISOString(),
    slate: slateOf(products, parent),
    propensities,
    outcomes: outcomes.get(id) ?? { impressions: 0, clicks: 0, addToCarts: 0 },
  }));
}

function slateOf(products: readonly string[], { slate }: Receipt): PublicChild["slate"] {
  return products.flatMap((productId) => {
    const decidedPosition = slate.findIndex((item) => item.productId === productId);
    return decidedPosition < 0 ? [] : [{ productId, variantId: slate[decidedPosition].variantId, decidedPosition }];
  });
}

async function outcomesOfChildren(
  db: Database,
  parentId: string,
): Promise<ReadonlyMap<string, PublicChild["outcomes"]>> {
  const { rows } = await db.execute<{ id: string; impressions: number; clicks: number; addToCarts: number }>(sql`
    select event.child_decision_id as id,
      count(*) filter (where event.kind = 'impression')::integer as impressions,
      count(*) filter (where event.kind = 'click')::integer as clicks,
      count(*) filter (where event.kind = 'add-to-cart')::integer as "addToCarts"
    from events event
    where event.decision_id = ${parentId} and event.child_decision_id is not null
      and ${sql.raw(trustworthy("event"))}
    group by 1`);
  return new Map(rows.map(({ id, ...outcomes }) => [id, outcomes]));
}

/** Re-ranks again and compares: the same id and the same order, or not. */
export async function replayChild(
  child: StoredChild,
  parent: Receipt,
  services: Pick<Services, "database" | "engine">,
): Promise<ReplayAnswer> {
  if (child.rerankVersion !== rerankVersion) {
    const why = `The device re-ranked in way ${child.rerankVersion}; this server knows way ${rerankVersion}.`;
    return { outcome: "impossible", why };
  }
  const snapshot = await findSnapshot(child.snapshotVersion, services);
  if (!snapshot) {
    const why = `Snapshot ${child.snapshotVersion}, which the device ranked with, is gone. ${retentionInWords}`;
    return { outcome: "impossible", why };
  }
  const again = rerankAgain(child, parent, snapshot);
  const fields = [
    ...(again.decisionId === child.id ? [] : ["id"]),
    ...(again.items.every(({ productId }, place) => productId === child.products[place]) ? [] : ["slate"]),
  ];
  return {
    outcome: fields.length === 0 ? "identical" : "different",
    ...(fields.length > 0 && { fields }),
    reranked: again.items.map(({ productId, decidedPosition, because = null }) => ({
      productId,
      decidedPosition,
      because,
    })),
  };
}

function rerankAgain(
  { session, products, ...child }: StoredChild,
  { decisionId, slate }: Receipt,
  snapshot: PublicSnapshot,
) {
  const shown = new Set(products);
  const shards: SnapshotShard[] = snapshot.shards.map(({ content }) =>
    readShard(JSON.parse(new TextDecoder().decode(content))),
  );
  return rerank(
    {
      parentId: decisionId,
      snapshotVersion: child.snapshotVersion,
      shards,
      session,
      slate: slate.flatMap(({ productId, variantId }, decidedPosition) =>
        // Price and stock say nothing about the order.
        shown.has(productId)
          ? [{ productId, variantId, decidedPosition, price: 0, availability: "in-stock" as const }]
          : [],
      ),
    },
    { sessionProducts: session.length },
  );
}

async function findSnapshot(
  version: string,
  { database: { db }, engine }: Pick<Services, "database" | "engine">,
): Promise<PublicSnapshot | undefined> {
  const serving = engine.current()?.snapshot;
  if (serving?.version === version) return serving;
  const [row] = await db.select().from(engines).where(eq(engines.snapshotVersion, version)).limit(1);
  if (!row) return undefined;
  const stored = z
    .array(storedFile)
    .parse(row.files)
    .filter(({ name }) => name === snapshotName);
  return readSnapshot(await readBlobs(db, enginePrefix(row.runId), stored));
}
