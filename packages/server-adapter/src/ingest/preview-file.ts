/** `POST /orders/import/preview` and `POST /catalog/import/preview`: how a file would be read, from its beginning. */
import { defaultMarket } from "@basketlift/engine/catalogue";
import { previewOrders, previewProducts, type FileHead, type FilePreview } from "../importing/index.ts";
import { ProblemError } from "../server/problem.ts";
import type { Services } from "../server/services.ts";
import type { FileSettings, ImportKind } from "./file-import.ts";
import { fileSettingsOf, type GivenFileSettings } from "./file-settings.ts";
import { shopAssumptions } from "./import-orders.ts";
import { findMarkets } from "./markets.ts";

interface GivenPreview extends GivenFileSettings {
  readonly fileName: string;
  /** Bytes of the whole file; without it the body counts as its beginning. */
  readonly fileSize?: number | undefined;
}

/** @throws ProblemError when nothing was sent */
export async function previewFile(
  services: Pick<Services, "database" | "now">,
  kind: ImportKind,
  { fileName, fileSize, ...given }: GivenPreview,
  stream: ReadableStream<Uint8Array> | null,
) {
  const { columns, ...settings } = fileSettingsOf(given);
  const content = await bytesOf(stream);
  if (content.length === 0) throw new ProblemError("invalid-request", "The body must be the file; it was empty.");
  const head = { name: fileName, content, isWhole: fileSize !== undefined && content.length >= fileSize };
  const own = kind === "products" ? { productColumns: columns } : { columns };
  return answerOf(await previewHead(services, kind, head, { ...settings, ...own }));
}

async function bytesOf(stream: ReadableStream<Uint8Array> | null): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream ?? []) parts.push(part);
  return Buffer.concat(parts);
}

/** How the shop would read a file. */
export async function previewHead(
  { database: { db }, now }: Pick<Services, "database" | "now">,
  kind: ImportKind,
  head: FileHead,
  { columns, productColumns, ...settings }: FileSettings,
): Promise<FilePreview> {
  const today = new Date(now());
  if (kind === "products") {
    const [market = defaultMarket] = await findMarkets(db);
    return previewProducts(head, { columns: productColumns, market, now: today });
  }
  const { market, assumedCurrency } = await shopAssumptions(db);
  const home = { ...settings.market, ...market };
  return previewOrders(head, { ...settings, columns, market: home, assumedCurrency, now: today });
}

/** The contract's types are mutable. */
function answerOf({ columns, fields, rows, problems, skipped, ...rest }: FilePreview) {
  return {
    ...rest,
    columns: columns.map(({ header, samples }) => ({ header, samples: [...samples] })),
    fields: [...fields],
    rows: rows.map(({ values, ...row }) => ({ ...row, values: { ...values } })),
    problems: [...problems],
    skipped: [...skipped],
  };
}
