/** What is served as it lies in a folder: the console with its addresses of tabs, the script tag, a storefront of plain files. */
import { access } from "node:fs/promises";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Hono, MiddlewareHandler } from "hono";

/** A page may load nothing from elsewhere, and stands in no other page's frame. */
const contentSecurityPolicy =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** Names with a hash of their content never change what they hold. */
const hashedName = /-[\w-]{8}\.(?:js|css)$/;

/** @returns whether a folder holds a built page */
export function isBuilt(folder: string): Promise<boolean> {
  return access(join(folder, "index.html")).then(
    () => true,
    () => false,
  );
}

/** Adds `/console`. Addresses of tabs are answered with the page, missing files are not. */
export function addConsole(app: Hono, folder: string): void {
  const file = serveStatic({ root: folder, rewriteRequestPath: (path) => path.slice("/console".length) });
  const page = serveStatic({ root: folder, path: "index.html" });
  app.use("/console/*", withPageHeaders);
  app.get("/console", (context) => context.redirect("/console/"));
  app.get("/console/*", (context, next) =>
    /\.\w+$/.test(context.req.path) ? file(context, next) : page(context, next),
  );
}

/** Adds `/basketlift`: `loader.js` and what it loads, for the pages of any shop. */
export function addScript(app: Hono, folder: string): void {
  const file = serveStatic({ root: folder, rewriteRequestPath: (path) => path.slice("/basketlift".length) });
  app.get("/basketlift/*", withScriptHeaders, file);
}

/** Adds a folder of pages at the root, behind everything else. */
export function addPages(app: Hono, folder: string): void {
  app.get("/*", withPageHeaders, serveStatic({ root: folder }));
}

/** Modules are loaded from other origins only where they may be; the names without a hash are looked at again soon. */
const withScriptHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  context.header("access-control-allow-origin", "*");
  context.header("cross-origin-resource-policy", "cross-origin");
  context.header("x-content-type-options", "nosniff");
  context.header(
    "cache-control",
    hashedName.test(context.req.path) ? "public, max-age=31536000, immutable" : "public, max-age=300",
  );
};

const withPageHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  context.header("content-security-policy", contentSecurityPolicy);
  context.header("x-content-type-options", "nosniff");
  context.header("referrer-policy", "no-referrer");
  context.header(
    "cache-control",
    hashedName.test(context.req.path) ? "public, max-age=31536000, immutable" : "no-cache",
  );
};
