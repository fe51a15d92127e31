import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { removeLeftovers, workName } from "./leftovers.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "basketlift-left-"));
});
afterEach(() => rm(directory, { recursive: true }));

/** The name that a process which is gone by now would have given its work. */
function nameOfTheDead(): string {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  return workName("files").replace(`-${process.pid}-`, `-${pid}-`);
}

const ofAnotherMachine = "files.00000000-4711-0a1b2c3d";

describe("work that was not finished", () => {
  it("goes when its writer is gone, and stays while the writer is at it", async () => {
    const [own, dead] = [workName("files"), nameOfTheDead()];
    await mkdir(join(directory, own));
    await mkdir(join(directory, dead));
    await writeFile(join(directory, dead, "half.safetensors"), "half");
    await removeLeftovers(directory, "files");
    expect(await readdir(directory)).toEqual([own]);
  });

  it("stays when it was finished in the meantime and is in use", async () => {
    const dead = nameOfTheDead();
    await mkdir(join(directory, dead));
    await removeLeftovers(directory, "files", dead);
    expect(await readdir(directory)).toEqual([dead]);
  });

  it("of another machine on a shared disk is given a day", async () => {
    await mkdir(join(directory, ofAnotherMachine));
    await removeLeftovers(directory, "files");
    expect(await readdir(directory)).toEqual([ofAnotherMachine]);
    const theDayBeforeYesterday = new Date(Date.now() - 2 * 86_400_000);
    await utimes(join(directory, ofAnotherMachine), theDayBeforeYesterday, theDayBeforeYesterday);
    await removeLeftovers(directory, "files");
    expect(await readdir(directory)).toEqual([]);
  });
});
