import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { requireFilePlace, writeWholeFile } from "./whole-file.ts";

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "basketlift-file-"));
  path = join(directory, "report.html");
});
afterEach(() => rm(directory, { recursive: true }));

function* brokenOff(): Generator<string> {
  yield "half";
  throw new Error("the source ended badly");
}

describe("a file that is written as a whole", () => {
  it("replaces the old one", async () => {
    await writeWholeFile(path, ["old"]);
    await writeWholeFile(path, ["n", "e", "w"]);
    expect(await readFile(path, "utf8")).toBe("new");
    expect(await readdir(directory)).toEqual(["report.html"]);
  });

  it("leaves the old one alone when its making fails or is stopped", async () => {
    await writeWholeFile(path, ["old"]);
    await expect(writeWholeFile(path, brokenOff())).rejects.toThrow("ended badly");
    await expect(writeWholeFile(path, ["new"], AbortSignal.abort())).rejects.toThrow("abort");
    expect(await readFile(path, "utf8")).toBe("old");
    expect(await readdir(directory)).toEqual(["report.html"]);
  });

  it("says in words why a place cannot be written", async () => {
    await mkdir(path);
    await expect(writeWholeFile(path, ["new"])).rejects.toThrow("report.html cannot be written: it is a folder");
    await expect(requireFilePlace(path)).rejects.toThrow("it is a folder. Name a file.");
    await expect(writeWholeFile(join(directory, "no", "a.html"), [""])).rejects.toThrow("the folder does not exist");
    await expect(requireFilePlace(join(directory, "no", "a.html"))).rejects.toThrow("the folder does not exist");
    await expect(requireFilePlace(join(directory, "a.html"))).resolves.toBeUndefined();
  });

  it("is no reason to touch files of others that look alike", async () => {
    await writeFile(join(directory, "report.html.part"), "mine");
    await writeFile(join(directory, "report.html.part.txt"), "mine");
    await writeWholeFile(path, ["new"]);
    expect(await readdir(directory)).toEqual(["report.html", "report.html.part", "report.html.part.txt"]);
  });
});
