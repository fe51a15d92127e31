/** Uploaded files on their way into the database: on disk until their import is done, also over a crash. */
import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ProblemError } from "../server/problem.ts";

/** Below the system's folder for temporary files; only this user may read there. */
const uploadFolder = join(tmpdir(), "basketlift-uploads");

/** Milliseconds after which a file is nobody's: its import was tried again and given up long before. */
const longestWait = 3 * 86_400_000;

/**
 * @param fileName as the sender calls it: reports name it, so the file keeps it
 * @returns the path of the stored file
 * @throws ProblemError when nothing was sent, or whatever ended the stream
 */
export async function storeUpload(stream: ReadableStream<Uint8Array> | null, fileName: string): Promise<string> {
  const path = join(uploadFolder, randomUUID(), plainName(fileName));
  if (stream === null) throw emptyBody();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await deleteForgotten();
  try {
    await pipeline(Readable.from(stream), createWriteStream(path, { mode: 0o600 }));
    if ((await stat(path)).size === 0) throw emptyBody();
    return path;
  } catch (error) {
    await deleteUpload(path);
    throw error;
  }
}

/** Deletes a stored file. It may be gone already. */
export async function deleteUpload(path: string): Promise<void> {
  await rm(dirname(path), { recursive: true, force: true });
}

/** Files of imports that never came to an end. */
async function deleteForgotten(): Promise<void> {
  for (const name of await readdir(uploadFolder)) {
    const folder = join(uploadFolder, name);
    const changedAt = await stat(folder).then(
      ({ mtimeMs }) => mtimeMs,
      () => Infinity,
    );
    if (changedAt < Date.now() - longestWait) await rm(folder, { recursive: true, force: true });
  }
}

/** No folder, no character that a file system or a terminal takes for something else. */
function plainName(fileName: string): string {
  const name = basename(fileName.replaceAll("\\", "/")).replaceAll(/[^\p{L}\p{N}._ -]/gu, "_");
  return name === "" || name.startsWith(".") ? "upload" : name.slice(-100);
}

function emptyBody(): ProblemError {
  return new ProblemError("invalid-request", "The body must be the file; it was empty.");
}
