/**
 * API keys: publishable ones (`pk_`) for pages, bound to origins, and secret ones (`sk_`) for servers. A key is shown
 * once; only its SHA-256 is kept. All that are valid stay in memory: a check costs microseconds and goes on while the
 * database is down, and a change anywhere reaches every process through the `versions` table.
 */
import { hash, randomBytes } from "node:crypto";
import { and, desc, eq, isNull } from "drizzle-orm";
import { apiKeys } from "../database/schema.ts";
import { bump } from "../database/versions.ts";
import type { Level } from "./permissions.ts";
import type { Database } from "./services.ts";

/** The last use is written at most this often for a key, in milliseconds. */
const lastUseEvery = 60_000;

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** Base-62 digits of 32 bytes. */
const keyDigits = 43;
const keyPattern = /^(pk|sk)_[0-9A-Za-z]{43}$/;
/** Characters that are kept in clear, so that a person can tell keys apart. */
const prefixLength = 9;

export type KeyKind = "publishable" | "secret";

export interface ApiKey {
  readonly id: string;
  readonly kind: KeyKind;
  readonly name: string;
  /** First characters of the key. */
  readonly prefix: string;
  /** Of secret keys. */
  readonly scopes: readonly Level[];
  /** Of publishable keys: `https://shop.example`, or `*` for any page and for callers that are no pages. */
  readonly origins: readonly string[];
  /** To the minute. */
  readonly lastUsedAt: Date | null;
}

export interface NewKey {
  readonly kind: KeyKind;
  readonly name: string;
  readonly scopes?: readonly Level[];
  readonly origins?: readonly string[];
}

export interface Keys {
  /** The key, while it is valid. Needs no database. */
  find(presented: string): ApiKey | undefined;
  /** Whether pages of this origin may use any key at all: what a preflight can ask, which carries no key. */
  allowsOrigin(origin: string): boolean;
  /** @returns the key itself, for the only time */
  create(key: NewKey): Promise<{ readonly id: string; readonly key: string }>;
  /** @returns false when there is no such valid key */
  revoke(id: string): Promise<boolean>;
  /** Valid ones, newest first. */
  list(): Promise<readonly ApiKey[]>;
  /** Reads the keys again: at start, and whenever the subject `keys` of `versions` changed. */
  refresh(): Promise<void>;
}

/**
 * @param now milliseconds since 1970, UTC
 * @example
 * const keys = createKeys(services.database.db, services.now);
 * const { key } = await keys.create({ kind: "publishable", name: "Shop", origins: ["https://shop.example"] });
 * keys.find(key)?.origins; // ["https://shop.example"]
 */
export function createKeys(db: Database, now: () => number): Keys {
  let byHash = new Map<string, ApiKey>();
  let origins = new Set<string>();
  const usedAt = new Map<string, number>();

  /** Without waiting: a call never hangs on it, and one that is lost is made good within minutes. */
  function noteUse(id: string): void {
    const time = now();
    if (time - (usedAt.get(id) ?? -Infinity) < lastUseEvery) return;
    usedAt.set(id, time);
    const write = db.update(apiKeys).set({ lastUsedAt: new Date(time) });
    write.where(eq(apiKeys.id, id)).catch(() => {});
  }

  async function refresh(): Promise<void> {
    const rows = await db.select().from(apiKeys).where(isNull(apiKeys.revokedAt)).orderBy(desc(apiKeys.createdAt));
    byHash = new Map(rows.map((row) => [row.sha256, keyOf(row)]));
    origins = new Set([...byHash.values()].flatMap((key) => key.origins));
  }

  return {
    find(presented) {
      const key = keyPattern.test(presented) ? byHash.get(hash("sha256", presented)) : undefined;
      if (key !== undefined) noteUse(key.id);
      return key;
    },
    allowsOrigin: (origin) => origins.has("*") || origins.has(origin),
    async create({ kind, name, scopes = [], origins: allowed = [] }) {
      const key = `${kind === "publishable" ? "pk" : "sk"}_${randomKeyDigits()}`;
      requireUsable(kind, scopes, allowed);
      const id = crypto.randomUUID();
      await db.transaction(async (transaction) => {
        await transaction.insert(apiKeys).values({
          id,
          kind,
          name,
          prefix: key.slice(0, prefixLength),
          sha256: hash("sha256", key),
          scopes,
          origins: allowed,
          createdAt: new Date(now()),
        });
        await bump(transaction, "keys");
      });
      await refresh();
      return { id, key };
    },
    async revoke(id) {
      const revoked = await db.transaction(async (transaction) => {
        const changed = await transaction
          .update(apiKeys)
          .set({ revokedAt: new Date(now()) })
          .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
          .returning({ id: apiKeys.id });
        if (changed.length > 0) await bump(transaction, "keys");
        return changed.length > 0;
      });
      await refresh();
      return revoked;
    },
    async list() {
      await refresh();
      return [...byHash.values()];
    },
    refresh,
  };
}

/** @throws TypeError for a key that nobody could use */
function requireUsable(kind: KeyKind, scopes: readonly Level[], origins: readonly string[]): void {
  if (kind === "secret" && scopes.length === 0)
    throw new TypeError("A secret key needs a scope: read, write or admin.");
  if (kind === "publishable" && origins.length === 0) {
    throw new TypeError('A publishable key needs an origin, such as "https://shop.example", or "*".');
  }
  for (const origin of origins) {
    if (origin === "*" || URL.parse(origin)?.origin === origin) continue;
    throw new TypeError(`An origin is a scheme and a host, such as "https://shop.example", not ${origin}.`);
  }
}

function keyOf({ id, kind, name, prefix, scopes, origins, lastUsedAt }: typeof apiKeys.$inferSelect): ApiKey {
  return {
    id,
    kind: kind === "publishable" ? "publishable" : "secret",
    name,
    prefix,
    scopes: strings(scopes).filter((scope) => scope === "read" || scope === "write" || scope === "admin"),
    origins: strings(origins),
    lastUsedAt,
  };
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** 32 random bytes in base 62. */
function randomKeyDigits(): string {
  let rest = BigInt(`0x${randomBytes(32).toString("hex")}`);
  let text = "";
  for (let position = 0; position < keyDigits; position++) {
    text = digits[Number(rest % 62n)] + text;
    rest /= 62n;
  }
  return text;
}
