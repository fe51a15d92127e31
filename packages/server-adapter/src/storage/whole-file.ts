/** Files that are there in full or not at all: written beside their place and moved in at once. */
import { createWriteStream } from "node:fs";
import { access, constants, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { removeLeftovers, workName } from "./leftovers.ts";
import { UnwritablePlace, writing } from "./unwritable.ts";

/**
 * @param parts the content, piece by piece
 * @param signal stops between two pieces; the file is as it was then
 * @throws UnwritablePlace when the disk is full or the place cannot be written
 * @example
 * await writeWholeFile("report.html", [auditHtml(audit, "en-GB")]);
 */
export async function writeWholeFile(path: string, parts: Iterable<string>, signal?: AbortSignal): Promise<void> {
  const directory = dirname(path);
  const name = `${basename(path)}.part`;
  const work = join(directory, workName(name));
  await writing(path, async () => {
    await removeLeftovers(directory, name);
    try {
      await pipeline(Readable.from(parts), createWriteStream(work, { flags: "wx" }), { ...(signal && { signal }) });
      await rename(work, path);
    } finally {
      await rm(work, { force: true });
    }
  });
}

/**
 * Whether a file can be written here. To be asked before long work, so that it is not in vain.
 * @throws UnwritablePlace when it is a folder, or its folder is absent or cannot be written
 */
export async function requireFilePlace(path: string): Promise<void> {
  await writing(path, () => access(dirname(path), constants.W_OK));
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw new UnwritablePlace(path, "EISDIR");
}
