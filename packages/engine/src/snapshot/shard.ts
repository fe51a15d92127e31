/**
 * What a browser may know, as a schema that lists everything allowed and refuses all else. Used when a shard is written
 * and again when one is read: a field that is not named here cannot leave the shop by accident.
 */
import { InvalidFile } from "../errors.ts";
import { murmur3 } from "../random/hash.ts";

/** Changes when older clients can no longer read a shard. */
export const shardFormat = 1;

/** How a product came to stand behind another one. */
export const relation = { seenNext: 0, boughtTogether: 1 } as const;

/** Some products and what follows them. Holds ids of products, 8-bit ratios within one row, and nothing else. */
export interface SnapshotShard {
  readonly format: typeof shardFormat;
  /** Ids of all products named below. */
  readonly ids: readonly string[];
  /**
   * A row a product: its place in `ids`, then for each product that follows it three numbers: place in `ids`, score
   * from 1 to 255 relative to the best of the row, code of `relation`. Best first.
   */
  readonly rows: readonly (readonly number[])[];
}

/** One product that follows another. */
export interface PublicTransition {
  readonly productId: string;
  /** From 1/255 to 1, relative to the best of its row. */
  readonly score: number;
  /** Code of `relation`. */
  readonly relation: number;
}

/**
 * @returns which shard holds a product, from 0
 * @example
 * const { name } = snapshot.shards[shardOf("mug", snapshot.shards.length)];
 */
export function shardOf(productId: string, shardCount: number): number {
  return murmur3(productId) % shardCount;
}

const shardKeys: ReadonlySet<string> = new Set(["format", "ids", "rows"]);

/**
 * Checks what came from a file or a network.
 * @throws InvalidFile for anything but a shard with exactly the allowed fields
 * @example
 * const shard = readShard(await response.json());
 */
export function readShard(value: unknown): SnapshotShard {
  if (!isRecord(value) || value["format"] !== shardFormat) {
    throw new InvalidFile(`A snapshot shard of format ${shardFormat} is needed. Load the snapshot again.`);
  }
  const strange = Object.keys(value).find((key) => !shardKeys.has(key));
  if (strange !== undefined) throw new InvalidFile(`A public shard may not hold "${strange}".`);
  const { ids, rows } = value;
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === "string")) {
    throw new InvalidFile("The ids of a snapshot shard must be texts.");
  }
  if (!Array.isArray(rows) || !rows.every((row) => isRow(row, ids.length))) {
    throw new InvalidFile("A row of the snapshot shard is damaged. Load the snapshot again.");
  }
  return { format: shardFormat, ids, rows };
}

/**
 * @returns what follows a product, best first; empty where the shard says nothing about it
 * @example
 * transitionsOf(shard, "mug"); // [{ productId: "teapot", score: 1, relation: relation.boughtTogether }]
 */
export function transitionsOf({ ids, rows }: SnapshotShard, productId: string): PublicTransition[] {
  const row = rows.find(([product]) => ids[product] === productId) ?? [];
  const transitions: PublicTransition[] = [];
  for (let i = 1; i < row.length; i += 3) {
    transitions.push({ productId: ids[row[i]], score: row[i + 1] / 255, relation: row[i + 2] });
  }
  return transitions;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isRow(row: unknown, idCount: number): row is readonly number[] {
  if (!Array.isArray(row) || row.length % 3 !== 1) return false;
  const bounds = [idCount, 256, 2];
  return row.every(
    (entry, i) => Number.isInteger(entry) && entry >= 0 && entry < (i === 0 ? idCount : bounds[(i - 1) % 3]),
  );
}
