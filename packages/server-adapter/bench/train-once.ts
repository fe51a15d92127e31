/** Imports one order file and trains an engine on it; prints rows, lines, seconds and peak megabytes. A process of its own. */
import { trainEngine } from "@basketlift/engine";
import { importShop } from "../src/importing/index.ts";

const began = performance.now();
const { catalogue, history, report } = await importShop({ orders: process.argv[2], currency: "GBP", now: new Date() });
await trainEngine({ catalogue, orders: history });
const seconds = (performance.now() - began) / 1000;
const megabytes = process.resourceUsage().maxRSS / 1000;
console.log(report.rows.read, history.lineProduct.length, seconds, megabytes);
