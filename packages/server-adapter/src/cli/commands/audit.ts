/** `basketlift audit`: the evidence report of an order file, as text, JSON and a page. */
import { auditShop } from "../../audit-report/audit-shop.ts";
import { auditHtml } from "../../audit-report/html.ts";
import { auditText } from "../../audit-report/text.ts";
import { explainReport } from "../../importing/index.ts";
import { requireFilePlace, writeWholeFile } from "../../storage/whole-file.ts";
import type { Command } from "../command.ts";
import { exitCode } from "../exit.ts";
import { importShopFiles, namedOrderFile, shopOptions, shopSettings } from "../shop-files.ts";

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
    const orders = namedOrderFile(input, "audit");
    const limit = options.integer("limit", 1) ?? 20;
    const page = options.text("html");
    shopSettings(options, "audit");
    if (page !== undefined) await requireFilePlace(page);
    const { catalogue, history, report } = await importShopFiles(orders, input, "audit");
    const { locale } = catalogue.markets[0];
    const audited = await auditShop(
      { catalogue, orders: history },
      {
        now: Date.now(),
        limit,
        withQuality: !options.flag("no-quality"),
        dataNotes: explainReport(report, locale),
        onProgress: terminal.onProgress,
        signal,
      },
    );
    terminal.print(
      options.flag("json")
        ? JSON.stringify(audited, undefined, 2)
        : auditText(audited, locale, { width: terminal.width }),
    );
    if (page !== undefined) {
      await writeWholeFile(page, [auditHtml(audited, locale)], signal);
      terminal.note(`Wrote ${page}.`);
    }
    return exitCode.done;
  },
};
