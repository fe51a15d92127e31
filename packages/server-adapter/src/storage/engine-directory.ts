/**
 * An engine's files in a directory. They are written beside it and moved in at once, each with its SHA-256 in a
 * manifest, so that a reader never sees half an engine and a damaged file is noticed.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { InvalidFile, type EngineFiles } from "@basketlift/engine";

/** What `manifest.json` says. */
export interface EngineManifest {
  /** Version of the engine's state, as receipts name it. */
  readonly version: string;
  /** RFC 3339. */
  readonly trainedAt: string;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

const manifestName = "manifest.json";

/**
 * Replaces whatever engine the directory held.
 * @param facts stand in the manifest
 * @example
 * await writeEngineDirectory("./engine", saveEngine(engine), { version: engine.version, trainedAt });
 */
export async function writeEngineDirectory(
  directory: string,
  files: EngineFiles,
  facts: Pick<EngineManifest, "version" | "trainedAt">,
): Promise<void> {
  const target = resolve(directory);
  const suffix = randomUUID().slice(0, 8);
  const fresh = `${target}.new-${suffix}`;
  const replaced = `${target}.old-${suffix}`;
  await requireReplaceable(target);
  await mkdir(dirname(target), { recursive: true });
  await mkdir(fresh);
  try {
    for (const [name, bytes] of files) await writeDurably(join(fresh, name), bytes);
    const manifest = new TextEncoder().encode(`${JSON.stringify(describe(files, facts), undefined, 2)}\n`);
    await writeDurably(join(fresh, manifestName), manifest);
    const hadOne = await moveAway(target, replaced);
    await rename(fresh, target);
    if (hadOne) await rm(replaced, { recursive: true });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/**
 * @throws InvalidFile when there is no engine, or a file differs from what was written
 */
export async function readEngineDirectory(
  directory: string,
): Promise<{ manifest: EngineManifest; files: EngineFiles }> {
  const manifest = await readManifest(directory);
  const files = new Map<string, Uint8Array>();
  for (const { name, bytes, sha256 } of manifest.files) {
    const path = join(directory, name);
    const content = await readFile(path).catch(() => {
      throw new InvalidFile(`${path} is missing. Train again.`);
    });
    if (content.length !== bytes || hashOf(content) !== sha256) {
      throw new InvalidFile(`${path} is not the file that was written: it is damaged or was changed. Train again.`);
    }
    files.set(name, new Uint8Array(content.buffer, content.byteOffset, content.length));
  }
  return { manifest, files };
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
  throw new InvalidFile(`${path} is not an engine's manifest. Train again.`);
}

/** A directory that holds something else than an engine is never replaced. */
async function requireReplaceable(target: string): Promise<void> {
  const exists = await stat(target).catch(() => undefined);
  if (!exists) return;
  const isEngine = await stat(join(target, manifestName)).catch(() => undefined);
  if (!isEngine) throw new InvalidFile(`${target} exists and holds no engine. Choose another --output, or remove it.`);
}

function describe(files: EngineFiles, facts: Pick<EngineManifest, "version" | "trainedAt">): EngineManifest {
  return {
    ...facts,
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

async function moveAway(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

function isManifest(value: unknown): value is EngineManifest {
  if (typeof value !== "object" || value === null) return false;
  if (!("version" in value && typeof value.version === "string" && "trainedAt" in value && "files" in value))
    return false;
  return Array.isArray(value.files) && value.files.every(isFileEntry);
}

function isFileEntry(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    typeof value.name === "string" &&
    /^[\w.-]+$/.test(value.name) &&
    "bytes" in value &&
    "sha256" in value
  );
}
