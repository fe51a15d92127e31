/** A copy of the serving engine in the data directory: a start without a database answers from it. */
import type { EngineFiles } from "@basketlift/engine";
import { readEngineDirectory, writeEngineDirectory } from "../storage/engine-directory.ts";

/** Which training an engine came out of. */
export interface Training {
  readonly runId: string;
  readonly trainedAt: Date;
}

/** Replaces the copy. The manifest names the run as its version. */
export function keepCopy(directory: string, { runId, trainedAt }: Training, files: EngineFiles): Promise<void> {
  return writeEngineDirectory(directory, files, { version: runId, trainedAt: trainedAt.toISOString() });
}

/** @throws InvalidFile when there is no copy, or it is damaged */
export async function readCopy(directory: string): Promise<Training & { readonly files: EngineFiles }> {
  const { manifest, files } = await readEngineDirectory(directory);
  return { runId: manifest.version, trainedAt: new Date(manifest.trainedAt), files };
}

/** @returns the files of the copy, where it is whole and of this very training */
export async function findCopy(directory: string, { runId, trainedAt }: Training): Promise<EngineFiles | undefined> {
  const copy = await readCopy(directory).catch(() => undefined);
  const isSame = copy?.runId === runId && copy.trainedAt.getTime() === trainedAt.getTime();
  return isSame ? copy.files : undefined;
}
