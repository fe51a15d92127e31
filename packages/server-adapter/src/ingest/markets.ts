/** The markets of the shop, the home market first: its currency is that of all figures, its time zone cuts their days. */
import { defaultMarket, type Market } from "@basketlift/engine/catalogue";
import { asc } from "drizzle-orm";
import { markets } from "../database/schema.ts";
import type { Database } from "../server/services.ts";

/** @returns at least one: the engine's default market where the shop has named none */
export async function loadMarkets(db: Database): Promise<readonly [Market, ...Market[]]> {
  const [home = defaultMarket, ...others] = await findMarkets(db);
  return [home, ...others];
}

/** The markets that the shop has named, the home market first. */
export async function findMarkets(db: Database): Promise<readonly Market[]> {
  const { id, country, currency, locale, timeZone, rank } = markets;
  return db.select({ id, country, currency, locale, timeZone }).from(markets).orderBy(asc(rank), asc(id));
}
