import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readEngineDirectory, writeEngineDirectory } from "./engine-directory.ts";

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
  });

  it("never replaces a folder that holds something else", async () => {
    await writeFile(join(parent, "notes.txt"), "mine");
    await expect(writeEngineDirectory(parent, new Map(), facts)).rejects.toThrow("holds no engine");
    expect(await readdir(parent)).toContain("notes.txt");
  });

  it("notices a file that was damaged, changed or lost, and says which and what to do", async () => {
    await writeEngineDirectory(directory, new Map([["a.safetensors", bytesOf("abc")]]), facts);
    await writeFile(join(directory, "a.safetensors"), "abd");
    await expect(readEngineDirectory(directory)).rejects.toThrow(
      /a\.safetensors is not the file that was written.*Train again/,
    );
    await rm(join(directory, "a.safetensors"));
    await expect(readEngineDirectory(directory)).rejects.toThrow(/a\.safetensors is missing/);
  });

  it("says how to make an engine where there is none", async () => {
    await expect(readEngineDirectory(directory)).rejects.toThrow("basketlift train ORDERS --output");
    await writeFile(join(parent, "manifest.json"), "rubbish");
    await expect(readEngineDirectory(parent)).rejects.toThrow("not an engine's manifest");
  });
});
