/** `basketlift train`: from order files to a directory with a trained engine. */
import { saveEngine, trainEngine } from "@basketlift/engine";
import { countsIn, explainReport } from "../../importing/index.ts";
import { requireEnginePlace, writeEngineDirectory } from "../../storage/engine-directory.ts";
import type { Command } from "../command.ts";
import { defaultEngineDirectory } from "../engine-option.ts";
import { exitCode } from "../exit.ts";
import { importShopFiles, namedOrderFile, shopOptions } from "../shop-files.ts";

export const train: Command = {
  name: "train",
  summary: "Learn from an order file and keep the engine in a directory.",
  usage: "train ORDERS [--products FILE] [--output DIR] [options]",
  description:
    "Reads CSV or NDJSON, plain or gzip; exports of Shopify and WooCommerce are understood.\nThe directory is replaced as a whole: a reader sees the old engine or the new one.",
  options: {
    ...shopOptions,
    output: { type: "string", value: "DIR", default: defaultEngineDirectory, help: "Where the engine goes." },
    json: { type: "boolean", help: "Print what was trained as JSON." },
  },
  async run(input) {
    const { options, terminal, signal } = input;
    const orders = namedOrderFile(input, "train");
    const directory = options.text("output") ?? defaultEngineDirectory;
    await requireEnginePlace(directory);
    const { catalogue, history, report } = await importShopFiles(orders, input, "train");
    for (const line of explainReport(report, catalogue.markets[0].locale)) terminal.note(line);
    const engine = await trainEngine({ catalogue, orders: history }, { onProgress: terminal.onProgress, signal });
    await writeEngineDirectory(directory, saveEngine(engine), {
      version: engine.version,
      trainedAt: new Date().toISOString(),
    });
    const summary = {
      engine: directory,
      version: engine.version,
      products: catalogue.products.length,
      orders: history.orderIds.length,
      affinities: engine.affinities.count.length,
      sources: [...engine.state.sources.keys()],
    };
    if (options.flag("json")) terminal.print(JSON.stringify({ ...summary, import: report }, undefined, 2));
    else {
      const { of } = countsIn(catalogue.markets[0].locale);
      const learned = `${of(summary.orders, "order")} and ${of(summary.products, "product")}`;
      const found = of(summary.affinities, "affinity", "affinities");
      terminal.print(`Learned from ${learned}: ${found}. Engine ${summary.version} is in ${directory}.`);
      terminal.note(`Ask it: basketlift recommend --engine ${directory} --product ID`);
    }
    return exitCode.done;
  },
};
