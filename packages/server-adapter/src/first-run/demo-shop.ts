/** The demo shop as a first start fills the database with it: as if it had been open until yesterday. */
import type { Product } from "@basketlift/engine/catalogue";
import type { Order } from "@basketlift/engine/history";
import type { TrainingControls } from "@basketlift/engine/models";
import { createPacer } from "@basketlift/engine/models";
import { createDemoShop, type DemoShop } from "@basketlift/engine/simulation";
import { settings } from "../database/schema.ts";
import { bump } from "../database/versions.ts";
import type { EventRow } from "../ingest/event-row.ts";
import { insertEvents } from "../ingest/event-writer.ts";
import { seedShop } from "../ingest/write-shop.ts";
import { demoPictureAddress } from "./demo-pictures.ts";
import { shopNameSetting } from "../server/system-handlers.ts";
import type { Services } from "../server/services.ts";

/** Days of visits that are kept; older ones teach little and would double the time of the first start. */
const visitDays = 60;
const eventsAtOnce = 5000;

const demoShopName = "Hearth & Table";

const day = 86_400_000;
const week = 7 * day;

export interface SeedDemoOptions extends TrainingControls {
  /** Share of the full shop. */
  scale?: number;
}

/**
 * Fills an empty database; may be cut off and done again. Products come last: where there are some, the shop is whole.
 * @example
 * await seedDemoShop(services);
 */
export async function seedDemoShop(
  services: Pick<Services, "database" | "now">,
  { scale = 1, ...controls }: SeedDemoOptions = {},
): Promise<void> {
  const shop = createDemoShop({ scale, picture: demoPictureAddress });
  // By whole weeks, so that a Saturday stays one.
  const shift = Math.floor((services.now() - shop.until) / week) * week;
  await writeVisits(services, shop, shift, controls);
  await nameShop(services, demoShopName);
  await seedShop(services, { ...shop, ...moved(shop, shift) }, controls);
}

async function nameShop({ database: { db } }: Pick<Services, "database">, name: string): Promise<void> {
  await db.insert(settings).values({ key: shopNameSetting, value: name }).onConflictDoNothing();
  await bump(db, "settings");
}

function moved({ products, orders }: DemoShop, shift: number): { products: Product[]; orders: Order[] } {
  return {
    products: products.map(({ publishedAt, ...product }) => ({
      ...product,
      ...(publishedAt !== undefined && { publishedAt: movedTime(publishedAt, shift) }),
    })),
    orders: orders.map((order) => ({ ...order, placedAt: movedTime(order.placedAt, shift) })),
  };
}

function movedTime(time: string, shift: number): string {
  return new Date(Date.parse(time) + shift).toISOString();
}

/** What visitors did of themselves; what they bought stands in the orders. */
async function writeVisits(
  { database: { pool } }: Pick<Services, "database">,
  { interactions, until }: DemoShop,
  shift: number,
  controls: TrainingControls,
): Promise<void> {
  const from = until - visitDays * day;
  const pace = createPacer("writing visits", visitDays, controls);
  let batch: EventRow[] = [];
  let number = 0;
  const flush = async (): Promise<void> => {
    await insertEvents(pool, batch);
    batch = [];
  };
  for (const { visitorId, productId, kind, occurredAt, userAgent } of interactions) {
    number += 1;
    const time = Date.parse(occurredAt);
    if (time < from || kind === "purchase") continue;
    const at = new Date(time + shift);
    batch.push({
      id: `demo-visit-${number}`,
      kind: kind === "cart" ? "add-to-cart" : kind,
      occurredAt: at,
      receivedAt: at,
      visitorId,
      productId,
      consentMeasurement: true,
      consentPersonalisation: true,
      userAgent,
    });
    if (batch.length < eventsAtOnce) continue;
    await flush();
    await pace.rest(Math.floor((time - from) / day));
  }
  if (batch.length > 0) await flush();
  pace.finish();
}
