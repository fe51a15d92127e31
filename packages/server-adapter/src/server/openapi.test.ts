import { describe, expect, it } from "vitest";
import { Hono } from "hono";
import { contract } from "../contract/index.ts";
import { routePaths } from "../contract/paths.ts";
import { addDocs, documentPath } from "./docs.ts";
import { createOpenApi } from "./openapi.ts";
import { fullPath } from "./paths.ts";

const document = createOpenApi(contract, { version: "1.2.3" });
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

describe("the reference", () => {
  it("describes every route of the contract and no other", () => {
    const described = operations.map(({ path, method, operation }) => [operation.operationId, `${method} ${path}`]);
    const built = Object.entries(contract).map(([name, { method, ...place }]) => [
      name,
      `${method} ${fullPath(place).replace(/:(\w+)/g, "{$1}")}`,
    ]);
    expect(Object.fromEntries(described)).toEqual(Object.fromEntries(built));
    expect(described).toHaveLength(built.length);
  });

  it("names all parameters of a path, and shared schemas once", () => {
    for (const { path, operation } of operations) {
      const parameters = (operation.parameters ?? []) as { name: string; in: string; required: boolean }[];
      const named = parameters.filter((each) => each.in === "path").map(({ name }) => name);
      expect(named).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
    expect(document.paths["/api/upsell-cross-sell/recommendations/generate"].post.responses).toMatchObject({
      200: { content: { "application/json": { schema: { $ref: "#/components/schemas/Recommendation" } } } },
    });
  });

  it("refers to nothing that it does not contain", () => {
    const text = JSON.stringify(document);
    for (const [, kind, name] of text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)) {
      expect(document.components).toHaveProperty([kind, name]);
    }
    expect(text).not.toContain("$defs");
  });

  it("says how to identify oneself, and which problems may come", () => {
    for (const { operation } of operations) {
      for (const way of operation.security as Record<string, unknown>[]) {
        for (const name of Object.keys(way)) expect(document.components.securitySchemes).toHaveProperty(name);
      }
      expect(Object.keys(operation.responses as object)).toContain("500");
    }
    expect(document.components.responses).toMatchObject({
      Problem401: { description: expect.stringContaining("unauthenticated") },
      Problem503: { description: expect.stringContaining("database-down") },
    });
  });
});

describe("the table of paths that clients ship", () => {
  it("is the contract's", () => {
    const expected = Object.entries(contract).map(([name, { method, path, ...place }]) => [
      name,
      "base" in place ? [method, path, place.base] : [method, path],
    ]);
    expect(routePaths).toEqual(Object.fromEntries(expected));
  });
});

describe("the page at /docs", () => {
  const app = new Hono();
  addDocs(app, document);

  it("brings all it needs, and asks nobody else", async () => {
    const page = await app.request("/docs");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
    const text = await page.text();
    const addresses = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
    expect(addresses.length).toBe(4);
    for (const address of addresses) {
      expect(address).toMatch(/^\/docs\//);
      expect((await app.request(address)).status).toBe(200);
    }
    expect(await (await app.request("/docs/start.js")).text()).toContain(documentPath);
  });

  it("shows the document", async () => {
    expect(await (await app.request(documentPath)).json()).toEqual(JSON.parse(JSON.stringify(document)));
  });
});
