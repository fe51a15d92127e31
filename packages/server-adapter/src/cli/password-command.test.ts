import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { hasPostgresql, startPostgresql, type PostgresqlServer } from "../../test/postgresql.ts";
import { makeMigratedDirectory } from "../../test/test-database.ts";
import { startServer, type RunningServer } from "../server/start.ts";
import { password } from "./commands/password.ts";
import { runCommandLine } from "./run.ts";

async function run(...args: readonly string[]): Promise<{ code: number; printed: string; errors: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const said = [text(stdout), text(stderr)];
  const code = await runCommandLine(
    [password],
    ["password", ...args],
    { stdout, stderr },
    new AbortController().signal,
  );
  stdout.end();
  stderr.end();
  const [printed, errors] = await Promise.all(said);
  return { code, printed, errors };
}

const passwordIn = (printed: string): string => /Password +(\S+)/.exec(printed)?.[1] ?? "";

function signInAt({ url }: RunningServer, email: string, secret: string): Promise<Response> {
  return fetch(`${url}/api/upsell-cross-sell/auth/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password: secret }),
  });
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "basketlift-password-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("an owner who lost the password", () => {
  it("gets another one where the server is stopped, and none while it runs on the same directory", async () => {
    const data = join(folder, "shop");
    await makeMigratedDirectory(join(data, "database"));
    const first = await startServer({ dataDirectory: data, port: 0 });
    const owner = await first.signIn.createOwner("owner@shop.example");
    const refused = await run("--data", data);
    await first.close();
    expect(refused).toMatchObject({ code: 3, printed: "" });
    expect(refused.errors).toContain(`is in use by process ${process.pid}. Stop it first`);

    const { code, printed, errors } = await run("--data", data);
    expect([code, errors]).toEqual([0, ""]);
    expect(printed).toContain("Sign in as   owner@shop.example");

    const second = await startServer({ dataDirectory: data, port: 0 });
    try {
      expect((await signInAt(second, owner.email, owner.password)).status).toBe(401);
      const signedIn = await signInAt(second, owner.email, passwordIn(printed));
      expect(await signedIn.json()).toMatchObject({ role: "owner", mustChangePassword: true });
    } finally {
      await second.close();
    }
  });

  it("is told what is missing", async () => {
    expect((await run("--data", join(folder, "nowhere"))).errors).toContain("There is no shop in");
    const stranger = await run("--data", join(folder, "shop"), "--email", "nobody@shop.example");
    expect(stranger).toEqual({ code: 3, printed: "", errors: "Nobody signs in as nobody@shop.example.\n" });
    expect((await run("owner@shop.example")).code).toBe(2);
  });
});

describe.skipIf(!hasPostgresql)("with a PostgreSQL server", () => {
  let postgresql: PostgresqlServer;
  beforeAll(async () => {
    postgresql = await startPostgresql();
    vi.stubEnv("DATABASE_URL", postgresql.url);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await postgresql.remove();
  });

  it("the new password works at once while the server runs, and ends every sign-in", async () => {
    const data = join(folder, "served");
    const server = await startServer({ dataDirectory: data, databaseUrl: postgresql.url, port: 0 });
    try {
      const owner = await server.signIn.createOwner("owner@shop.example");
      const before = await signInAt(server, owner.email, owner.password);
      const cookie = before.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
      const { code, printed } = await run("--data", data, "--email", owner.email);
      expect(code).toBe(0);
      expect((await fetch(`${server.url}/status`, { headers: { cookie } })).status).toBe(401);
      expect((await signInAt(server, owner.email, passwordIn(printed))).status).toBe(200);
    } finally {
      await server.close();
    }
  });
});
