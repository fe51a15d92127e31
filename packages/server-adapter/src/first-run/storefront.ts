/**
 * The example storefront at the root of the server: an app of its own, given the shop's catalogue and keys as a real
 * shop's server would have them. It is made when there is a shop to show.
 */
import { pathToFileURL } from "node:url";
import { eq } from "drizzle-orm";
import type { Hono } from "hono";
import { apiBase, contract } from "../contract/index.ts";
import { settings } from "../database/schema.ts";
import { loadCatalogue } from "../ingest/load-shop.ts";
import { fullPath } from "../server/paths.ts";
import type { ServerParts } from "../server/start.ts";
import { shopNameSetting } from "../server/system-handlers.ts";
import { loadExampleKeys } from "./example-keys.ts";

/** What the module of a storefront exports as `createStorefrontApp`. */
type CreateStorefront = (options: Record<string, unknown>) => { fetch(request: Request): Response | Promise<Response> };

export interface Storefront {
  /** Shows the shop as it is now. */
  open(parts: ServerParts): Promise<void>;
  /** Gives the app to everything that is not the server's own. */
  addTo(app: Hono): void;
}

/** Over a shop that has not named itself. */
const namelessShop = "Your shop";

const preparing = `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>One moment</title>
<p>The shop is being prepared. This page looks again by itself.</p></html>`;

/** First parts of the paths that the server answers itself. */
const ownRoots = new Set([
  ...Object.values(contract).map((route) => fullPath(route).split("/")[1]),
  ...["console", "docs", "basketlift", "demo"],
]);

/**
 * @param modulePath of a module with `createStorefrontApp`
 * @throws when it has none
 */
export async function loadStorefront(
  modulePath: string,
  onRefused: (id: string, why: string) => void = () => {},
): Promise<Storefront> {
  const module: Record<string, unknown> = await import(pathToFileURL(modulePath).href);
  const create = module["createStorefrontApp"];
  if (!isCreateStorefront(create)) throw new Error(`${modulePath} does not export createStorefrontApp.`);
  let app: ReturnType<CreateStorefront> | undefined;
  return {
    async open(parts) {
      const keys = await loadExampleKeys(parts);
      app = create({
        ...(await loadCatalogue(parts)),
        shopName: await shopNameOf(parts),
        api: {
          baseUrl: `${parts.ownUrl}${apiBase}`,
          publicUrl: apiBase,
          publishableKey: keys.publishable,
          secretKey: keys.secret,
        },
        onRefused,
      });
    },
    addTo(server) {
      server.all("/*", (context, next) => {
        if (isOwn(context.req.path)) return next();
        if (!app) return context.html(preparing, 503, { "retry-after": "2" });
        return app.fetch(context.req.raw);
      });
    },
  };
}

async function shopNameOf({ database: { db } }: Pick<ServerParts, "database">): Promise<string> {
  const [named] = await db.select().from(settings).where(eq(settings.key, shopNameSetting));
  return typeof named?.value === "string" ? named.value : namelessShop;
}

function isOwn(path: string): boolean {
  const [, root] = path.split("/");
  return ownRoots.has(root);
}

function isCreateStorefront(value: unknown): value is CreateStorefront {
  return typeof value === "function";
}
