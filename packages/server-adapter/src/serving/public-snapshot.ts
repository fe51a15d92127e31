/**
 * The public snapshot over HTTP: a manifest that is asked for again and again and answers 304 while nothing changed,
 * and shards that are named by their content and may be kept for ever.
 */
import { Hono } from "hono";
import { apiBase } from "../contract/route.ts";
import type { BasketliftContract } from "../contract/index.ts";
import type { RouteOutput } from "../contract/route.ts";
import type { RequestFacts } from "../server/handler.ts";
import { ProblemError } from "../server/problem.ts";
import type { Services } from "../server/services.ts";
import { requireEngine } from "./decide.ts";

/** Shards stand below this path of the server. */
export const shardsPath = `${apiBase}/storefront/snapshot`;

/** Milliseconds a browser may re-rank with a snapshot without asking again. */
const lifetime = 86_400_000;
/** Expiry moves by this step, so that the manifest stays the same in between. */
const expiryStep = 3_600_000;

type Manifest = RouteOutput<BasketliftContract["publicSnapshot"]>;

/** @throws ProblemError `engine-absent`; `not-found` when the engine was trained without a snapshot */
export function snapshotManifest(
  services: Pick<Services, "engine" | "now">,
  { setHeader }: Pick<RequestFacts, "setHeader">,
): Manifest {
  const { snapshot } = requireEngine(services);
  if (!snapshot) throw new ProblemError("not-found", "This engine has no public snapshot. Train again.");
  const expires = Math.ceil((services.now() + lifetime) / expiryStep) * expiryStep;
  setHeader("etag", `"${snapshot.version}-${expires / expiryStep}"`);
  setHeader("cache-control", "public, max-age=300");
  return {
    version: snapshot.version,
    minimumClient: snapshot.minimumClient,
    expiresAt: new Date(expires).toISOString(),
    kill: false,
    shards: snapshot.shards.map(({ name, content }) => ({ url: `${shardsPath}/${name}`, bytes: content.length })),
  };
}

/**
 * Serves the shards, to anybody: they hold nothing that a page may not know. The snapshot before stays there for pages
 * that got the manifest before the swap.
 * @example
 * app.route("/", snapshotApp(services));
 */
export function snapshotApp({ engine }: Pick<Services, "engine">): Hono {
  let newest: ReadonlyMap<string, Uint8Array<ArrayBuffer>> = new Map();
  let before: typeof newest = new Map();
  let version: string | undefined;

  function find(name: string): Uint8Array<ArrayBuffer> | undefined {
    const snapshot = engine.current()?.snapshot;
    if (snapshot && snapshot.version !== version) {
      before = newest;
      newest = new Map(snapshot.shards.map((shard) => [shard.name, shard.content]));
      version = snapshot.version;
    }
    return newest.get(name) ?? before.get(name);
  }

  return new Hono().get(`${shardsPath}/:name`, ({ req, body }) => {
    const content = find(req.param("name"));
    if (!content) return body(null, 404, { "cache-control": "no-store" });
    return body(content, 200, {
      "content-type": "application/json",
      "cache-control": "public, max-age=31536000, immutable",
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
    });
  });
}
