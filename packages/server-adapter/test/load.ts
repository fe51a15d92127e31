/** Shoppers who never rest: they ask for recommendations and report what they see, and remember every answer. */
import { randomUUID } from "node:crypto";
import { vi, expect } from "vitest";
import { z } from "zod";
import type { ServerProcess } from "./server-process.ts";

const recommendation = z.object({ status: z.string(), items: z.array(z.object({ productId: z.string() })) });

export interface Load {
  /** How often recommendations were answered with each HTTP status; 0 where no answer came. */
  readonly answers: ReadonlyMap<number, number>;
  /** Recommendations that were answered without a product. */
  readonly empty: () => number;
  /** Ids of the events that were acknowledged. */
  readonly acknowledged: ReadonlySet<string>;
  /** HTTP statuses of batches that were not. */
  readonly refusals: ReadonlySet<number>;
  /** Resolves when this many more recommendations and so many more batches of events were answered. */
  goOn(more: { readonly recommendations: number; readonly events?: number }): Promise<void>;
  end(): Promise<void>;
}

/** @param productId of a product the shop has */
export function putUnderLoad(server: ServerProcess, productId: string): Load {
  const answers = new Map<number, number>();
  const acknowledged = new Set<string>();
  const refusals = new Set<number>();
  let empty = 0;
  let recommended = 0;
  let isOver = false;

  async function recommend(): Promise<void> {
    const response = await server
      .fromPage("/recommendations/generate", { body: { placement: "homepage" } })
      .catch(() => {});
    recommended += 1;
    const status = response?.status ?? 0;
    answers.set(status, (answers.get(status) ?? 0) + 1);
    if (response?.ok && recommendation.parse(await response.json()).items.length === 0) empty += 1;
  }

  async function report(): Promise<void> {
    const occurredAt = new Date().toISOString();
    const events = Array.from({ length: 3 }, () => ({ id: randomUUID(), kind: "view", productId, occurredAt }));
    const consent = { measurement: true, personalisation: true };
    const response = await server.fromPage("/events", { body: { events, consent } }).catch(() => {});
    if (response?.status === 202) for (const { id } of events) acknowledged.add(id);
    else refusals.add(response?.status ?? 0);
    await response?.text();
  }

  const forever = async (act: () => Promise<void>): Promise<void> => {
    while (!isOver) await act();
  };
  const shoppers = [recommend, recommend, recommend, recommend, report, report].map(forever);
  return {
    answers,
    empty: () => empty,
    acknowledged,
    refusals,
    async goOn({ recommendations, events = 0 }) {
      const [wantedAnswers, wantedEvents] = [recommended + recommendations, acknowledged.size + events];
      await vi.waitFor(
        () => {
          expect(recommended).toBeGreaterThanOrEqual(wantedAnswers);
          expect(acknowledged.size).toBeGreaterThanOrEqual(wantedEvents);
        },
        { timeout: 60_000 },
      );
    },
    async end() {
      isOver = true;
      await Promise.all(shoppers);
    },
  };
}
