/** What must hold while a server's database is away and after it came back, whatever took it away. */
import { expect, vi } from "vitest";
import { z } from "zod";
import { putUnderLoad } from "../load.ts";
import type { ServerProcess } from "../server-process.ts";

const readiness = z.object({ status: z.string(), reasons: z.array(z.string()) });
const status = z.object({ database: z.object({ state: z.string(), detail: z.string().nullable() }) });

export interface DatabaseLoss {
  readonly server: ServerProcess;
  readonly take: () => Promise<void>;
  /** Nothing, for a database that the server itself brings back. */
  readonly bringBack: () => Promise<void>;
  /** What `/ready` and `/status` say meanwhile. */
  readonly reason: RegExp;
  /** @returns how many of these events are in the log */
  readonly countEvents: (ids: readonly string[]) => Promise<number>;
}

const wait = { timeout: 60_000, interval: 20 };

/** Shoppers come all the while; every recommendation is answered, and every event that was acknowledged is there. */
export async function expectToSurvive({ server, take, bringBack, reason, countEvents }: DatabaseLoss): Promise<void> {
  const load = putUnderLoad(server, await productOf(server));
  await load.goOn({ recommendations: 100, events: 30 });

  await take();
  await vi.waitFor(async () => {
    const answer = await fetch(`${server.url}/ready`);
    expect(answer.status).toBe(503);
    expect(readiness.parse(await answer.json()).reasons[0]).toMatch(reason);
    const { database } = await statusOf(server);
    expect(database.state).toBe("down");
    expect(database.detail).toMatch(reason);
  }, wait);
  await load.goOn({ recommendations: 100 });

  await bringBack();
  await vi.waitFor(async () => expect((await fetch(`${server.url}/ready`)).status).toBe(200), wait);
  await load.goOn({ recommendations: 100, events: 30 });
  await load.end();

  expect([...load.answers.keys()]).toEqual([200]);
  expect(load.empty()).toBe(0);
  // What could not be stored was refused as something to send again, never acknowledged.
  expect([...load.refusals].filter((code) => code !== 503)).toEqual([]);
  expect(await countEvents([...load.acknowledged])).toBe(load.acknowledged.size);
}

async function statusOf({ url, secret }: ServerProcess): Promise<z.output<typeof status>> {
  const answer = await fetch(`${url}/status`, { headers: { authorization: `Bearer ${secret}` } });
  return status.parse(await answer.json());
}

const productList = z.object({ data: z.array(z.object({ id: z.string() })).min(1) });

/** A product of the server's shop. */
export async function productOf(server: ServerProcess): Promise<string> {
  const answer = await server.fromShop("/catalog/products?limit=1");
  const body: unknown = await answer.json();
  expect([answer.status, body]).toEqual([200, expect.anything()]);
  return productList.parse(body).data[0].id;
}
