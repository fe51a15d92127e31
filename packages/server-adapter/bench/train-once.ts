/** Imports one order file and trains an engine on it; prints time and peak memory as JSON. A process of its own. */
import { trainEngine } from "@basketlift/engine";
import { importShop } from "../src/importing/index.ts";

const began = performance.now();
const { catalogue, history, report } = await importShop({ orders: process.argv[2], currency: "GBP", now: new Date() });
await trainEngine({ catalogue, orders: history });
console.log(
  JSON.stringify({
    rows: report.rows.read,
    lines: history.lineProduct.length,
    seconds: (performance.now() - began) / 1000,
    megabytes: process.resourceUsage().maxRSS / 1000,
  }),
);
