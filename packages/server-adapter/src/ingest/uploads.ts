/**
 * Uploaded files on their way into the database. They wait below the data directory, where only its owner may look,
 * until their import is over, also over a crash. Servers that share a database share its uploads too: the file goes into
 * the database in chunks, for another server may be the one that works on it.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { and, eq, like } from "drizzle-orm";
import { blobs } from "../database/schema.ts";
import { ProblemError } from "../server/problem.ts";
import type { Database, Uploads } from "../server/services.ts";

const chunkBytes = 2 ** 20;
const sharedPrefix = "upload/";

/**
 * Uploads that wait as files: one folder for each import.
 * @param folder used by this process alone; made when something is kept
 * @example
 * const uploads = createUploads(join(dataDirectory, "uploads"));
 */
export function createUploads(folder: string): Uploads {
  const folderOf = (importId: string): string => join(folder, importId);
  const remove = (importId: string): Promise<void> => rm(folderOf(importId), { recursive: true, force: true });
  return {
    async keep(importId, stream, fileName) {
      if (stream === null) throw emptyBody();
      try {
        const path = await writeInto(folderOf(importId), plainName(fileName), stream);
        if ((await stat(path)).size === 0) throw emptyBody();
      } catch (error) {
        await remove(importId);
        throw error;
      }
    },
    async find(importId) {
      const [name] = await entriesOf(folderOf(importId));
      return name === undefined ? undefined : join(folderOf(importId), name);
    },
    remove,
    async removeAllBut(importIds) {
      for (const importId of await entriesOf(folder)) if (!importIds.has(importId)) await remove(importId);
    },
  };
}

/**
 * Uploads that wait in a database which several servers work on.
 * @param folder for the file while it comes in and while it is worked on; used by this process alone
 * @example
 * const uploads = createSharedUploads(database.db, join(dataDirectory, "uploads"));
 */
export function createSharedUploads(db: Database, folder: string): Uploads {
  const local = createUploads(folder);
  const remove = async (importId: string): Promise<void> => {
    await local.remove(importId);
    await db.delete(blobs).where(like(blobs.name, `${sharedPrefix}${importId}/%`));
  };
  return {
    async keep(importId, stream, fileName) {
      await local.keep(importId, stream, fileName);
      try {
        const path = await local.find(importId);
        if (path !== undefined) await share(db, `${sharedPrefix}${importId}/${basename(path)}`, path);
      } finally {
        await local.remove(importId);
      }
    },
    async find(importId) {
      const [first] = await db
        .select({ name: blobs.name })
        .from(blobs)
        .where(like(blobs.name, `${sharedPrefix}${importId}/%`))
        .limit(1);
      if (first === undefined) return undefined;
      // Written anew: what an earlier try left here may be half a file.
      return writeInto(join(folder, importId), basename(first.name), chunksOf(db, first.name));
    },
    remove,
    async removeAllBut(importIds) {
      await local.removeAllBut(new Set());
      const kept = await db
        .selectDistinct({ name: blobs.name })
        .from(blobs)
        .where(like(blobs.name, `${sharedPrefix}%`));
      for (const { name } of kept) {
        const importId = name.split("/")[1];
        if (!importIds.has(importId)) await remove(importId);
      }
    },
  };
}

/** @returns the path of the file; nobody but this user may read it */
async function writeInto(folder: string, name: string, content: AsyncIterable<Uint8Array>): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  await pipeline(Readable.from(content), createWriteStream(path, { mode: 0o600 }));
  return path;
}

/** All chunks or none. */
async function share(db: Database, name: string, path: string): Promise<void> {
  await db.transaction(async (transaction) => {
    let chunk = 0;
    for await (const content of createReadStream(path, { highWaterMark: chunkBytes })) {
      await transaction.insert(blobs).values({ name, chunk: chunk++, content });
    }
  });
}

async function* chunksOf(db: Database, name: string): AsyncGenerator<Uint8Array> {
  for (let chunk = 0; ; chunk++) {
    const [row] = await db
      .select({ content: blobs.content })
      .from(blobs)
      .where(and(eq(blobs.name, name), eq(blobs.chunk, chunk)));
    if (row === undefined) return;
    yield row.content;
  }
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

/** No folder, no character that a file system or a terminal takes for something else. */
function plainName(fileName: string): string {
  const name = basename(fileName.replaceAll("\\", "/")).replaceAll(/[^\p{L}\p{N}._ -]/gu, "_");
  return name === "" || name.startsWith(".") ? "upload" : name.slice(-100);
}

function emptyBody(): ProblemError {
  return new ProblemError("invalid-request", "The body must be the file; it was empty.");
}
