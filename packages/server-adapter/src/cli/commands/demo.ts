/** `basketlift demo`: the whole way in one command - a shop, its report, ten recommendations and a page to try. */
import { once } from "node:events";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { auditText } from "../../audit-report/text.ts";
import { demoSource } from "../../demo/demo-source.ts";
import { sampleRecommendations, type Sample } from "../../demo/samples.ts";
import { fileKey, prepareShop, type PreparedShop, type ShopSource } from "../../demo/workspace.ts";
import { explainReport } from "../../importing/index.ts";
import { startPageServer } from "../../page-server/page-server.ts";
import type { Command, CommandInput } from "../command.ts";
import { exitCode, InputError, UsageError } from "../exit.ts";
import { importShopFiles, shopOptions } from "../shop-files.ts";

/** Rows of each list in the printed report. */
const shortList = 10;

export const demo: Command = {
  name: "demo",
  summary: "Make the demo shop, or take your orders; report, recommend, and open a page to try it.",
  usage: "demo [--orders FILE [--products FILE]] [options]",
  description: "What was made is kept in --data and found again by the next run.",
  options: {
    orders: { type: "string", value: "FILE", help: "Your own orders instead of the demo shop." },
    ...shopOptions,
    data: { type: "string", value: "DIR", default: "basketlift-data/demo", help: "Where engine and report are kept." },
    port: { type: "string", value: "N", default: "4300", help: "Port of the page; 0 lets the system choose." },
    page: { type: "string", value: "DIR", help: "Where the built page lies, if not beside this program." },
    "no-serve": { type: "boolean", help: "End after the recommendations." },
  },
  async run(input) {
    const { options, terminal, signal, positionals } = input;
    if (positionals.length > 0) throw new UsageError(`Name the order file with --orders ${positionals[0]}.`, "demo");
    const port = options.integer("port", 0) ?? 4300;
    const prepared = await prepareShop(options.text("data") ?? "", await sourceOf(input), Date.now(), {
      onProgress: terminal.onProgress,
      signal,
    });
    terminal.clearProgress();
    if (prepared.reused) terminal.note("Nothing changed since the last run: using what was trained then.");
    const { locale } = prepared.engine.catalogue.markets[0];
    terminal.print(auditText(prepared.audit, locale, { rows: shortList }));
    terminal.print(samplesText(sampleRecommendations(prepared.engine)));
    if (!options.flag("no-serve")) await serve(input, prepared, port);
    return exitCode.done;
  },
};

async function sourceOf(input: CommandInput): Promise<ShopSource> {
  const orders = input.options.text("orders");
  if (orders === undefined) return demoSource(1);
  const products = input.options.text("products");
  const settings = ["currency", "time-zone"].map((name) => input.options.text(name) ?? "");
  return {
    key: [
      await fileKey(products === undefined ? [orders] : [orders, products]),
      ...settings,
      ...input.options.texts("column"),
    ].join("\n"),
    async load() {
      const { catalogue, history, report } = await importShopFiles(orders, input, "demo");
      return { catalogue, orders: history, dataNotes: explainReport(report) };
    },
  };
}

/** Serves the page until it is told to stop. */
async function serve({ options, terminal, signal }: CommandInput, prepared: PreparedShop, port: number): Promise<void> {
  const pageDirectory = options.text("page") ?? fileURLToPath(new URL("../page", import.meta.url));
  const built = await access(join(pageDirectory, "index.html")).then(
    () => true,
    () => false,
  );
  if (!built) throw new InputError(`There is no page in ${pageDirectory}. Build it with: npm run build`);
  const { currency, locale } = prepared.engine.catalogue.markets[0];
  const shopName = options.text("orders") === undefined ? "Demo shop" : "Your shop";
  const server = await startPageServer(
    { pageDirectory, engineDirectory: prepared.engineDirectory, shop: { shopName, currency, locale } },
    port,
  );
  terminal.print(`\nThe engine in your browser: ${server.url}  (Ctrl-C stops)`);
  if (!signal.aborted) await once(signal, "abort");
  await server.close();
}

function samplesText(samples: readonly Sample[]): string {
  const blocks = samples.map(
    ({ about, items }) => `${about}\n${items.map(({ title, reason }) => `  ${title}\n    ${reason}`).join("\n")}`,
  );
  return ["", "Ten recommendations", "===================", "", blocks.join("\n\n")].join("\n");
}
