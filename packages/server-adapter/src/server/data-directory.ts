/** What lies where in a server's data directory. */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";

export interface DataDirectory {
  readonly path: string;
  /** Of the embedded database. */
  readonly database: string;
  /** Copy of the serving engine, for a start without a database. */
  readonly engine: string;
  /** Uploaded files, while they come in and until their import is over. */
  readonly uploads: string;
  /** What was saved before a migration. */
  readonly backups: string;
  /** Secrets of the server. */
  readonly secrets: string;
  /** API keys that the server made for the example shop. */
  readonly exampleKeys: string;
}

/** Makes the directory where it is missing; only its owner may look inside. */
export async function openDataDirectory(path: string): Promise<DataDirectory> {
  const directory = dataDirectoryAt(path);
  await mkdir(directory.backups, { recursive: true, mode: 0o700 });
  return directory;
}

export function dataDirectoryAt(path: string): DataDirectory {
  const inside = (name: string): string => join(resolve(path), name);
  return {
    path: resolve(path),
    database: inside("database"),
    engine: inside("engine"),
    uploads: inside("uploads"),
    backups: inside("backups"),
    secrets: inside("secrets.json"),
    exampleKeys: inside("example-keys.json"),
  };
}
