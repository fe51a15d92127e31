/** `basketlift restore`: an empty database filled from a backup. */
import { restoreBackup, verifyBackup } from "../../database/backup/index.ts";
import type { Command } from "../command.ts";
import { dataOption } from "../data-option.ts";
import { exitCode, UsageError } from "../exit.ts";
import { inWords, pathOf, withShopDatabase } from "../shop-database.ts";

export const restore: Command = {
  name: "restore",
  summary: "Fill an empty data directory, or an empty PostgreSQL database, from a backup.",
  usage: "restore FILE [--data DIR] [--dry-run]",
  description: "What is there already is never overwritten: restore into a new --data, or an empty DATABASE_URL.",
  options: {
    ...dataOption,
    "dry-run": { type: "boolean", help: "Read and check the file only." },
  },
  async run({ options, terminal, positionals }) {
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new UsageError("Name one backup file.", "restore");
    const { createdAt, rows } = await verifyBackup(file).catch(inWords);
    if (!options.flag("dry-run")) {
      await withShopDatabase(pathOf(options), ({ pool }, signIn) =>
        restoreBackup(pool, file, { prepare: () => signIn.prepare() }),
      );
    }
    for (const [table, count] of Object.entries(rows))
      if (count > 0) terminal.print(`${String(count).padStart(9)}  ${table}`);
    terminal.print(`The backup of ${createdAt} ${options.flag("dry-run") ? "is whole." : "is restored."}`);
    return exitCode.done;
  },
};
