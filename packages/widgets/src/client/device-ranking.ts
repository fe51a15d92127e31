/**
 * The re-rank on the device: the engine's own code puts a slate that was served before into a new order, by what the
 * shopper looked at since. It stands on the shop's public snapshot, whose pieces a browser keeps for good, so that a
 * row can change without asking anybody. Loaded only when there is something to re-rank.
 */
import { readShard, rerank, rerankVersion, shardOf, type SnapshotShard } from "@basketlift/engine/snapshot";
import type { AnsweredRecommendation } from "./answer.ts";
import type { Transport } from "./transport.ts";

/** What this client understands of a snapshot. */
const clientVersion = 1;
/** Products of the session's end that count: each may cost one shard. */
const sessionProducts = 8;
const timeout = 3_000;

interface Manifest {
  readonly version: string;
  readonly minimumClient: number;
  /** RFC 3339. */
  readonly expiresAt: string;
  readonly kill: boolean;
  readonly shards: readonly { readonly url: string }[];
}

export interface DeviceRanking {
  /**
   * @param session products looked at, oldest first
   * @returns a child decision of `parent`; undefined when the shop has no snapshot to stand on, or it says nothing here
   */
  rerank(parent: AnsweredRecommendation, session: readonly string[]): Promise<AnsweredRecommendation | undefined>;
}

/** @param now milliseconds since 1970, against which the snapshot may have expired */
export function createDeviceRanking(transport: Transport, now: () => number): DeviceRanking {
  let manifest: Promise<Manifest | undefined> | undefined;
  const shards = new Map<number, Promise<SnapshotShard>>();

  function loadManifest(): Promise<Manifest | undefined> {
    manifest ??= transport.get("/recommendations/snapshot", { timeout }).then(readManifest);
    return manifest;
  }

  function loadShard(place: number, url: string): Promise<SnapshotShard> {
    const known = shards.get(place) ?? transport.getFile(url, { timeout }).then(readShard);
    shards.set(place, known);
    return known;
  }

  return {
    async rerank(parent, session) {
      const known = await loadManifest();
      if (!known || !isUsable(known, now())) return undefined;
      const recent = session.slice(-sessionProducts);
      const needed = new Set(recent.map((productId) => shardOf(productId, known.shards.length)));
      const loaded: (SnapshotShard | undefined)[] = known.shards.map(() => undefined);
      await Promise.all(
        Array.from(needed, async (place) => (loaded[place] = await loadShard(place, known.shards[place].url))),
      );
      const child = rerank(
        {
          parentId: parent.receipt.decisionId,
          snapshotVersion: known.version,
          shards: loaded,
          session: recent,
          slate: parent.items,
        },
        { sessionProducts },
      );
      if (!child.items.some(({ because }) => because !== undefined)) return undefined;
      return {
        ...parent,
        id: child.decisionId,
        receipt: { decisionId: child.decisionId },
        reranked: { parentId: child.parentId, snapshotVersion: known.version, rerankVersion, session: recent },
        items: child.items.map(({ propensity: _propensity, because: _because, ...item }, position) => ({
          ...item,
          position,
        })),
      };
    },
  };
}

function isUsable({ kill, minimumClient, expiresAt, shards }: Manifest, now: number): boolean {
  return !kill && minimumClient <= clientVersion && Date.parse(expiresAt) > now && shards.length > 0;
}

function readManifest(value: unknown): Manifest | undefined {
  return isManifest(value) ? value : undefined;
}

function isManifest(value: unknown): value is Manifest {
  return (
    typeof value === "object" &&
    value !== null &&
    "version" in value &&
    typeof value.version === "string" &&
    "minimumClient" in value &&
    typeof value.minimumClient === "number" &&
    "expiresAt" in value &&
    typeof value.expiresAt === "string" &&
    "kill" in value &&
    typeof value.kill === "boolean" &&
    "shards" in value &&
    Array.isArray(value.shards) &&
    value.shards.every((shard: unknown) => typeof shard === "object" && shard !== null && "url" in shard)
  );
}
