/** `basketlift import`: files of orders and products into the shop of a server, and its engine trained on them. */
import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { TrainingControls } from "@basketlift/engine/models";
import { DataDirectoryInUse } from "../../database/lock.ts";
import type { OpenedDatabase } from "../../database/open.ts";
import { imports } from "../../database/schema.ts";
import { countsIn } from "../../importing/index.ts";
import type { FileSettings, ImportOutcome } from "../../ingest/file-import.ts";
import { newImport, runImport } from "../../ingest/run-import.ts";
import type { TrainingFacts } from "../../serving/training-messages.ts";
import { TrainingError } from "../../serving/training.ts";
import type { Command, CommandInput } from "../command.ts";
import { dataOption } from "../data-option.ts";
import { exitCode, InputError, UsageError } from "../exit.ts";
import { pathOf, withShop } from "../shop-database.ts";
import { shopOptions, shopSettings } from "../shop-files.ts";
import { isTrained, trainShop } from "../shop-training.ts";
import { previewFiles, type FileToImport } from "./import-preview.ts";
import { undoImport } from "./import-undo.ts";

interface ImportedFile extends FileToImport, ImportOutcome {}

/** The engine that the next start serves. */
type Training =
  | { readonly status: "trained"; readonly facts: TrainingFacts | undefined }
  | { readonly status: "up-to-date" | "left-out" }
  | { readonly status: "failed"; readonly reason: string };

export const importCommand: Command = {
  name: "import",
  summary: "Bring orders and products from files into the shop of a server, and train its engine.",
  usage: "import ORDERS... [--products FILE] [--data DIR] [--preview | --undo ID] [options]",
  description:
    "Reads CSV or NDJSON, plain or gzip; exports of Shopify and WooCommerce are understood.\nThe shop is that of --data, made where there is none, or of the PostgreSQL server that DATABASE_URL names.\nThe same file again changes nothing: an import that was cut off is simply run again. While a server runs on\n--data, import in its console; with DATABASE_URL servers may go on, and take the new engine by themselves.",
  options: {
    ...dataOption,
    ...shopOptions,
    "no-train": { type: "boolean", help: "Import only. A server whose shop has no engine trains at its start." },
    preview: { type: "boolean", help: "Show how the files would be read, from their beginnings; write nothing." },
    undo: { type: "string", value: "ID", help: "Take an import back, and train without it. Imports say their ids." },
    json: { type: "boolean", help: "Print what came in, and what was left out, as JSON." },
  },
  async run(input) {
    const { options, terminal, signal, positionals } = input;
    const undone = options.text("undo");
    if (undone !== undefined)
      return undoImport(undone, input).catch((error: unknown) => Promise.reject(adviceFor(error)));
    const { products, ...settings } = shopSettings(options, "import");
    const files: readonly FileToImport[] = [
      // Products first, so that orders find their catalogue.
      ...(products === undefined ? [] : [{ kind: "products" as const, path: products }]),
      ...positionals.map((path) => ({ kind: "orders" as const, path })),
    ];
    if (files.length === 0) throw new UsageError("Name files of orders, or one of products with --products.", "import");
    await requireFiles(files);
    if (options.flag("preview")) return previewFiles(files, settings, input);
    const imported: ImportedFile[] = [];
    try {
      return await withShop(pathOf(options), async (database) => {
        for (const file of files) imported.push(await importFile(database, file, settings, input));
        const training = await train(database, input);
        if (options.flag("json")) terminal.print(inJson(imported, training));
        else terminal.print(inWords(training));
        return training.status === "failed" ? exitCode.failed : exitCode.done;
      });
    } catch (error) {
      if (!signal.aborted) throw adviceFor(error);
      terminal.note("Stopped. What came in by then stays; the same command again brings the rest, and nothing twice.");
      return exitCode.interrupted;
    }
  },
};

/** Before anything is imported: a name that is misspelt costs nothing then. */
async function requireFiles(files: readonly FileToImport[]): Promise<void> {
  for (const { path } of files) {
    const found = await stat(path).catch(() => undefined);
    if (!found) throw new InputError(`${path}: There is no such file. Nothing was imported.`);
  }
}

/** Imports one file, and prints what became of it. @throws ImportError when it cannot be used */
async function importFile(
  database: OpenedDatabase,
  { kind, path }: FileToImport,
  settings: FileSettings,
  { options, terminal, signal }: CommandInput,
): Promise<ImportedFile> {
  const id = randomUUID();
  const file = { id, kind, path, fileName: basename(path), settings, afterInterruption: "failed" as const };
  const controls: TrainingControls = { signal, onProgress: terminal.onProgress };
  await database.db.insert(imports).values(newImport(id, file, Date.now()));
  const outcome = await runImport({ database, now: Date.now }, file, controls);
  if (!options.flag("json"))
    terminal.print(
      [
        `${path}:`,
        ...outcome.lines.map((line) => `  ${line}`),
        `  To take it back: basketlift import --undo ${id}`,
      ].join("\n"),
    );
  return { kind, path, ...outcome };
}

async function train(database: OpenedDatabase, { options, terminal, signal }: CommandInput): Promise<Training> {
  if (await isTrained(database)) return { status: "up-to-date" };
  if (options.flag("no-train")) return { status: "left-out" };
  try {
    return { status: "trained", facts: await trainShop(database, { signal, onProgress: terminal.onProgress }) };
  } catch (error) {
    if (!(error instanceof TrainingError)) throw error;
    return { status: "failed", reason: error.message };
  }
}

function inWords(training: Training): string {
  switch (training.status) {
    case "trained": {
      const { of } = countsIn("en");
      const { orders = 0, products = 0, affinities = 0 } = training.facts ?? {};
      const learned = `${of(orders, "order")} and ${of(products, "product")}`;
      return `The engine is trained on ${learned}: ${of(affinities, "affinity", "affinities")}. The next start serves it.`;
    }
    case "up-to-date":
      return "Nothing came in that the engine does not know; it is as it was.";
    case "left-out":
      return "The engine was not trained. It learns at the next import, by the console, or at a start without an engine.";
    case "failed":
      return `The files are in, but the engine could not be trained: ${training.reason}`;
  }
}

function inJson(imported: readonly ImportedFile[], training: Training): string {
  const files = imported.map(({ kind, path, report }) => ({ file: path, kind, report }));
  return JSON.stringify({ files, training }, undefined, 2);
}

function adviceFor(error: unknown): unknown {
  if (!(error instanceof InputError && error.cause instanceof DataDirectoryInUse)) return error;
  const advice = "A running server imports files itself: in its console, under Bulk Import.";
  return new InputError(`${error.message} ${advice}`, { cause: error.cause });
}
