/**
 * The public snapshot: a compact model that browsers re-rank with. Cut into shards by product, each named by its
 * content, small enough that one page's products cost little. Holds nothing but product ids and ratios (`shard.ts`).
 */
import type { Affinities } from "../association/index.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { InvalidOption, requireInteger } from "../errors.ts";
import type { TrainingControls } from "../models/training.ts";
import { publicTransitions, type SnapshotEvidence, type TransitionRow } from "./public-transitions.ts";
import { readShard, shardFormat, shardOf, type SnapshotShard } from "./shard.ts";

export interface PublicSnapshotOptions extends TrainingControls {
  /** Different people that must stand behind a transition: visitors or buyers. At least 2. */
  readonly minimumVisitors?: number;
  /** Products that may follow one product. */
  readonly perProduct?: number;
  /** Bytes that a page may load: manifest and the shards of its session's products. */
  readonly pageBudget?: number;
  /** Products of the session that a page re-ranks by. */
  readonly sessionProducts?: number;
}

/** One file of the snapshot. */
export interface SnapshotFile {
  /** Named by its content: may be cached for ever. */
  readonly name: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** Shard `shardOf(productId, shards.length)` holds a product. */
export interface PublicSnapshot {
  /** The same for the same content. */
  readonly version: string;
  /** Clients that understand less must not use it. */
  readonly minimumClient: number;
  readonly shards: readonly SnapshotFile[];
}

/** A page that needs more shards than this would spend its bytes on the manifest. */
const largestShardCount = 256;
/** Bytes of the manifest without shards, and of one shard's line with its address. */
const manifestHead = 300;
const manifestLine = 100;

/**
 * @param engine the trained engine: its catalogue's ids and its affinities are used, nothing else
 * @param evidence what people did, bots removed
 * @throws InvalidOption when `minimumVisitors` is below 2 or another option is no positive integer
 * @example
 * const snapshot = await createPublicSnapshot(engine, { orders, sessions });
 * for (const { name, content } of snapshot.shards) await store(name, content);
 */
export async function createPublicSnapshot(
  { catalogue, affinities }: { readonly catalogue: Catalogue; readonly affinities: Affinities },
  evidence: SnapshotEvidence,
  {
    minimumVisitors = 10,
    perProduct = 24,
    pageBudget = 40_000,
    sessionProducts = 8,
    ...controls
  }: PublicSnapshotOptions = {},
): Promise<PublicSnapshot> {
  requireInteger("minimumVisitors", minimumVisitors, 2);
  requireInteger("perProduct", perProduct, 1);
  requireInteger("pageBudget", pageBudget, 1000);
  requireInteger("sessionProducts", sessionProducts, 1);
  const rows = await publicTransitions(affinities, evidence, minimumVisitors, controls);
  const contents = fitting(rows, catalogue, { perProduct, pageBudget, sessionProducts });
  const shards = await Promise.all(contents.map(async (content) => ({ name: await nameOf(content), content })));
  const version = await nameOf(new TextEncoder().encode(shards.map(({ name }) => name).join("\n")));
  return { version, minimumClient: shardFormat, shards };
}

interface Budget {
  readonly perProduct: number;
  readonly pageBudget: number;
  readonly sessionProducts: number;
}

/** Followers a product keeps at least before whole products are dropped. */
const fewestFollowers = 6;

/** The most that fits: first fewer followers a product, then only the products that most people stand behind. */
function fitting(
  rows: readonly TransitionRow[],
  catalogue: Catalogue,
  { perProduct, pageBudget, sessionProducts }: Budget,
): Uint8Array<ArrayBuffer>[] {
  const byBacking = rows.toSorted((a, b) => b.backing - a.backing || a.from - b.from);
  let kept = rows.length;
  let followers = perProduct;
  for (;;) {
    const contents = cutBest(byBacking.slice(0, kept), catalogue, followers, sessionProducts);
    if (pageBytes(contents, sessionProducts) <= pageBudget) return contents;
    if (kept === 0) throw new InvalidOption("pageBudget", pageBudget, "enough bytes for an empty snapshot");
    if (followers > fewestFollowers) followers = Math.max(fewestFollowers, followers >> 1);
    else kept = Math.floor(kept * 0.8);
  }
}

/** Cut into the number of shards that costs a page least: more shards are smaller, and lengthen the manifest. */
function cutBest(
  rows: readonly TransitionRow[],
  catalogue: Catalogue,
  followers: number,
  sessionProducts: number,
): Uint8Array<ArrayBuffer>[] {
  const [whole] = writeShards(rows, catalogue, followers, 1);
  const ideal = Math.sqrt((sessionProducts * whole.length) / manifestLine);
  const power = Math.min(Math.log2(largestShardCount), Math.max(0, Math.round(Math.log2(ideal))));
  return writeShards(rows, catalogue, followers, 2 ** power);
}

/** What a page loads at the worst: the manifest, and the largest shards for its session. */
function pageBytes(contents: readonly Uint8Array[], sessionProducts: number): number {
  const sizes = contents.map(({ length }) => length).sort((a, b) => b - a);
  const loaded = sizes.slice(0, sessionProducts).reduce((sum, size) => sum + size, 0);
  return manifestHead + contents.length * manifestLine + loaded;
}

function writeShards(
  rows: readonly TransitionRow[],
  { ids }: Catalogue,
  followers: number,
  shardCount: number,
): Uint8Array<ArrayBuffer>[] {
  const rowsOf: TransitionRow[][] = Array.from({ length: shardCount }, () => []);
  for (const row of rows) rowsOf[shardOf(ids.idOf(row.from), shardCount)].push(row);
  return rowsOf.map((own) => writeShard(own, (product) => ids.idOf(product), followers));
}

function writeShard(
  rows: readonly TransitionRow[],
  idOf: (product: number) => string,
  followers: number,
): Uint8Array<ArrayBuffer> {
  const places = new Map<string, number>();
  const place = (product: number): number => {
    const id = idOf(product);
    const known = places.get(id) ?? places.size;
    places.set(id, known);
    return known;
  };
  const written = rows
    .toSorted((a, b) => a.from - b.from)
    .map(({ from, transitions }) => [
      place(from),
      ...transitions.slice(0, followers).flatMap(({ to, score, relation }) => [place(to), score, relation]),
    ]);
  const shard: SnapshotShard = { format: shardFormat, ids: [...places.keys()], rows: written };
  return new TextEncoder().encode(JSON.stringify(readShard(shard)));
}

/** The first 80 bits of SHA-256, in hexadecimal digits. */
async function nameOf(content: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest.subarray(0, 10), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
