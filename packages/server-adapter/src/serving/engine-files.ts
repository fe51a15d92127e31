/**
 * What a training leaves behind: the engine's own files, and beside them what the server answers from without an engine -
 * the public snapshot for browsers, and the baskets that evidence for any pair is counted in.
 */
import {
  InvalidFile,
  loadEngine,
  saveEngine,
  type Engine,
  type EngineFiles,
  type LoadOptions,
} from "@basketlift/engine";
import { readShard, type PublicSnapshot } from "@basketlift/engine/snapshot";
import { readSafetensors, writeSafetensors } from "@basketlift/engine/files";
import type { Incidence } from "@basketlift/engine/matrix";
import { z } from "zod";

/** Everything that is published together. */
export interface TrainedEngine {
  readonly engine: Engine;
  readonly snapshot: PublicSnapshot;
  /** Orders x products: what affinities were found in. */
  readonly baskets: Incidence;
  /** Milliseconds since 1970 at which the catalogue was read: later changes are not in the files. */
  readonly readAt: number;
}

/** Name of the file that holds the public snapshot. */
export const snapshotName = "public-snapshot.json";
const basketsName = "baskets.safetensors";
const noteName = "training.json";

const note = z.object({ readAt: z.number() });
const snapshotFile = z.object({
  version: z.string(),
  minimumClient: z.int(),
  shards: z.array(z.object({ name: z.string().regex(/^[0-9a-f]+$/), content: z.string() })),
});

/** @returns contents by file name */
export function writeEngineFiles({ engine, snapshot, baskets, readAt }: TrainedEngine): EngineFiles {
  const { version, minimumClient, shards } = snapshot;
  const readable = shards.map(({ name, content }) => ({ name, content: new TextDecoder().decode(content) }));
  return new Map([
    ...saveEngine(engine),
    [snapshotName, json({ version, minimumClient, shards: readable })],
    [basketsName, writeSafetensors({ offsets: baskets.offsets, indices: baskets.indices })],
    [noteName, json({ readAt })],
  ]);
}

/** @throws InvalidFile when a file is missing, damaged or written by a newer version */
export async function readEngineFiles(files: EngineFiles, options: LoadOptions): Promise<TrainedEngine> {
  const engine = await loadEngine(files, options);
  return {
    engine,
    snapshot: readSnapshot(files),
    baskets: readBaskets(files, engine.affinities.productBaskets.length),
    readAt: parse(noteName, note, files).readAt,
  };
}

/**
 * The public snapshot among an engine's files.
 * @throws InvalidFile when it is missing or damaged
 */
export function readSnapshot(files: EngineFiles): PublicSnapshot {
  const { version, minimumClient, shards } = parse(snapshotName, snapshotFile, files);
  const contents = shards.map(({ name, content }) => {
    // The allow-list holds on the way out too: what was written by whatever version is checked again.
    readShard(JSON.parse(content));
    return { name, content: new TextEncoder().encode(content) };
  });
  return { version, minimumClient, shards: contents };
}

function readBaskets(files: EngineFiles, columns: number): Incidence {
  const { tensors } = readSafetensors(required(files, basketsName));
  const offsets = tensors.get("offsets")?.data;
  const indices = tensors.get("indices")?.data;
  if (!(offsets instanceof Uint32Array) || !(indices instanceof Uint32Array) || offsets.at(-1) !== indices.length) {
    throw new InvalidFile(`${basketsName} is damaged. Train again.`);
  }
  return { rows: offsets.length - 1, columns, offsets, indices };
}

function parse<Schema extends z.ZodType>(name: string, schema: Schema, files: EngineFiles): z.output<Schema> {
  const result = schema.safeParse(JSON.parse(new TextDecoder().decode(required(files, name))));
  if (!result.success) throw new InvalidFile(`${name} is not of this version. Train again.`);
  return result.data;
}

function required(files: EngineFiles, name: string): Uint8Array {
  const bytes = files.get(name);
  if (!bytes) throw new InvalidFile(`The engine's file "${name}" is missing. Train again.`);
  return bytes;
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
