/** The server about itself: alive, ready, what is wrong, what it counts, and what a page needs before its first call. */
import { eq } from "drizzle-orm";
import { settings } from "../database/schema.ts";
import { loadMarkets } from "../ingest/markets.ts";
import { isConnectionLoss } from "./connection-loss.ts";
import type { Handlers } from "./handler.ts";
import type { Metrics } from "./metrics.ts";
import type { Services } from "./services.ts";

/** Of a shop that has not named itself. */
const namelessShop = "Shop";

/** The row of `settings` with the shop's name. */
export const shopNameSetting = "shopName";

export interface SystemHandlersOptions {
  /** Of the package. */
  readonly version: string;
  readonly metrics: Pick<Metrics, "text" | "contentType">;
}

type SystemRoute = "health" | "ready" | "status" | "metrics" | "storefrontConfig";

export function createSystemHandlers({ version, metrics }: SystemHandlersOptions): Pick<Handlers, SystemRoute> {
  const shopOf = rememberShop();
  return {
    health: () => ({ status: "ok" }),
    ready(_, services, { setStatus }) {
      const reasons = reasonsNotReady(services);
      if (reasons.length > 0) setStatus(503);
      return { status: reasons.length === 0 ? "ready" : "not-ready", reasons };
    },
    status(_, { database, engine, events }) {
      const serving = engine.current();
      const problem = database.problem();
      return {
        version,
        uptimeSeconds: Math.round(process.uptime()),
        database: { state: problem === undefined ? "up" : "down", kind: database.kind, detail: problem ?? null },
        engine: {
          state: serving === undefined ? "absent" : "serving",
          version: serving?.engine.version ?? null,
          trainedAt: serving?.trainedAt.toISOString() ?? null,
        },
        events: { waiting: events.waiting() },
      };
    },
    metrics(_, __, { setHeader }) {
      setHeader("content-type", metrics.contentType);
      return metrics.text();
    },
    async storefrontConfig(_, services) {
      const { shopName, market } = await shopOf(services);
      const serving = services.engine.current();
      const state = serving?.engine.state;
      return {
        shopName,
        market,
        placements: { ...state?.placements },
        snapshotVersion: serving?.snapshot?.version ?? null,
        holdoutShare: state?.holdout.share ?? 0,
      };
    },
  };
}

function reasonsNotReady({ database, engine }: Services): string[] {
  const problem = database.problem();
  const reasons = problem === undefined ? [] : [problem];
  if (engine.current() === undefined) reasons.push("No engine is trained yet.");
  return reasons;
}

interface ShopFacts {
  readonly shopName: string;
  readonly market: { readonly id: string; readonly currency: string; readonly locale: string };
}

/** Reads what pages must know of the shop, and goes on with what it read last while the database is down. */
function rememberShop(): (services: Services) => Promise<ShopFacts> {
  let known: ShopFacts | undefined;
  return async ({ database }) => {
    if (known !== undefined && database.problem() !== undefined) return known;
    try {
      const [{ id, currency, locale }] = await loadMarkets(database.db);
      const [named] = await database.db.select().from(settings).where(eq(settings.key, shopNameSetting));
      const shopName = typeof named?.value === "string" ? named.value : namelessShop;
      known = { shopName, market: { id, currency, locale } };
    } catch (error) {
      if (known === undefined || !isConnectionLoss(error)) throw error;
    }
    return known;
  };
}
