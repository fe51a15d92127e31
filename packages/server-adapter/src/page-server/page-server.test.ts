import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPageApp, startPageServer, type PageServerOptions } from "./page-server.ts";

let directory: string;
let options: PageServerOptions;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "basketlift-page-"));
  options = {
    pageDirectory: join(directory, "page"),
    files: new Map([["shop.json", new TextEncoder().encode("{}")]]),
    shop: { shopName: "Corner shop", currency: "EUR", locale: "de-DE" },
  };
  await mkdir(options.pageDirectory);
  await writeFile(join(options.pageDirectory, "index.html"), "<!doctype html><title>Shop</title>");
  await writeFile(join(directory, "secret.json"), "{}");
});
afterEach(() => rm(directory, { recursive: true }));

describe("the page server", () => {
  it("serves the page under a policy that allows nothing from elsewhere", async () => {
    const response = await createPageApp(options).request("/");
    expect(await response.text()).toContain("<title>Shop</title>");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'self'");
  });

  it("lists the engine's files and serves those and no others", async () => {
    const app = createPageApp(options);
    const manifest: unknown = await (await app.request("/data/manifest.json")).json();
    expect(manifest).toEqual({ shopName: "Corner shop", currency: "EUR", locale: "de-DE", files: ["shop.json"] });
    expect((await app.request("/data/shop.json")).status).toBe(200);
    for (const path of ["/data/secret.json", "/data/..%2Fsecret.json", "/..%2Fsecret.json", "/nothing.js", "/page"]) {
      expect((await app.request(path)).status, path).toBe(404);
    }
  });

  it("listens on the loopback interface and stops when told", async () => {
    const server = await startPageServer(options, 0);
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect((await fetch(server.url)).status).toBe(200);
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow("fetch failed");
  });

  it("says that a port is taken", async () => {
    const server = await startPageServer(options, 0);
    const port = Number(new URL(server.url).port);
    await expect(startPageServer(options, port)).rejects.toThrow(/EADDRINUSE/);
    await server.close();
  });
});
