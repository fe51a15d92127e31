/**
 * Files in the database, in chunks of 1 MB that any connection can carry. A set of files is written in one transaction
 * and each file is read back whole or not at all: its length and SHA-256 are kept beside it.
 */
import { createHash } from "node:crypto";
import { and, asc, eq, like, sql } from "drizzle-orm";
import { z } from "zod";
import { blobs } from "../database/schema.ts";
import type { Database } from "../server/services.ts";

/** One file of a set, as it must come back. */
export const storedFile = z.object({ name: z.string(), bytes: z.int().nonnegative(), sha256: z.string() });
export type StoredFile = z.output<typeof storedFile>;

const chunkBytes = 2 ** 20;

/** A file is missing, or is not what was written. */
export class BlobError extends Error {
  override readonly name = "BlobError";
}

/**
 * Replaces the set: what stood under the prefix before is gone.
 * @param prefix of all names, for example `engine/<run>/`
 * @example
 * const stored = await writeBlobs(db, `engine/${runId}/`, files);
 */
export async function writeBlobs(
  db: Database,
  prefix: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<StoredFile[]> {
  await db.transaction(async (transaction) => {
    await transaction.delete(blobs).where(startsWith(prefix));
    for (const [name, bytes] of files) {
      for (let chunk = 0; chunk === 0 || chunk * chunkBytes < bytes.length; chunk++) {
        const content = bytes.subarray(chunk * chunkBytes, (chunk + 1) * chunkBytes);
        await transaction.insert(blobs).values({ name: prefix + name, chunk, content: Buffer.from(content) });
      }
    }
  });
  return Array.from(files, ([name, bytes]) => ({ name, bytes: bytes.length, sha256: sha256Of(bytes) }));
}

/**
 * @param stored as `writeBlobs` gave it
 * @throws BlobError when a file is not there or was changed
 */
export async function readBlobs(
  db: Database,
  prefix: string,
  stored: readonly StoredFile[],
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const file of stored) files.set(file.name, await readBlob(db, prefix + file.name, file));
  return files;
}

/** A chunk a query, so that no answer is long. */
async function readBlob(db: Database, name: string, { bytes, sha256 }: StoredFile): Promise<Uint8Array> {
  // Memory of its own, from its beginning: columns are views on it and want to be aligned.
  const content = new Uint8Array(bytes);
  let filled = 0;
  for (let chunk = 0; filled < bytes; chunk++) {
    const [row] = await db
      .select({ content: blobs.content })
      .from(blobs)
      .where(and(eq(blobs.name, name), eq(blobs.chunk, chunk)));
    if (!row || filled + row.content.length > bytes) throw new BlobError(`${name} is not whole in the database.`);
    content.set(row.content, filled);
    filled += row.content.length;
  }
  if (sha256Of(content) !== sha256) throw new BlobError(`${name} is not the file that was written.`);
  return content;
}

/** Removes a set. */
export async function deleteBlobs(db: Pick<Database, "delete">, prefix: string): Promise<void> {
  await db.delete(blobs).where(startsWith(prefix));
}

/** @returns names and numbers of chunks below a prefix, for people who look after the database */
export function listBlobs(db: Database, prefix: string): Promise<{ name: string; chunks: number }[]> {
  return db
    .select({ name: blobs.name, chunks: sql<number>`count(*)::integer` })
    .from(blobs)
    .where(startsWith(prefix))
    .groupBy(blobs.name)
    .orderBy(asc(blobs.name));
}

function startsWith(prefix: string) {
  return like(blobs.name, `${prefix.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
