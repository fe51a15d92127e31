/**
 * A catalogue as a file: JSON by the line, a head and then a product a line. One text of all products could only be
 * parsed in one go, with everybody waiting; lines are read piece by piece.
 */
import { productsAPiece } from "../catalogue/catalogue.ts";
import type { Market, Product } from "../catalogue/product.ts";
import { InvalidFile } from "../errors.ts";
import type { InPieces } from "../matrix/pieces.ts";

/** Name of the file. */
export const shopFileName = "shop.ndjson";

/** Changes when files of an older engine can no longer be read. */
const formatVersion = 2;

/** What the file holds. */
export interface ShopFile {
  /** Version of the data that the models were trained on. */
  readonly dataVersion: string;
  readonly markets: readonly Market[];
  readonly products: readonly Product[];
}

/** The first line. */
interface Head extends Omit<ShopFile, "products"> {
  readonly formatVersion: typeof formatVersion;
  /** Lines that follow: a file that was cut short says so. */
  readonly products: number;
}

const newline = 10;

/** @returns the bytes that `readShop` takes */
export function writeShop({ dataVersion, markets, products }: ShopFile): Uint8Array {
  const head: Head = { formatVersion, dataVersion, markets, products: products.length };
  const lines = [head, ...products].map((line) => JSON.stringify(line));
  return new TextEncoder().encode(lines.join("\n"));
}

/** @throws InvalidFile when the file is damaged, cut short or of another format */
export function* readShop(bytes: Uint8Array): InPieces<ShopFile> {
  const lines = linesOf(bytes);
  const head = lines.next().value;
  if (!isHead(head)) {
    throw new InvalidFile(
      `${shopFileName} is not of format ${formatVersion}. Train again with this version of Basketlift.`,
    );
  }
  const products: Product[] = [];
  for (const line of lines) {
    if (!isProduct(line)) throw new InvalidFile(`${shopFileName} holds a line that is no product. Train again.`);
    if (products.push(line) % productsAPiece === 0) yield;
  }
  if (products.length !== head.products) {
    throw new InvalidFile(
      `${shopFileName} holds ${products.length} products instead of ${head.products}. Train again.`,
    );
  }
  return { dataVersion: head.dataVersion, markets: head.markets, products };
}

function* linesOf(bytes: Uint8Array): Generator<unknown, undefined> {
  const decoder = new TextDecoder();
  let begin = 0;
  while (begin < bytes.length) {
    const found = bytes.indexOf(newline, begin);
    const end = found < 0 ? bytes.length : found;
    yield parse(decoder.decode(bytes.subarray(begin, end)));
    begin = end + 1;
  }
  return undefined;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new InvalidFile(`${shopFileName} holds a line that is not JSON: the file is damaged. Train again.`, {
      cause: error,
    });
  }
}

function isHead(value: unknown): value is Head {
  return (
    typeof value === "object" &&
    value !== null &&
    "formatVersion" in value &&
    value.formatVersion === formatVersion &&
    "dataVersion" in value &&
    typeof value.dataVersion === "string" &&
    "markets" in value &&
    Array.isArray(value.markets) &&
    "products" in value &&
    typeof value.products === "number"
  );
}

/** `createCatalogue` checks the rest. */
function isProduct(value: unknown): value is Product {
  return typeof value === "object" && value !== null && "variants" in value && Array.isArray(value.variants);
}
