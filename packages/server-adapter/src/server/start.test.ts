import { cp, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { temporaryPath } from "../../test/temporary-file.ts";
import { makeMigratedDirectory } from "../../test/embedded-database.ts";
import { DataDirectoryInUse } from "../database/lock.ts";
import { startEmbedded } from "../database/embedded/start.ts";
import { openPool } from "../database/pool.ts";
import { events } from "../database/schema.ts";
import { apiBase, contract } from "../contract/index.ts";
import { seedDemoShop, trainFirst } from "../first-run/index.ts";
import { saveHoldoutShare } from "../serving/holdout-setting.ts";
import { startServer, type RunningServer, type StartServerOptions } from "./start.ts";

const signInPath = contract.signIn.path;
const whoAmIPath = contract.whoAmI.path;

/** A server on a free port, stopped when the test is over. */
async function start(options: Partial<StartServerOptions> & { dataDirectory: string }): Promise<RunningServer> {
  const server = await startServer({ port: 0, ...options });
  onTestFinished(() => server.close());
  return server;
}

const readiness = async ({ url }: RunningServer): Promise<{ status: number; reasons: string[] }> => {
  const answer = await fetch(`${url}/ready`);
  const { reasons } = await answer.json();
  return { status: answer.status, reasons };
};

describe("a server", () => {
  /** Of a server that was started once: making a database takes seconds, copying one does not. */
  let used: string;
  beforeAll(async () => {
    used = await mkdtemp(join(tmpdir(), "basketlift-"));
    await makeMigratedDirectory(join(used, "database"));
    const server = await startServer({ dataDirectory: used, port: 0 });
    await server.close();
  }, 60_000);
  afterAll(() => rm(used, { recursive: true }));

  async function usedDirectory(): Promise<string> {
    const path = await temporaryPath("data");
    await cp(used, path, { recursive: true });
    return path;
  }

  it("answers before there is a shop, and says what is missing", async () => {
    const server = await start({ dataDirectory: await usedDirectory() });
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    expect(await readiness(server)).toEqual({ status: 503, reasons: ["No engine is trained yet."] });
    expect((await fetch(`${server.url}/docs`)).status).toBe(200);
  });

  it("serves the script tag's files to pages of any origin, hashed ones for good", async () => {
    const folder = await temporaryPath("script");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "loader.js"), "void 0;");
    await writeFile(join(folder, "row-a1b2c3d4.js"), "void 0;");
    const server = await start({ dataDirectory: await usedDirectory(), scriptDirectory: folder });
    const loader = await fetch(`${server.url}/basketlift/loader.js`);
    expect([loader.status, loader.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
    expect(loader.headers.get("content-type")).toMatch(/javascript/);
    expect(loader.headers.get("cache-control")).toBe("public, max-age=300");
    const chunk = await fetch(`${server.url}/basketlift/row-a1b2c3d4.js`);
    expect(chunk.headers.get("cache-control")).toMatch(/immutable/);
    expect((await fetch(`${server.url}/basketlift/..%2fpackage.json`)).status).toBe(404);
  });

  it("behind a proxy signs people in by cookies for https only, and counts its wrong guesses by their own address", async () => {
    const server = await start({
      dataDirectory: await usedDirectory(),
      publicUrl: "https://lift.shop.example/",
      trustedProxies: 1,
      checkAnswers: true,
    });
    const { email, password } = await server.signIn.createOwner("owner@shop.example");
    const signIn = (tried: string, address: string): Promise<Response> =>
      fetch(`${server.ownUrl}${apiBase}${signInPath}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-forwarded-for": `203.0.113.9, ${address}`,
          origin: "https://lift.shop.example",
          "x-requested-with": "basketlift",
        },
        body: JSON.stringify({ email, password: tried }),
      });
    const { headers, status } = await signIn(password, "198.51.100.1");
    expect(status).toBe(200);
    expect(headers.get("set-cookie")).toMatch(/^__Secure-.*; Secure/);
    const me = await fetch(`${server.ownUrl}${apiBase}${whoAmIPath}`, {
      headers: { cookie: headers.get("set-cookie")?.split(";")[0] ?? "", "x-requested-with": "basketlift" },
    });
    expect(await me.json()).toMatchObject({ email, role: "owner" });
    const tries = await Promise.all(Array.from({ length: 12 }, () => signIn("wrong", "198.51.100.2")));
    expect(tries.at(-1)?.status).toBe(429);
    expect((await signIn(password, "198.51.100.1")).status).toBe(200);
  });

  it("holds out the share of visitors that the shop has set, also after the next start", async () => {
    const dataDirectory = await usedDirectory();
    const first = await startServer({ dataDirectory, port: 0 });
    await seedDemoShop(first.services, { scale: 0.02 });
    await trainFirst(first.services, first.engine);
    expect(first.engine.current()?.engine.state.holdout.share).toBe(0.05);
    await saveHoldoutShare(first.database.db, 0.2);
    await first.versions.poll();
    expect(first.engine.current()?.engine.state.holdout.share).toBe(0.2);
    await first.close();
    const second = await start({ dataDirectory });
    expect(second.engine.current()?.engine.state.holdout.share).toBe(0.2);
  });

  it("has its data directory to itself", async () => {
    const dataDirectory = await usedDirectory();
    await start({ dataDirectory });
    const second = startServer({ dataDirectory, port: 0 });
    await expect(second).rejects.toThrow(DataDirectoryInUse);
    await expect(second).rejects.toThrow(`process ${process.pid}`);
  });

  it("keeps its secrets from others, and keeps them at the next start", async () => {
    const dataDirectory = await usedDirectory();
    const first = await startServer({ dataDirectory, port: 0 });
    const { mode } = await stat(join(dataDirectory, "secrets.json"));
    expect(mode & 0o777).toBe(0o600);
    await first.close();
    const second = await start({ dataDirectory });
    expect(second.services.secrets).toEqual(first.services.secrets);
  });

  it("commits what waits when it is told to stop, and frees port and directory", async () => {
    const dataDirectory = await usedDirectory();
    const first = await startServer({ dataDirectory, port: 0 });
    const at = new Date();
    const flags = { consentMeasurement: true, consentPersonalisation: true };
    const appended = first.services.events.append([
      { id: "last-minute", kind: "view", occurredAt: at, receivedAt: at, ...flags },
    ]);
    await Promise.all([first.close(), appended]);
    await expect(fetch(`${first.url}/health`)).rejects.toThrow("fetch failed");
    const second = await start({ dataDirectory, port: Number(new URL(first.url).port) });
    expect(await second.database.db.$count(events)).toBe(1);
  });

  it("frees the data directory when the port is taken", async () => {
    const [one, other] = [await usedDirectory(), await usedDirectory()];
    const { url } = await start({ dataDirectory: one });
    await expect(startServer({ dataDirectory: other, port: Number(new URL(url).port) })).rejects.toThrow("EADDRINUSE");
    await start({ dataDirectory: other });
  });

  it("stays up when its migration fails: not ready, and it says why", async () => {
    const dataDirectory = await temporaryPath("data");
    await mkdir(dataDirectory);
    const embedded = await startEmbedded({ directory: join(dataDirectory, "database") });
    const pool = openPool(embedded.connection);
    await pool.query("create table settings (somebody text, elses text)");
    await pool.end();
    await embedded.close();
    const server = await start({ dataDirectory });
    const { status, reasons } = await readiness(server);
    expect(status).toBe(503);
    expect(reasons[0]).toMatch(/could not be brought up to date: Migration 1 failed .*"settings" already exists/);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  });
});
