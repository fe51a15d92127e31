/** `basketlift audit`: the evidence report of an order file, as text, JSON and a page. */
import { rename, writeFile } from "node:fs/promises";
import { auditShop } from "../../audit-report/audit-shop.ts";
import { auditHtml } from "../../audit-report/html.ts";
import { auditText } from "../../audit-report/text.ts";
import { explainReport } from "../../importing/index.ts";
import type { Command } from "../command.ts";
import { exitCode } from "../exit.ts";
import { importNamedShop, shopOptions } from "../shop-files.ts";

export const audit: Command = {
  name: "audit",
  summary: "Report what sells together, how sure that is, and what could be gained.",
  usage: "audit ORDERS [--products FILE] [--html FILE] [--json] [options]",
  description:
    "Reads CSV or NDJSON, plain or gzip; exports of Shopify and WooCommerce are understood.\nNothing leaves this machine.",
  options: {
    ...shopOptions,
    html: { type: "string", value: "FILE", help: "Also write the report as one self-contained page with charts." },
    json: { type: "boolean", help: "Print JSON instead of text." },
    limit: { type: "string", value: "N", default: "20", help: "Rows of each list at most." },
    "no-quality": {
      type: "boolean",
      help: "Leave out how well last month would have been predicted, which takes longest.",
    },
  },
  async run(input) {
    const { options, terminal, signal } = input;
    const shop = await importNamedShop(input, "audit");
    const report = await auditShop(
      { catalogue: shop.catalogue, orders: shop.history },
      {
        now: Date.now(),
        limit: options.integer("limit", 1) ?? 20,
        withQuality: !options.flag("no-quality"),
        dataNotes: explainReport(shop.report),
        onProgress: terminal.onProgress,
        signal,
      },
    );
    const page = options.text("html");
    if (page !== undefined) {
      await writeFile(`${page}.part`, auditHtml(report, shop.catalogue.markets[0].locale));
      await rename(`${page}.part`, page);
    }
    terminal.print(
      options.flag("json") ? JSON.stringify(report, undefined, 2) : auditText(report, shop.catalogue.markets[0].locale),
    );
    if (page !== undefined) terminal.note(`Wrote ${page}.`);
    return exitCode.done;
  },
};
