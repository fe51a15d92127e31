/**
 * Serves the page that runs a trained engine in the browser: static files, and the engine's own files as data. Those
 * are private (costs, purchases), so it listens on the loopback interface only; and they are served from memory, so a
 * page never gets one half from an engine and one from its successor.
 */
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { serve } from "@hono/node-server";
import type { EngineFiles } from "@basketlift/engine";
import { Hono } from "hono";

/** What the page needs to know beside the engine's files. */
export interface PageShop {
  readonly shopName: string;
  /** ISO 4217. */
  readonly currency: string;
  /** BCP 47. */
  readonly locale: string;
}

export interface PageServerOptions {
  /** Directory with `index.html` and its script and style. */
  readonly pageDirectory: string;
  /** The engine as `saveEngine` or `readEngineDirectory` gives it. */
  readonly files: EngineFiles;
  readonly shop: PageShop;
}

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".ndjson": "application/x-ndjson",
  ".map": "application/json",
  ".safetensors": "application/octet-stream",
};

/** The page may load nothing from elsewhere. */
const contentSecurityPolicy =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'";

/** The routes, for tests and for hosts that mount them elsewhere. */
export function createPageApp({ pageDirectory, files, shop }: PageServerOptions): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header("content-security-policy", contentSecurityPolicy);
    context.header("x-content-type-options", "nosniff");
    context.header("cache-control", "no-cache");
  });
  app.get("/data/manifest.json", (context) => context.json({ ...shop, files: [...files.keys()] }));
  app.get("/data/:file", (context) => {
    const name = context.req.param("file");
    return contentResponse(name, files.get(name));
  });
  app.get("/", () => fileResponse(join(pageDirectory, "index.html")));
  app.get("/:file{[\\w.-]+}", (context) => fileResponse(join(pageDirectory, context.req.param("file"))));
  return app;
}

/**
 * @param port 0 lets the system choose
 * @throws when the port is taken
 */
export async function startPageServer(options: PageServerOptions, port: number): Promise<PageServer> {
  const app = createPageApp(options);
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port }, (address: AddressInfo) => {
      resolve({
        url: `http://127.0.0.1:${address.port}/`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            if ("closeAllConnections" in server) server.closeAllConnections();
          }),
      });
    });
    server.on("error", reject);
  });
}

async function fileResponse(path: string): Promise<Response> {
  return contentResponse(path, await readFile(path).catch(() => undefined));
}

function contentResponse(name: string, content: Uint8Array | undefined): Response {
  const type = contentTypes[extname(name)];
  if (!type || !content) return new Response("Not found\n", { status: 404 });
  return new Response(new Uint8Array(content), { headers: { "content-type": type } });
}
