import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { temporaryPath } from "../../test/temporary-file.ts";

const program = fileURLToPath(new URL("../../test/programs/write-pairs.ts", import.meta.url));
const rounds = 20;

interface Round {
  /** What the directory held when it was opened. */
  readonly found: { readonly whole: number; readonly halves: number; readonly next: number };
  /** Numbers whose commit was acknowledged before the end. */
  readonly acknowledged: readonly number[];
}

/** Writes until this many commits were acknowledged, then kills in the middle of whatever goes on. */
async function writeAndKill(directory: string, commits: number): Promise<Round> {
  const child = spawn(process.execPath, ["-C", "source", program, directory], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exit = once(child, "exit");
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === commits + 1) child.kill("SIGKILL");
  }
  await exit;
  expect(lines.length).toBeGreaterThan(commits);
  return { found: JSON.parse(lines[0]), acknowledged: lines.slice(1).map(Number) };
}

it("a server that is killed while it writes, twenty times, loses nothing it acknowledged and keeps no half", async () => {
  const directory = await temporaryPath("data");
  const acknowledged = new Set<number>();
  for (let round = 0; round < rounds; round++) {
    const { found, acknowledged: added } = await writeAndKill(directory, 1 + ((round * 37) % 101));
    expect(found.halves).toBe(2 * found.whole);
    // At most the commit that was under way in each of three writers came through without a word.
    expect(found.whole).toBeGreaterThanOrEqual(acknowledged.size);
    expect(found.next).toBeGreaterThan(Math.max(-1, ...acknowledged));
    for (const number of added) acknowledged.add(number);
  }
});
