/**
 * Names for what is not finished yet. A process that is killed cannot tidy up, so the name tells whose work it is, and
 * whoever writes next to it removes the work of processes that are gone.
 */
import { createHash, randomUUID } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

const host = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);

/** Work of another machine on a shared disk: whether it goes on cannot be asked, but after a day it does not. */
const patience = 24 * 3_600_000;

/**
 * @param name what the work belongs to
 * @returns a name that no other writer uses
 */
export function workName(name: string): string {
  return `${name}.${host}-${process.pid}-${randomUUID().slice(0, 8)}`;
}

/**
 * Removes unfinished work of writers that are gone.
 * @param name what the work belongs to, as `workName` was given it
 * @param keep a name that stays, for example because it is finished and in use
 */
export async function removeLeftovers(directory: string, name: string, keep?: string): Promise<void> {
  for (const entry of await readdir(directory).catch(() => [])) {
    if (entry === keep || !entry.startsWith(`${name}.`)) continue;
    const writer = /^\.([0-9a-f]{8})-(\d+)-[0-9a-f]{8}$/.exec(entry.slice(name.length));
    if (writer && (await isAbandoned(join(directory, entry), writer[1], Number(writer[2]))))
      await rm(join(directory, entry), { recursive: true, force: true });
  }
}

async function isAbandoned(path: string, writersHost: string, pid: number): Promise<boolean> {
  if (writersHost === host) return !isRunning(pid);
  const changed = await stat(path).catch(() => undefined);
  return changed !== undefined && Date.now() - changed.mtimeMs > patience;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be signalled, but it is there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
