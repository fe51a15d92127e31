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
import { systemCode } from "../../storage/unwritable.ts";
import type { Command, CommandInput, Options } from "../command.ts";
import { exitCode, InputError, UsageError } from "../exit.ts";
import { importShopFiles, shopOptions, shopSettings } from "../shop-files.ts";

/** Where the page is looked for when nothing else is said. */
const usualPort = 4300;

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
    port: { type: "string", value: "N", help: `Port of the page [${usualPort}, or a free one where that is taken].` },
    page: { type: "string", value: "DIR", help: "Where the built page lies, if not beside this program." },
    "no-serve": { type: "boolean", help: "End after the recommendations." },
  },
  async run(input) {
    const { options, terminal, signal, positionals } = input;
    if (positionals.length > 0) throw new UsageError(`Name the order file with --orders ${positionals[0]}.`, "demo");
    const port = portOf(options);
    const pageDirectory = options.flag("no-serve") ? undefined : await builtPage(options.text("page"));
    const prepared = await prepareShop(options.text("data") ?? "", await sourceOf(input), Date.now(), {
      onProgress: terminal.onProgress,
      signal,
    });
    terminal.clearProgress();
    if (prepared.reused) terminal.note("Nothing changed since the last run: using what was trained then.");
    const { locale } = prepared.engine.catalogue.markets[0];
    terminal.print(auditText(prepared.audit, locale, { rows: shortList, width: terminal.width }));
    terminal.print(samplesText(sampleRecommendations(prepared.engine)));
    if (pageDirectory !== undefined) await serve(input, prepared, pageDirectory, port);
    return exitCode.done;
  },
};

async function sourceOf(input: CommandInput): Promise<ShopSource> {
  const orders = input.options.text("orders");
  if (orders === undefined) return demoSource(1);
  const products = input.options.text("products");
  const settings = shopSettings(input.options, "demo");
  return {
    key: `${await fileKey(products === undefined ? [orders] : [orders, products])}\n${JSON.stringify(settings)}`,
    async load() {
      const { catalogue, history, report } = await importShopFiles(orders, input, "demo");
      return { catalogue, orders: history, dataNotes: explainReport(report, catalogue.markets[0].locale) };
    },
  };
}

/** @returns undefined when none is asked for */
function portOf(options: Options): number | undefined {
  const port = options.integer("port", 0);
  if (port !== undefined && port > 65_535) throw new UsageError(`--port goes up to 65535; received "${port}".`, "demo");
  return port;
}

/** Looked for first: nobody should wait for a report to learn that the page is missing. */
async function builtPage(named: string | undefined): Promise<string> {
  const directory = named ?? fileURLToPath(new URL("../page", import.meta.url));
  await access(join(directory, "index.html")).catch(() => {
    throw new InputError(`There is no page in ${directory}. Build it with: npm run build`);
  });
  return directory;
}

/** Serves the page until it is told to stop. */
async function serve(
  { options, terminal, signal }: CommandInput,
  { engine, files }: PreparedShop,
  pageDirectory: string,
  port: number | undefined,
): Promise<void> {
  const { currency, locale } = engine.catalogue.markets[0];
  const shopName = options.text("orders") === undefined ? "Demo shop" : "Your shop";
  const page = { pageDirectory, files, shop: { shopName, currency, locale } };
  const server = await startPageServer(page, port ?? usualPort).catch((error: unknown) => {
    const problem = portProblems[systemCode(error) ?? ""];
    if (problem === undefined) throw error;
    if (port !== undefined)
      throw new UsageError(`Port ${port} ${problem}. Name another one, or none to get a free one.`, "demo");
    return startPageServer(page, 0);
  });
  terminal.print(`\nThe engine in your browser: ${server.url}  (Ctrl-C stops)`);
  if (!signal.aborted) await once(signal, "abort");
  await server.close();
}

const portProblems: Readonly<Record<string, string>> = {
  EADDRINUSE: "is taken",
  EACCES: "may not be used by this user",
};

function samplesText(samples: readonly Sample[]): string {
  const blocks = samples.map(
    ({ about, items }) => `${about}\n${items.map(({ title, reason }) => `  ${title}\n    ${reason}`).join("\n")}`,
  );
  return ["", "Ten recommendations", "===================", "", blocks.join("\n\n")].join("\n");
}
