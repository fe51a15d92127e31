/** The API keys of the example storefront: made at the first start, kept in the data directory, renewed when they no longer fit. */
import { z } from "zod";
import { readPrivateFile, writePrivateFile } from "../server/private-file.ts";
import type { ServerParts } from "../server/start.ts";

const exampleKeys = z.object({ publishable: z.string(), secret: z.string() });

export type ExampleKeys = z.output<typeof exampleKeys>;

/** @returns keys that are valid for pages of this server's own address */
export async function loadExampleKeys({
  keys,
  directory,
  url,
}: Pick<ServerParts, "keys" | "directory" | "url">): Promise<ExampleKeys> {
  const origins = originsOf(url);
  const kept = exampleKeys.safeParse(await readPrivateFile(directory.exampleKeys));
  if (kept.success) {
    const publishable = keys.find(kept.data.publishable);
    const fits = origins.every((origin) => publishable?.origins.includes(origin));
    if (fits && keys.find(kept.data.secret)) return kept.data;
    if (publishable) await keys.revoke(publishable.id);
    const secret = keys.find(kept.data.secret);
    if (secret) await keys.revoke(secret.id);
  }
  const publishable = await keys.create({ kind: "publishable", name: "Example storefront", origins });
  const secret = await keys.create({ kind: "secret", name: "Example storefront's server", scopes: ["write"] });
  const made = { publishable: publishable.key, secret: secret.key };
  await writePrivateFile(directory.exampleKeys, made);
  return made;
}

/** The loopback interface has two names, and a browser takes them for two origins. */
function originsOf(url: string): string[] {
  const { origin, hostname } = new URL(url);
  return hostname === "127.0.0.1" ? [origin, origin.replace("127.0.0.1", "localhost")] : [origin];
}
