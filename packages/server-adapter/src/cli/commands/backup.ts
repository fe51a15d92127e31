/** `basketlift backup`: everything the database holds, in one file. */
import { stat } from "node:fs/promises";
import { writeBackup } from "../../database/backup/index.ts";
import type { Command } from "../command.ts";
import { dataOption } from "../data-option.ts";
import { exitCode, InputError, UsageError } from "../exit.ts";
import { pathOf, requireShop, withShopDatabase } from "../shop-database.ts";

export const backup: Command = {
  name: "backup",
  summary: "Save everything the database holds in one file.",
  usage: "backup --output FILE [--data DIR]",
  description:
    "Stop the server first, unless DATABASE_URL names a PostgreSQL server.\nThe file holds personal data. Secrets of the server (secrets.json in --data) are not in it: keep them apart.",
  options: {
    ...dataOption,
    output: { type: "string", short: "o", value: "FILE", help: "The file to write; it must not exist yet." },
  },
  async run({ options, terminal, positionals }) {
    const output = options.text("output") ?? positionals[0];
    if (output === undefined) throw new UsageError("Name the file with --output FILE.", "backup");
    if (await stat(output).catch(() => undefined)) throw new InputError(`${output} exists already.`);
    await requireShop(pathOf(options));
    const { rows, bytes } = await withShopDatabase(pathOf(options), ({ pool }) =>
      writeBackup(pool, output, Date.now()),
    );
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    terminal.print(
      `${total} rows of ${Object.keys(rows).length} tables are in ${output} (${Math.ceil(bytes / 1024)} kB).`,
    );
    return exitCode.done;
  },
};
