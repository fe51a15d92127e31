import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryPath } from "../../test/temporary-file.ts";
import { DataDirectoryInUse, lockDataDirectory } from "./lock.ts";

const program = fileURLToPath(new URL("../../test/programs/hold-lock.ts", import.meta.url));

/** Another process that tries to lock; what it says first. */
async function otherProcess(
  directory: string,
  before: readonly string[] = [],
): Promise<{ child: ChildProcess; says: string }> {
  const [command, ...args] = [...before, process.execPath, "-C", "source", program, directory];
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [says] = await once(createInterface({ input: child.stdout }), "line");
  return { child, says };
}

const canUnshare = spawnSync("unshare", ["-n", "true"]).status === 0;

describe("a data directory", () => {
  it("has one server: the second is told the pid of the first", async () => {
    const directory = await temporaryPath("data");
    const { child, says } = await otherProcess(directory);
    expect(says).toBe("locked");
    const attempt = lockDataDirectory(directory);
    await expect(attempt).rejects.toThrow(DataDirectoryInUse);
    await expect(attempt).rejects.toThrow(new RegExp(`in use by process ${child.pid}\\.`));
  });

  it("is free again when its server was killed", async () => {
    const directory = await temporaryPath("data");
    const { child } = await otherProcess(directory);
    child.kill("SIGKILL");
    await once(child, "exit");
    const lock = await lockDataDirectory(directory);
    await expect(lockDataDirectory(directory)).rejects.toThrow(`in use by process ${process.pid}`);
    await lock.release();
  });

  it("is free again after a release, also for this process", async () => {
    const directory = await temporaryPath("data");
    for (let round = 0; round < 2; round++) {
      const lock = await lockDataDirectory(directory);
      await expect(lockDataDirectory(directory)).rejects.toThrow(`in use by process ${process.pid}`);
      await lock.release();
      await lock.release();
    }
  });

  it.skipIf(!canUnshare)("is seen as locked from another network namespace", async () => {
    const directory = await temporaryPath("data");
    const lock = await lockDataDirectory(directory);
    const { says } = await otherProcess(directory, ["unshare", "-n"]);
    expect(says).toContain(`in use by process ${process.pid}`);
    await lock.release();
  });
});
