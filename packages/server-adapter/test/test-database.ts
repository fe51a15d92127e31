/**
 * A migrated database for each test file: embedded, or one on the server that TEST_DATABASE_URL names, created for it
 * and dropped again. Whatever imports this runs on both.
 */
import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { openDatabase, type OpenDatabaseOptions, type OpenedDatabase } from "../src/database/open.ts";
import { openTestEmbedded } from "./embedded-database.ts";

/** Where the tests' PostgreSQL server is, when there is one. */
export const serverUrl = process.env["TEST_DATABASE_URL"];

/** @returns an empty database with this version's tables: on the server of TEST_DATABASE_URL, or embedded in memory */
export async function openTestDatabase(options: OpenDatabaseOptions = {}): Promise<OpenedDatabase> {
  return serverUrl === undefined ? openTestEmbedded(options) : openTestServed(serverUrl, options);
}

/** A database of its own on a server. */
export async function openTestServed(server: string, options: OpenDatabaseOptions = {}): Promise<OpenedDatabase> {
  const { url, drop } = await createServedDatabase(server);
  const database = await openDatabase({ kind: "postgresql", url }, options);
  return {
    ...database,
    async close() {
      await database.close();
      await drop();
    },
  };
}

/** @returns the address of a new, empty database on a server */
export async function createServedDatabase(server: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `basketlift_test_${randomUUID().replaceAll("-", "")}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await administrate(server, `create database ${name}`);
  return { url: url.href, drop: () => administrate(server, `drop database ${name} with (force)`) };
}

async function administrate(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
