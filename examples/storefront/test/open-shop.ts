/** The demo shop in a real browser, beside a small API, on addresses of its own: for tests of what a shopper meets. */
import { fileURLToPath } from "node:url";
import { serve, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from "playwright";
import { rollup } from "rollup";
import { loadConfigFile } from "rollup/loadConfigFile";
import { chromiumArguments, chromiumPath } from "../../../scripts/chromium.mjs";
import { createStorefrontApp } from "../server.ts";
import { createSmallApi, type SmallApi } from "./small-api.ts";

export interface OpenShop {
  readonly url: string;
  readonly api: SmallApi;
  readonly browser: Browser;
  /** Pages that the shop developer of a test writes, by path: they stand on the same server. */
  readonly pages: Map<string, { readonly html: string; readonly policy?: string }>;
  /** A browser of its own, whose owner has answered the consent banner. */
  enter(options?: EnterOptions): Promise<{ readonly context: BrowserContext; readonly page: Page }>;
  close(): Promise<void>;
}

export interface EnterOptions extends BrowserContextOptions {
  readonly consent?: "accepted" | "declined";
}

export async function openShop(): Promise<OpenShop> {
  const [api, scripts, browser] = await Promise.all([createSmallApi(), buildScripts(), launch()]);
  const pages: OpenShop["pages"] = new Map();
  const app = new Hono();
  app.route("/api", api.app);
  app.get("/basketlift/:file", ({ req }) => answerScript(req.param("file"), scripts));
  app.use(async (context, next) => {
    const page = pages.get(context.req.path);
    if (!page) return next();
    return context.html(page.html, 200, page.policy === undefined ? {} : { "content-security-policy": page.policy });
  });
  const keys = { publishableKey: "pk_small", secretKey: "sk_small" };
  app.route(
    "/",
    createStorefrontApp({
      products: api.products,
      markets: api.markets,
      api: { ...keys, baseUrl: "/api", fetch: async (input, init) => app.request(input, init) },
    }),
  );
  const { server, port } = await listen(app);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    api,
    browser,
    pages,
    async enter({ consent = "accepted", ...options } = {}) {
      const context = await browser.newContext(options);
      await context.addCookies([{ name: "consent", value: consent, url }]);
      return { context, page: await context.newPage() };
    },
    async close() {
      await browser.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function launch(): Promise<Browser> {
  const executablePath = chromiumPath();
  return chromium.launch({
    ...(executablePath && { executablePath }),
    args: [...chromiumArguments],
    // Shoppers' browsers have it; Playwright's have not, unless told.
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
}

/** In memory: other tests build the same files to where they belong. */
async function buildScripts(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const files = new Map<string, string | Uint8Array>();
  const config = new URL("../../../rollup.widgets.config.mjs", import.meta.url);
  const { options } = await loadConfigFile(fileURLToPath(config), {});
  for (const build of options) {
    const built = await rollup(build);
    const made = await built.generate(build.output[0]);
    for (const file of made.output) files.set(file.fileName, file.type === "chunk" ? file.code : file.source);
    await built.close();
  }
  return files;
}

function answerScript(name: string, scripts: ReadonlyMap<string, string | Uint8Array>): Response {
  const content = scripts.get(name);
  if (content === undefined) return new Response("Not found\n", { status: 404 });
  const type = name.endsWith(".css") ? "text/css" : "text/javascript";
  return new Response(typeof content === "string" ? content : new Uint8Array(content), {
    headers: { "content-type": `${type}; charset=utf-8` },
  });
}

function listen(app: Hono): Promise<{ readonly server: ServerType; readonly port: number }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => resolve({ server, port }));
  });
}
