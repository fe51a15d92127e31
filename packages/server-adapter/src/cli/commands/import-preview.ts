/** `basketlift import --preview`: how files would be read, from their beginnings. Nothing is opened but the files. */
import { open } from "node:fs/promises";
import { basename } from "node:path";
import { defaultMarket } from "@basketlift/engine/catalogue";
import { previewOrders, previewProducts, type FileHead, type FilePreview } from "../../importing/index.ts";
import type { FileSettings, ImportKind } from "../../ingest/file-import.ts";
import type { CommandInput } from "../command.ts";
import { exitCode } from "../exit.ts";

export interface FileToImport {
  readonly kind: ImportKind;
  readonly path: string;
}

/** So much of a file shows how it would be read. */
const headBytes = 2 ** 20;
const rowsShown = 5;

/** @returns the exit code: failed when one of them could not be imported */
export async function previewFiles(
  files: readonly FileToImport[],
  { columns, productColumns, ...settings }: FileSettings,
  { options, terminal }: CommandInput,
): Promise<number> {
  const now = new Date();
  const market = { ...defaultMarket, ...settings.market, ...(settings.currency && { currency: settings.currency }) };
  const previews: { readonly file: string; readonly kind: ImportKind; readonly preview: FilePreview }[] = [];
  for (const { kind, path } of files) {
    const head = await headOf(path);
    const preview =
      kind === "products"
        ? await previewProducts(head, { columns: productColumns, market, now })
        : await previewOrders(head, { ...settings, columns, now });
    previews.push({ file: path, kind, preview });
  }
  const isJson = options.flag("json");
  terminal.print(isJson ? JSON.stringify(previews, undefined, 2) : previews.map(inWords).join("\n\n"));
  return previews.some(({ preview }) => preview.problem !== null) ? exitCode.failed : exitCode.done;
}

async function headOf(path: string): Promise<FileHead> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, headBytes)), 0, undefined, 0);
    return { name: basename(path), content: buffer.subarray(0, bytesRead), isWhole: bytesRead >= size };
  } finally {
    await file.close();
  }
}

function inWords({ file, preview }: { readonly file: string; readonly preview: FilePreview }): string {
  const { fields, rows, skipped, problem } = preview;
  const read = fields.flatMap(({ label, column, because, confidence }) =>
    column === null
      ? []
      : [`  ${label}: "${column}"${because === "values" ? ` (by its values, ${confidence} sure)` : ""}`],
  );
  const unused = preview.columns.filter(({ header }) => fields.every(({ column }) => column !== header));
  return [
    `${file}: ${preview.file.isWhole ? "all" : "the first"} ${preview.file.rows} rows were looked at. Nothing was written.`,
    ...(problem === null ? [] : [`  ${problem}`]),
    ...read,
    ...(unused.length === 0 ? [] : [`  Not read: ${unused.map(({ header }) => header).join(", ")}`]),
    ...rows
      .slice(0, rowsShown)
      .map(
        ({ line, outcome, values }) =>
          `  Line ${line} (${outcome}): ${Object.values(values).filter(Boolean).join(", ")}`,
      ),
    ...skipped.map(({ words }) => `  Left out: ${words}`),
  ].join("\n");
}
