/** Small JSON files that only their owner may read. */
import { randomUUID } from "node:crypto";
import { open, readFile, rename } from "node:fs/promises";

/** Written and flushed beside the old one, then moved in: after a crash it is the old file or the new one. */
export async function writePrivateFile(path: string, content: unknown): Promise<void> {
  const part = `${path}.${randomUUID()}`;
  const file = await open(part, "wx", 0o600);
  try {
    await file.writeFile(`${JSON.stringify(content, undefined, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
}

/** @returns undefined when there is no such file */
export async function readPrivateFile(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(
      `${path} is damaged: it is not JSON. Bring it back from a backup, or remove it to have another made.`,
    );
  }
}
