/** The markets of the shop, the home market first: its currency is that of all figures, its time zone cuts their days. */
import { defaultMarket, type Market } from "@basketlift/engine/catalogue";
import { asc } from "drizzle-orm";
import { markets } from "../database/schema.ts";
import type { Database } from "../server/services.ts";

/** @returns at least one: the engine's default market where the shop has named none */
export async function loadMarkets(db: Database): Promise<readonly [Market, ...Market[]]> {
  const { id, country, currency, locale, timeZone, rank } = markets;
  const columns = { id, country, currency, locale, timeZone };
  const [home = defaultMarket, ...others] = await db.select(columns).from(markets).orderBy(asc(rank), asc(id));
  return [home, ...others];
}
