import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { temporaryPath } from "../../../test/temporary-file.ts";
import { createServedDatabase, serverUrl } from "../../../test/test-database.ts";

const program = fileURLToPath(new URL("../../../test/programs/take-back.ts", import.meta.url));
const all = 3_000;

/** @returns what it said: how many orders were left, and the outcome when it came to its end */
async function run(args: readonly string[], killWhen: (left: number) => boolean): Promise<readonly string[]> {
  const child = spawn(process.execPath, ["-C", "source", program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exit = once(child, "exit");
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (killWhen(Number(line))) child.kill("SIGKILL");
  }
  await exit;
  return said;
}

it("an undo whose server is killed again and again comes to its end, and counts every order once", async () => {
  const directory = await temporaryPath("data");
  const file = await temporaryPath("orders.csv");
  const rows = Array.from({ length: all }, (_, order) => `${order},2026-01-05,p${order % 700},1,12.50\n`);
  await writeFile(file, `order_id,date,product_id,quantity,price\n${rows.join("")}`);
  const args = [directory, file];
  if (serverUrl !== undefined) {
    const { url, drop } = await createServedDatabase(serverUrl);
    onTestFinished(drop);
    args.push(url);
  }
  let left = all;
  for (const goal of [2_000, 1_000]) {
    const said = await run(args, (orders) => orders <= goal);
    expect(Number(said[0])).toBeLessThanOrEqual(left);
    left = Number(said.at(-1));
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(goal);
  }
  const said = await run(args, () => false);
  expect(Number(said[0])).toBeLessThanOrEqual(left);
  const outcome = said.find((line) => line.startsWith("{")) ?? "";
  expect(JSON.parse(outcome)).toEqual({
    orders: { removed: all, restored: 0, kept: 0 },
    products: { removed: 700, restored: 0, kept: 0 },
  });
}, 120_000);
