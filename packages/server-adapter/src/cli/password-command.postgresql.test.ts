import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { passwordIn, run, signInAt } from "../../test/password-command.ts";
import { startPostgresql, type PostgresqlServer } from "../../test/postgresql.ts";
import { temporaryPath } from "../../test/temporary-file.ts";
import { startServer } from "../server/start.ts";

describe("an owner who lost the password of a shop on a PostgreSQL server", () => {
  let postgresql: PostgresqlServer;
  beforeAll(async () => {
    postgresql = await startPostgresql();
    vi.stubEnv("DATABASE_URL", postgresql.url);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await postgresql.remove();
  });

  it("gets another one that works at once while the server runs, and ends every sign-in", async () => {
    const data = await temporaryPath("data");
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
