import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readEngineDirectory, readManifest, requireEnginePlace, writeEngineDirectory } from "./engine-directory.ts";
import { workName } from "./leftovers.ts";

const facts = { version: "v1", trainedAt: "2026-01-01T00:00:00.000Z" };
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

let parent: string;
let directory: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "basketlift-engine-"));
  directory = join(parent, "engine");
});
afterEach(() => rm(parent, { recursive: true }));

describe("an engine's directory", () => {
  it("gives back exactly what was written", async () => {
    await writeEngineDirectory(directory, new Map([["a.safetensors", bytesOf("abc")]]), facts);
    const { manifest, files } = await readEngineDirectory(directory);
    expect(manifest).toMatchObject(facts);
    expect(files).toEqual(new Map([["a.safetensors", bytesOf("abc")]]));
  });

  it("is replaced as a whole, and nothing of the old one or of the work stays behind", async () => {
    await writeEngineDirectory(directory, new Map([["old.safetensors", bytesOf("old")]]), facts);
    await writeEngineDirectory(directory, new Map([["new.safetensors", bytesOf("new")]]), { ...facts, version: "v2" });
    expect((await readEngineDirectory(directory)).files).toEqual(new Map([["new.safetensors", bytesOf("new")]]));
    expect(await readdir(parent)).toEqual(["engine"]);
    expect((await readdir(directory)).toSorted()).toEqual([(await readManifest(directory)).folder, "manifest.json"]);
  });

  it("never replaces a folder that holds something else", async () => {
    await writeFile(join(parent, "notes.txt"), "mine");
    await expect(writeEngineDirectory(parent, new Map(), facts)).rejects.toThrow("holds no engine");
    expect(await readdir(parent)).toContain("notes.txt");
  });

  it("never takes another program's manifest for its own", async () => {
    await writeFile(join(parent, "manifest.json"), '{"name":"a web app"}');
    await expect(writeEngineDirectory(parent, new Map(), facts)).rejects.toThrow("holds no engine");
    await expect(requireEnginePlace(parent)).rejects.toThrow("holds no engine");
    expect(await readFile(join(parent, "manifest.json"), "utf8")).toContain("a web app");
  });

  it("may be one that a writer left when it was killed before it was done", async () => {
    await mkdir(join(directory, workName("files")), { recursive: true });
    await writeEngineDirectory(directory, new Map([["a.safetensors", bytesOf("abc")]]), facts);
    expect((await readEngineDirectory(directory)).files.size).toBe(1);
  });

  it("stays what it was when the new engine cannot be written", async () => {
    await writeEngineDirectory(directory, new Map([["a.safetensors", bytesOf("old")]]), facts);
    const unwritable = new Map([
      ["a.safetensors", bytesOf("new")],
      ["no/such/folder.safetensors", bytesOf("new")],
    ]);
    await expect(writeEngineDirectory(directory, unwritable, facts)).rejects.toThrow("cannot be written");
    expect((await readEngineDirectory(directory)).files).toEqual(new Map([["a.safetensors", bytesOf("old")]]));
    expect(await readdir(directory)).toHaveLength(2);
  });

  it("is read whole while it is replaced again and again", async () => {
    const engineOf = (text: string) => new Map(["a", "b", "c"].map((name) => [`${name}.safetensors`, bytesOf(text)]));
    await writeEngineDirectory(directory, engineOf("0"), facts);
    let writing = true;
    const writer = (async () => {
      for (let round = 1; round <= 40; round++) await writeEngineDirectory(directory, engineOf(String(round)), facts);
      writing = false;
    })();
    let reads = 0;
    while (writing) {
      const { files } = await readEngineDirectory(directory);
      const texts = new Set(Array.from(files.values(), (bytes) => new TextDecoder().decode(bytes)));
      expect(texts.size).toBe(1);
      reads++;
    }
    await writer;
    expect(reads).toBeGreaterThan(1);
    expect(await readdir(directory)).toHaveLength(2);
  });

  it("notices a file that was damaged, changed or lost, and says which and what to do", async () => {
    await writeEngineDirectory(directory, new Map([["a.safetensors", bytesOf("abc")]]), facts);
    const file = join(directory, (await readManifest(directory)).folder, "a.safetensors");
    await writeFile(file, "abd");
    await expect(readEngineDirectory(directory)).rejects.toThrow(
      /a\.safetensors is not the file that was written.*Train again/,
    );
    await rm(file);
    await expect(readEngineDirectory(directory)).rejects.toThrow(/a\.safetensors is missing/);
  });

  it("says how to make an engine where there is none", async () => {
    await expect(readEngineDirectory(directory)).rejects.toThrow("basketlift train ORDERS --output");
    await writeFile(join(parent, "manifest.json"), "rubbish");
    await expect(readEngineDirectory(parent)).rejects.toThrow("not an engine's manifest");
  });
});
