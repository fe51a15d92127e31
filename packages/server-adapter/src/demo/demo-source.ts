/** The demo shop as a source: our own generator, no file needed. */
import { createCatalogue } from "@basketlift/engine/catalogue";
import { createOrderHistoryBuilder, filterBots, sessionize } from "@basketlift/engine/history";
import { createDemoShop } from "@basketlift/engine/simulation";
import { countsIn } from "../importing/index.ts";
import type { ShopSource } from "./workspace.ts";

/** Rises when the generator makes another shop. */
const generation = 1;

/** @param scale share of the full shop's customers, orders and sessions */
export function demoSource(scale: number): ShopSource {
  return {
    key: `demo shop ${generation} at scale ${scale}`,
    async load() {
      const shop = createDemoShop({ scale });
      const catalogue = createCatalogue(shop);
      const builder = createOrderHistoryBuilder();
      for (const order of shop.orders) builder.addOrder(order);
      const { history } = builder.finish(catalogue.ids);
      const { sessions, removed } = filterBots(sessionize(shop.interactions, catalogue.ids).sessions);
      const bots = Object.values(removed).reduce((sum, count) => sum + count, 0);
      return {
        catalogue,
        orders: history,
        sessions,
        dataNotes: [`Left out: ${countsIn("en").of(bots, "visit")} by bots.`],
      };
    },
  };
}
