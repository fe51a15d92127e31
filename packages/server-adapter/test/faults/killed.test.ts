/** `kill -9`, twenty times, while events come in and files are imported: what was acknowledged is there, once and whole. */
import { randomInt, randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createRandom, type Random } from "@basketlift/engine/random";
import type { Pool } from "pg";
import { expect, it, onTestFailed, vi } from "vitest";
import { z } from "zod";
import { openDrizzle, openPool } from "../../src/database/pool.ts";
import { decisions } from "../../src/database/schema.ts";
import { dataDirectoryAt } from "../../src/server/data-directory.ts";
import { makeMigratedDirectory } from "../embedded-database.ts";
import { startServerProcess, type ServerProcess } from "../server-process.ts";
import { temporaryPath } from "../temporary-file.ts";
import { expectWhole, openLedger, type Batch, type Ledger } from "./ledger.ts";

const rounds = 20;
/** FAULTS_SEED repeats the rounds of a run that failed. */
const seed = Number(process.env["FAULTS_SEED"] ?? randomInt(2 ** 31));

const product = { id: "mug", title: "Mug", variants: [{ id: "mug-1", prices: { default: 1250 } }] };
const decisionId = "shown-before";
const patience = { timeout: 120_000, interval: 5 };

it(`a server that is killed ${rounds} times while events and files come in keeps what it acknowledged, once and whole`, async () => {
  onTestFailed(() => void process.stderr.write(`Again with the same rounds: FAULTS_SEED=${seed}\n`));
  const random = createRandom(seed);
  const directory = await temporaryPath("data");
  await makeMigratedDirectory(dataDirectoryAt(directory).database);
  const ledger = openLedger();
  let cutOff = 0;
  for (let round = 0; round < rounds; round++) {
    const server = await startServerProcess(directory);
    const pool = poolOf(directory);
    if (round === 0) await open(server, pool);
    await expectWhole(pool, ledger);
    if (await killInTheMiddle(server, pool, ledger, random.fork(`round ${round}`))) cutOff += 1;
    await pool.end();
  }
  expect(cutOff).toBeGreaterThanOrEqual(rounds / 4);
  expect(ledger.imports.size).toBeGreaterThanOrEqual(rounds / 4);

  const last = await startServerProcess(directory);
  const pool = poolOf(directory);
  await vi.waitFor(async () => expect(await expectWhole(pool, ledger)).toEqual([]), patience);
  await vi.waitFor(async () => expect(await readdir(dataDirectoryAt(directory).uploads)).toEqual([]), patience);
  await pool.end();
  await last.end("SIGTERM");
}, 600_000);

/** What the database of a running server holds, without asking the server. */
function poolOf(directory: string): Pool {
  const host = join(directory, "database-socket");
  return openPool({ host, port: 5432, user: "postgres", database: "postgres", max: 1 });
}

/** A product, and a decision that showed it, so that clicks on it count in figures. */
async function open(server: ServerProcess, pool: Pool): Promise<void> {
  expect((await server.fromShop("/catalog/products", { method: "PUT", body: { products: [product] } })).status).toBe(
    200,
  );
  await openDrizzle(pool).insert(decisions).values({
    id: decisionId,
    decidedAt: new Date(),
    placement: "homepage",
    strategyId: "default",
    strategyVersion: 1,
    status: "served",
    arm: "treatment",
    stateVersion: "1",
    receipt: {},
  });
}

/**
 * Kills the server at a moment that chance chooses: after so many answers to its clients, or in every second round as
 * soon as an import is seen at work.
 * @returns whether one was
 */
async function killInTheMiddle(server: ServerProcess, pool: Pool, ledger: Ledger, random: Random): Promise<boolean> {
  const [answersBefore, importsBefore] = [ledger.acknowledged.length, ledger.imports.size];
  const wanted = answersBefore + 1 + random.integer(80);
  const waitsForImport = random.next() < 0.5;
  const clients = [sendFile(server, ledger, random), ...[1, 2, 3].map(() => sendEvents(server, ledger))];
  await vi.waitFor(async () => {
    if (!waitsForImport) return expect(ledger.acknowledged.length).toBeGreaterThanOrEqual(wanted);
    expect(ledger.imports.size).toBeGreaterThan(importsBefore);
    const statuses = await statusesOfImports(pool);
    expect(statuses.includes("running") || !statuses.includes("queued")).toBe(true);
  }, patience);
  const statuses = await statusesOfImports(pool);
  await server.end("SIGKILL");
  await Promise.all(clients);
  return statuses.includes("running");
}

async function statusesOfImports(pool: Pool): Promise<readonly string[]> {
  return (await pool.query<{ status: string }>("select distinct status from imports")).rows.map(({ status }) => status);
}

/** Pages with an outbox: what was not answered is sent again, to the next server. Ends with the server. */
async function sendEvents(server: ServerProcess, { acknowledged, unanswered }: Ledger): Promise<void> {
  const consent = { measurement: true, personalisation: true };
  for (;;) {
    const batch: Batch = [...unanswered][0] ?? Array.from({ length: 4 }, () => randomUUID());
    unanswered.delete(batch);
    const occurredAt = new Date().toISOString();
    const events = batch.map((id) => ({ id, kind: "click", productId: product.id, decisionId, occurredAt }));
    const answer = await server.fromPage("/events", { body: { events, consent } }).catch(() => {});
    if (answer?.status === 202) acknowledged.push(batch);
    else unanswered.add(batch);
    if (!answer) return;
    await answer.text().catch(() => {});
  }
}

const taken = z.object({ importId: z.string() });

/** A file of orders, some with several lines. */
async function sendFile(server: ServerProcess, ledger: Ledger, random: Random): Promise<void> {
  const name = randomUUID();
  const ids = Array.from({ length: 200 + random.integer(1500) }, (_, index) => `${name}-${index}`);
  const rows = ids.flatMap((id) => {
    const lines = 1 + random.integer(3);
    ledger.lines.set(id, lines);
    return Array.from({ length: lines }, (_, line) => `${id},2026-01-05T10:00:00Z,product-${line},1,12.50,EUR`);
  });
  const answer = await server
    .fromShop(`/orders/import?fileName=${name}.csv`, {
      body: `order_id,placed_at,product_id,quantity,unit_price,currency\n${rows.join("\n")}\n`,
      headers: { "content-type": "text/csv" },
    })
    .catch(() => {});
  if (answer?.status !== 202) return;
  ledger.imports.set(taken.parse(await answer.json()).importId, ids);
}
