/**
 * An engine in a directory:
 *
 *     engine/manifest.json                   names the folder and the SHA-256 of each of its files
 *     engine/files.1f3a9c0e-4711-9b2d6c01/   the files
 *
 * New files go into a folder of their own; then the manifest is moved in, in one step. So readers find the old engine
 * or the new one, whenever the writer is killed, and a file that was damaged is noticed.
 */
import { createHash } from "node:crypto";
import { access, constants, mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { InvalidFile, type EngineFiles } from "@basketlift/engine";
import { removeLeftovers, workName } from "./leftovers.ts";
import { writing } from "./unwritable.ts";

/** What `manifest.json` says. */
export interface EngineManifest {
  /** Version of the engine's state, as receipts name it. */
  readonly version: string;
  /** RFC 3339. */
  readonly trainedAt: string;
  /** Name of the folder that holds the files, inside the directory. */
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

const manifestName = "manifest.json";
const folderName = "files";

/**
 * Replaces whatever engine the directory held.
 * @param facts stand in the manifest
 * @throws InvalidFile when the directory holds something else, UnwritablePlace when it cannot be written
 * @example
 * await writeEngineDirectory("./engine", saveEngine(engine), { version: engine.version, trainedAt });
 */
export async function writeEngineDirectory(
  directory: string,
  files: EngineFiles,
  facts: Pick<EngineManifest, "version" | "trainedAt">,
): Promise<void> {
  const target = resolve(directory);
  await requireEnginePlace(target);
  const folder = workName(folderName);
  await writing(directory, async () => {
    await mkdir(target, { recursive: true });
    await removeLeftovers(target, folderName, await folderInUse(target));
    await writeFiles(target, folder, files, facts);
    const replaced = await folderInUse(target);
    await rename(join(target, folder, manifestName), join(target, manifestName));
    if (replaced !== undefined) await rm(join(target, replaced), { recursive: true, force: true });
  });
}

/**
 * @throws InvalidFile when there is no engine, or a file differs from what was written
 */
export async function readEngineDirectory(
  directory: string,
): Promise<{ manifest: EngineManifest; files: EngineFiles }> {
  const manifest = await readManifest(directory);
  try {
    return { manifest, files: await readFiles(join(directory, manifest.folder), manifest) };
  } catch (error) {
    const { folder } = await readManifest(directory);
    if (folder === manifest.folder) throw error;
    return readEngineDirectory(directory); // It was replaced while it was read.
  }
}

/** @throws InvalidFile when the directory holds no engine */
export async function readManifest(directory: string): Promise<EngineManifest> {
  const path = join(directory, manifestName);
  const text = await readFile(path, "utf8").catch(() => {
    throw new InvalidFile(
      `There is no engine in ${directory}. Make one with: basketlift train ORDERS --output ${directory}`,
    );
  });
  try {
    const manifest: unknown = JSON.parse(text);
    if (isManifest(manifest)) return manifest;
  } catch {
    // Falls through to the one message for everything that is not a manifest.
  }
  throw new InvalidFile(`${path} is not an engine's manifest. Train again into another directory, or remove this one.`);
}

/**
 * Whether an engine may be written here: nothing is there yet, or an engine that can be replaced. To be asked before
 * long work, so that it is not in vain.
 * @throws InvalidFile when the directory holds something else, UnwritablePlace when it cannot be written
 */
export async function requireEnginePlace(directory: string): Promise<void> {
  const target = resolve(directory);
  const found = await stat(target).catch(() => undefined);
  if (found && !(found.isDirectory() && (await holdsEngineOrNothing(target)))) {
    throw new InvalidFile(`${target} exists and holds no engine. Choose another directory, or remove it.`);
  }
  await writing(directory, async () => access(await nearestExisting(target), constants.W_OK));
}

/** The path itself or, where it does not exist yet, the folder that its first missing part will be made in. */
export async function nearestExisting(path: string): Promise<string> {
  const exists = await stat(path).catch(() => undefined);
  return exists || path === dirname(path) ? path : nearestExisting(dirname(path));
}

/** A first writer that was killed leaves a folder of files without a manifest. */
async function holdsEngineOrNothing(directory: string): Promise<boolean> {
  return (
    (await folderInUse(directory)) !== undefined ||
    (await readdir(directory)).every((entry) => entry.startsWith(`${folderName}.`))
  );
}

async function folderInUse(directory: string): Promise<string | undefined> {
  const manifest = await readManifest(directory).catch(() => undefined);
  return manifest?.folder;
}

/** All files and the manifest, or nothing. */
async function writeFiles(
  target: string,
  folder: string,
  files: EngineFiles,
  facts: Pick<EngineManifest, "version" | "trainedAt">,
): Promise<void> {
  try {
    await mkdir(join(target, folder));
    for (const [name, bytes] of files) await writeDurably(join(target, folder, name), bytes);
    const manifest = `${JSON.stringify(describe(files, facts, folder), undefined, 2)}\n`;
    await writeDurably(join(target, folder, manifestName), new TextEncoder().encode(manifest));
  } catch (error) {
    await rm(join(target, folder), { recursive: true, force: true });
    await rmdir(target).catch(() => undefined); // Goes only where it is empty: where it was made for this.
    throw error;
  }
}

async function readFiles(folder: string, { files }: EngineManifest): Promise<EngineFiles> {
  const contents = new Map<string, Uint8Array>();
  for (const { name, bytes, sha256 } of files) {
    const path = join(folder, name);
    const content = await readFile(path).catch(() => {
      throw new InvalidFile(`${path} is missing. Train again.`);
    });
    if (content.length !== bytes || hashOf(content) !== sha256) {
      throw new InvalidFile(`${path} is not the file that was written: it is damaged or was changed. Train again.`);
    }
    contents.set(name, new Uint8Array(content.buffer, content.byteOffset, content.length));
  }
  return contents;
}

function describe(
  files: EngineFiles,
  facts: Pick<EngineManifest, "version" | "trainedAt">,
  folder: string,
): EngineManifest {
  return {
    ...facts,
    folder,
    files: Array.from(files, ([name, bytes]) => ({ name, bytes: bytes.length, sha256: hashOf(bytes) })),
  };
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Written and flushed: after a crash the file is whole or absent. */
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

function isManifest(value: unknown): value is EngineManifest {
  if (typeof value !== "object" || value === null) return false;
  if (!("version" in value && typeof value.version === "string" && "trainedAt" in value && "files" in value))
    return false;
  if (!("folder" in value && isName(value.folder))) return false;
  return Array.isArray(value.files) && value.files.every(isFileEntry);
}

function isFileEntry(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    isName(value.name) &&
    "bytes" in value &&
    "sha256" in value
  );
}

/** A name inside the directory, never a way out of it. */
function isName(value: unknown): boolean {
  return typeof value === "string" && /^[\w-][\w.-]*$/.test(value);
}
