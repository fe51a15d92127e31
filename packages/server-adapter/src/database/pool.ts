/**
 * Connections to either database. Clients of the embedded one take turns on a single backend, so the code above keeps
 * to what works there too: no LISTEN, no session locks or settings, no named statements, no COPY FROM STDIN, short
 * transactions.
 */
import { drizzle } from "drizzle-orm/node-postgres";
import { Pool, type PoolConfig } from "pg";
import type { Database } from "../server/services.ts";
import * as schema from "./schema.ts";

/** Connections to the embedded database; more would only wait for each other. */
const embeddedConnections = 4;
const servedConnections = 10;
/** Milliseconds a caller waits for a connection before it hears that there is none. */
const connectionPatience = 5000;

/** Connections of which none can end the process: one that breaks while idle is replaced by the next query. */
export function openPool(config: PoolConfig): Pool {
  const pool = new Pool({ connectionTimeoutMillis: connectionPatience, keepAlive: true, ...config });
  // The pool drops the connection and the probe tells people. One that breaks between two statements of a transaction
  // says so itself; its next statement fails.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** @returns the number of connections that pays for this kind of database */
export function connectionsFor(kind: "embedded" | "postgresql"): number {
  return kind === "embedded" ? embeddedConnections : servedConnections;
}

/** Typed queries over a pool. */
export function openDrizzle(pool: Pool): Database {
  return drizzle(pool, { schema });
}
