import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDemoShop } from "@basketlift/engine/simulation";
import { writeOrdersCsv } from "../importing/index.ts";
import { backup } from "./commands/backup.ts";
import { restore } from "./commands/restore.ts";
import { start } from "./commands/start.ts";
import { runCommandLine } from "./run.ts";

interface Run {
  /** What was printed so far. */
  printed(): string;
  readonly ended: Promise<{ readonly code: number; readonly errors: string }>;
  stop(): void;
}

function run(...args: readonly string[]): Run {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const errors = text(stderr);
  const controller = new AbortController();
  let printed = "";
  stdout.on("data", (chunk) => (printed += String(chunk)));
  const ended = runCommandLine([start, backup, restore], args, { stdout, stderr }, controller.signal).then(
    async (code) => {
      stderr.end();
      return { code, errors: await errors };
    },
  );
  return { printed: () => printed, ended, stop: () => controller.abort() };
}

/** @returns the printed welcome and the address of the server */
async function ready(server: Run): Promise<{ welcome: string; url: string }> {
  const running = vi.waitFor(() => expect(server.printed()).toContain("Ctrl-C stops"), {
    timeout: 60_000,
    interval: 50,
  });
  await Promise.race([running, server.ended.then(({ errors }) => Promise.reject(new Error(errors)))]);
  const welcome = server.printed();
  return { welcome, url: /Reference +(\S+)\/docs/.exec(welcome)?.[1] ?? "" };
}

describe("basketlift start, backup and restore", () => {
  let folder: string;
  let orders: string;
  const inFolder = (name: string): string => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "basketlift-start-"));
    orders = inFolder("orders.csv");
    const shop = createDemoShop({ scale: 0.02 });
    await writeOrdersCsv(orders, shop.orders, shop.products);
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  it("serve a merchant's own shop, save it, and bring it back elsewhere with its engine", async () => {
    const first = run("start", "--data", inFolder("first"), "--port", "0", "--orders", orders);
    const { welcome, url } = await ready(first);
    expect(welcome).toMatch(/Password +\w{5}-\w{5}-\w{5}-\w{5}/);
    expect((await fetch(`${url}/ready`)).status).toBe(200);

    const whileRunning = await run("backup", "--data", inFolder("first"), "--output", inFolder("shop.backup")).ended;
    expect(whileRunning.code).toBe(3);
    expect(whileRunning.errors).toContain(`is in use by process ${process.pid}. Stop it first`);
    first.stop();
    expect((await first.ended).code).toBe(0);

    const saved = run("backup", "--data", inFolder("first"), "--output", inFolder("shop.backup"));
    expect(await saved.ended).toEqual({ code: 0, errors: "" });
    const checked = run("restore", inFolder("shop.backup"), "--dry-run");
    await checked.ended;
    expect(checked.printed()).toContain("is whole");
    expect((await run("restore", inFolder("shop.backup"), "--data", inFolder("second")).ended).errors).toBe("");
    const again = await run("restore", inFolder("shop.backup"), "--data", inFolder("second")).ended;
    expect(again.errors).toContain("holds data already");

    const second = run("start", "--data", inFolder("second"), "--port", "0");
    const restored = await ready(second);
    expect(restored.welcome).not.toContain("Password");
    expect((await fetch(`${restored.url}/ready`)).status).toBe(200);
    second.stop();
    expect((await second.ended).code).toBe(0);
  });

  it("say what is missing", async () => {
    const nothing = await run("backup", "--data", inFolder("nowhere"), "--output", inFolder("x.backup")).ended;
    expect(nothing).toEqual({ code: 3, errors: expect.stringContaining("There is no shop in") });
    const noFile = await run("restore", inFolder("none.backup"), "--data", inFolder("empty")).ended;
    expect(noFile).toEqual({ code: 3, errors: expect.stringContaining("There is no file") });
  });
});
