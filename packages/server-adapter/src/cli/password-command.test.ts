import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMigratedDirectory } from "../../test/embedded-database.ts";
import { passwordIn, run, signInAt } from "../../test/password-command.ts";
import { startServer } from "../server/start.ts";

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
